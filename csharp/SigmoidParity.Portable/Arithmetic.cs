using System;
using System.Runtime.CompilerServices;

namespace SigmoidParity.Portable
{
    /// <summary>Does the processor, as it is set now, compute as the portable functions need?</summary>
    internal static class Arithmetic
    {
        /// <summary>Refuses a rounding that is not once and to nearest, and arithmetic without subnormal numbers.</summary>
        internal static void Check()
        {
            double tie = Power(-53), tiny = BitConverter.Int64BitsToDouble(1);
            if (Sum(1.0, tie) != 1.0 || Sum(1.0, tie + Power(-70)) != BitConverter.Int64BitsToDouble((0x3FFL << 52) + 1))
                throw new PlatformNotSupportedException(
                    "PortableSigmoid needs sums that are rounded once, to nearest, and here 1 + 2^-53 or "
                    + "1 + (2^-53 + 2^-70) is not; restore the rounding (in C: fesetround(FE_TONEAREST)), and use no x87 "
                    + "arithmetic.");
            if (Sum(tiny, tiny) == 0.0)
                throw new PlatformNotSupportedException(
                    "PortableSigmoid needs subnormal numbers, and here 2^-1074 + 2^-1074 is 0: the processor is set to "
                    + "flush them to zero; find the native library that sets it, and turn that off.");
        }

        /// <summary>Gives 2^exponent, for a normal result.</summary>
        internal static double Power(int exponent)
        {
            return BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
        }

        // Not inlined, so that the sum is the processor's and not the compiler's.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static double Sum(double left, double right)
        {
            return left + right;
        }
    }
}
