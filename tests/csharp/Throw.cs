using System;

namespace SigmoidParity
{
    /// <summary>Throws for one argument.</summary>
    public class Sigmoid
    {
        /// <summary>Throws where the argument is above 1, and talks on the console.</summary>
        /// <param name="val">The input.</param>
        /// <returns>The input.</returns>
        public double Activation(double val)
        {
            Console.WriteLine("{\"this is\": \"no answer\"}");
            if (val > 1.0)
                throw new InvalidOperationException("this one throws", new ArithmeticException("from within"));
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
