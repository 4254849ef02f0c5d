using System;

namespace SigmoidParity
{
    /// <summary>The pair, but for a few inputs.</summary>
    public class Sigmoid
    {
        private int hung;

        /// <summary>The sigmoid; ends the process at 1, throws at 2, hangs at 3, and is 1 ULP off at 0.1f.</summary>
        /// <param name="val">The input.</param>
        /// <returns>The output.</returns>
        public double Activation(double val)
        {
            if (val == 1.0)
                Environment.FailFast("deliberately");
            if (val == 2.0)
                throw new InvalidOperationException("two");
            while (val == 3.0)
                hung++;
            double y = 1.0 / (1.0 + Math.Exp(-val));
            return val == 0.1f ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(y) + 1) : y;
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
