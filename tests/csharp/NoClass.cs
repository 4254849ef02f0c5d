namespace SigmoidParity
{
    /// <summary>Has another name.</summary>
    public class Tanh
    {
    }
}
