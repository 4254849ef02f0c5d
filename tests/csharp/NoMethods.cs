namespace SigmoidParity
{
    /// <summary>Has nothing to call.</summary>
    public class Sigmoid
    {
    }
}
