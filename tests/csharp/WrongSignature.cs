namespace SigmoidParity
{
    /// <summary>Has the names, with other types.</summary>
    public class Sigmoid
    {
        /// <summary>Takes a float.</summary>
        /// <param name="val">The input.</param>
        /// <returns>The input.</returns>
        public float Activation(float val)
        {
            return val;
        }

        /// <summary>Takes two.</summary>
        /// <param name="val">One.</param>
        /// <param name="other">Another.</param>
        /// <returns>Their sum.</returns>
        public double DActivation(double val, double other)
        {
            return val + other;
        }
    }
}
