using System;

namespace SigmoidParity
{
    /// <summary>
    /// The sigmoid and its derivative, as a neural network's forward and backward passes use them.
    /// </summary>
    /// <remarks>
    /// Source: document D2. The two methods take different arguments: <see cref="Activation"/> takes the
    /// input x, <see cref="DActivation"/> takes the sigmoid's output y.
    /// </remarks>
    public class Sigmoid
    {
        /// <summary>Computes the sigmoid, y = 1 / (1 + exp(-x)).</summary>
        /// <param name="val">The input x.</param>
        /// <returns>
        /// The output y, in [0, 1]. NaN gives NaN, +infinity gives 1, -infinity gives 0. Below
        /// x = -709.782712893384 exp(-x) overflows to infinity and the result is 0; from
        /// x = 36.73680056967711 on, it is exactly 1.
        /// </returns>
        public double Activation(double val)
        {
            return 1.0 / (1.0 + Math.Exp(-val));
        }

        /// <summary>Computes the derivative of the sigmoid from its output, dy/dx = (1 - y) y.</summary>
        /// <param name="val">The sigmoid's OUTPUT y = Activation(x), not the input x.</param>
        /// <returns>
        /// The derivative dy/dx, at most 0.25. It is 0 where y has rounded to 0 or 1. Outside [0, 1] the
        /// formula still holds as arithmetic: +-infinity gives -infinity, -0 gives -0, NaN gives NaN.
        /// </returns>
        public double DActivation(double val)
        {
            return (1.0 - val) * val;
        }
    }
}
