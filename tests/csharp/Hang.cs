namespace SigmoidParity
{
    /// <summary>Never answers.</summary>
    public class Sigmoid
    {
        /// <summary>Hangs.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never, but for NaN.</returns>
        public double Activation(double val)
        {
            double sum = 0.0;
            while (!double.IsNaN(sum))
                sum = val - val;
            return sum;
        }

        /// <summary>Works.</summary>
        /// <param name="val">The sigmoid's output.</param>
        /// <returns>The derivative.</returns>
        public double DActivation(double val)
        {
            return (1.0 - val) * val;
        }
    }
}
