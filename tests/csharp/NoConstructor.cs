namespace SigmoidParity
{
    /// <summary>Cannot be made without an argument.</summary>
    public class Sigmoid
    {
        /// <summary>Takes an argument.</summary>
        /// <param name="scale">Any.</param>
        public Sigmoid(double scale)
        {
        }
    }
}
