using System;
using System.Runtime.CompilerServices;

namespace SigmoidParity.Portable
{
    /// <summary>exp as a sum of two doubles with a bound on its error, and the sigmoid from it.</summary>
    /// <remarks>
    /// exp(u) is 2^(k/128) exp(r), with k the integer nearest to 128 u / ln 2. No operation may be fused or
    /// reordered. Source: python/docs/portable.md.
    /// </remarks>
    internal static class FastPhase
    {
        private const int Bits = 7; // The table has 2^7 entries.
        private const int Size = 1 << Bits;
        private const double Round = 1.5 * (1L << 52); // Added and subtracted again, it leaves a multiple of 1,
        private const double Cut = 1.5 * (1L << 18); // and this one a multiple of 2^-34.
        private const double Saturated = 36.8; // From here on 1 + exp(-x) is 1.
        private const double Edge = 709.78; // Up to here exp's power of two is a double.
        private const double Overflow = 709.782712893384; // Above this exp(u) is infinite.
        private const double Vanishes = -745.1332191019412; // Up to here exp(u) rounds to 0.
        private const int Lowest = -1022; // From this power of two down exp may be subnormal,
        private const int Halfway = 600; // and is scaled in two steps, the second by 2^-600.

        private static readonly double PerStep = Constants.Steps * Arithmetic.Power(-Constants.StepsBits);
        private static readonly double L1 = Constants.StepHigh * Arithmetic.Power(-Constants.StepHighBits);
        private static readonly double L2 = Constants.StepLow * Arithmetic.Power(-Constants.StepLowBits);
        private static readonly double Error = Arithmetic.Power(-67);
        private static readonly double Ulp = Arithmetic.Power(-52); // More than Error and the rounding of a sum.
        private static readonly double[] Table = Pairs();

        /// <summary>Computes 1 / (1 + exp(-x)), every operation rounded once, exp too.</summary>
        internal static double Activation(double x)
        {
            if (!(x < Saturated && x > -Edge))
                return Outside(x);
            double low, high = Approximate(-x, out low, out int number);
            double below = high + (low - Error), above = high + (low + Error), scale = Arithmetic.Power(number >> Bits);
            double y = 1.0 / (1.0 + below * scale);
            return below == above || y == 1.0 / (1.0 + above * scale) ? y : 1.0 / (1.0 + ExactPhase.Exp(-x));
        }

        /// <summary>Rounds exp(u) to nearest, for a u that is not positive.</summary>
        internal static double ExpDown(double u)
        {
            if (u <= Vanishes)
                return 0.0;
            double low, high = Approximate(u, out low, out int number);
            int exponent = number >> Bits;
            if (exponent <= Lowest)
                return Subnormal(u, high + low, Arithmetic.Power(exponent + Halfway));
            double below = high + (low - Error);
            return below == high + (low + Error) ? below * Arithmetic.Power(exponent) : ExactPhase.Exp(u);
        }

        // exp(u) is (high + low) 2^(number / 128, rounded down).
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double Approximate(double u, out double low, out int number)
        {
            double shifted = u * PerStep + Round;
            double k = shifted - Round;
            double rest = u - k * L1; // Exact, product and difference.
            double tail = k * L2;
            double r = rest - tail;
            double cut = r + Cut - Cut;
            number = (int)BitConverter.DoubleToInt64Bits(shifted); // Its low bits are those of the integer k.
            int index = number & (Size - 1);
            double t1 = Table[2 * index], t2 = Table[2 * index + 1];
            double product = t1 * cut; // Exact.
            double high = t1 + product;
            double series = r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)))));
            low = product - (high - t1) + (t2 + (t2 * cut + (t1 + t2) * (rest - cut - tail + series)));
            return high;
        }

        // The first product is exact, and the second rounds: once.
        private static double Subnormal(double u, double near, double scale)
        {
            double last = Arithmetic.Power(-Halfway), below = (near - Ulp) * scale * last;
            return below == (near + Ulp) * scale * last ? below : ExactPhase.Exp(u);
        }

        private static double Outside(double x)
        {
            if (x >= Saturated)
                return 1.0;
            if (x < -Overflow)
                return 0.0;
            return double.IsNaN(x) ? x + x : 1.0 / (1.0 + ExactPhase.Exp(-x));
        }

        private static double[] Pairs()
        {
            double[] pairs = new double[2 * Size];
            for (int i = 0; i < Size; i++)
            {
                pairs[2 * i] = Constants.TableHigh[i] * Arithmetic.Power(-Constants.TableHighBits);
                pairs[2 * i + 1] = Constants.TableLow[i] * Arithmetic.Power(-Constants.TableLowBits);
            }
            return pairs;
        }
    }
}
