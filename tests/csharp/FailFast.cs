using System;

namespace SigmoidParity
{
    /// <summary>Ends the process that calls it.</summary>
    public class Sigmoid
    {
        /// <summary>Ends the process.</summary>
        /// <param name="val">Not used.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            Environment.FailFast("deliberately");
            return val;
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
