using System;

namespace SigmoidParity.Harness
{
    /// <summary>Applies a function of one double to a whole array, in memory that the caller owns.</summary>
    /// <remarks>
    /// One call from another language costs microseconds and one Math.Exp nanoseconds: the loop belongs on
    /// this side of the boundary.
    /// </remarks>
    public static class ArrayMap
    {
        /// <summary>Computes output[i] = function(input[i]) for i from 0 to count - 1, in that order.</summary>
        /// <param name="function">Any function of one double, such as a method of an object.</param>
        /// <param name="input">Address of the first of <paramref name="count"/> doubles to read.</param>
        /// <param name="output">Address of the first of <paramref name="count"/> doubles to write; it may equal
        /// <paramref name="input"/>.</param>
        /// <param name="count">How many doubles there are; not negative.</param>
        /// <exception cref="ArgumentNullException">No function, or an address is zero.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        public static unsafe void Apply(Func<double, double> function, IntPtr input, IntPtr output, long count)
        {
            if (function == null)
                throw new ArgumentNullException(nameof(function));
            if (input == IntPtr.Zero)
                throw new ArgumentNullException(nameof(input));
            if (output == IntPtr.Zero)
                throw new ArgumentNullException(nameof(output));
            if (count < 0)
                throw new ArgumentOutOfRangeException(nameof(count), count, "The count must not be negative.");

            double* from = (double*)input;
            double* to = (double*)output;
            for (long i = 0; i < count; i++)
                to[i] = function(from[i]);
        }
    }
}
