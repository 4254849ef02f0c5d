using System;
using SigmoidParity.Portable;

namespace SigmoidParity
{
    /// <summary>
    /// The sigmoid and its derivatives with the same bits on every machine, on every runtime and in every language.
    /// </summary>
    /// <remarks>
    /// Sigmoid takes exp from Math.Exp, which is the platform's and differs between platforms. Here exp is rounded
    /// correctly, by +, -, *, / and comparison of doubles, and by integers where those cannot decide. So every
    /// operation of the formula is rounded once; the column "formula" of the fixtures holds the results.
    /// </remarks>
    public class PortableSigmoid
    {
        /// <summary>Checks that the processor, as it is set for this thread, computes as IEEE 754 says.</summary>
        /// <exception cref="PlatformNotSupportedException">
        /// Sums are not rounded once, to nearest, or subnormal numbers are flushed to zero.
        /// </exception>
        public PortableSigmoid()
        {
            Arithmetic.Check();
        }

        /// <summary>Computes the sigmoid, y = 1 / (1 + exp(-x)), every operation rounded once, exp too.</summary>
        /// <param name="val">The input x.</param>
        /// <returns>
        /// The output y, in [0, 1]. NaN gives NaN, +infinity gives 1, -infinity gives 0. Below
        /// x = -709.782712893384 exp(-x) overflows to infinity and the result is 0; from
        /// x = 36.73680056967711 on, it is exactly 1.
        /// </returns>
        public double Activation(double val)
        {
            return FastPhase.Activation(val);
        }

        /// <summary>Computes the derivative of the sigmoid from its output, dy/dx = (1 - y) y.</summary>
        /// <param name="val">The sigmoid's OUTPUT y = Activation(x), not the input x.</param>
        /// <returns>The derivative dy/dx, as Sigmoid.DActivation gives it: there is no exp in it.</returns>
        public double DActivation(double val)
        {
            return (1.0 - val) * val;
        }

        /// <summary>Computes the derivative of the sigmoid from its input, accurate where y has rounded to 1.</summary>
        /// <param name="val">The input x, not the output y.</param>
        /// <returns>
        /// With z = exp(-abs(x)), w = (z + z) + z * z, d = 1 + w and q = z / d: z - q * w where z is below 0.125, and
        /// q - q * ((w - (d - 1)) * (1 - z)) elsewhere, every operation rounded once, exp too. NaN gives NaN. From
        /// abs(x) = 745.1332191019412 on it is 0.
        /// </returns>
        public double StableDerivative(double val)
        {
            if (double.IsNaN(val))
                return val + val; // Quiet.
            double z = FastPhase.ExpDown(-Math.Abs(val));
            double w = z + z + z * z;
            double d = 1.0 + w;
            double q = z / d;
            return z < 0.125 ? z - q * w : q - q * ((w - (d - 1.0)) * (1.0 - z));
        }
    }
}
