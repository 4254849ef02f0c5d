using System;

namespace SigmoidParity.Harness
{
    /// <summary>Applies a function of one number or two to whole arrays, in memory that the caller owns.</summary>
    /// <remarks>
    /// One call from another language costs microseconds and one Math.Exp nanoseconds: the loop belongs on
    /// this side of the boundary. Before each call its number is written where the caller can read it, so that it is
    /// known which argument threw, hung, or ended the process.
    /// </remarks>
    public static class ArrayMap
    {
        /// <summary>Computes output[i] = function(input[i]) for i from 0 to count - 1, in that order.</summary>
        /// <param name="function">Any function of one double, such as a method of an object.</param>
        /// <param name="input">Address of the first of <paramref name="count"/> doubles to read.</param>
        /// <param name="output">Address of the first of <paramref name="count"/> doubles to write; it may equal
        /// <paramref name="input"/>.</param>
        /// <param name="count">How many doubles there are; not negative.</param>
        /// <param name="at">Address of the 64-bit number i, written before each call.</param>
        /// <exception cref="ArgumentNullException">No function, or an address is zero.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        public static void Apply(Func<double, double> function, IntPtr input, IntPtr output, long count, IntPtr at) =>
            Apply<int>(function, input, output, count, at);

        /// <summary>Does the same in a loop of its own.</summary>
        /// <remarks>
        /// Runtimes compile a loop again for the function that it mostly calls. Where two are called by turns, one of
        /// them would be slower for that.
        /// </remarks>
        /// <typeparam name="T">Any struct: each has machine code of its own.</typeparam>
        /// <param name="function">The function.</param>
        /// <param name="input">Doubles to read.</param>
        /// <param name="output">Doubles to write.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The number of the call.</param>
        internal static unsafe void Apply<T>(
            Func<double, double> function, IntPtr input, IntPtr output, long count, IntPtr at) where T : struct
        {
            Check(function, count, input, output, at);
            double* from = (double*)input;
            double* to = (double*)output;
            for (long i = 0; i < count; i++)
            {
                *(long*)at = i;
                to[i] = function(from[i]);
            }
        }

        /// <summary>Does the same with a function of one float.</summary>
        /// <param name="function">The function.</param>
        /// <param name="input">Floats to read.</param>
        /// <param name="output">Floats to write.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The number of the call.</param>
        public static unsafe void Apply(
            Func<float, float> function, IntPtr input, IntPtr output, long count, IntPtr at)
        {
            Check(function, count, input, output, at);
            float* from = (float*)input;
            float* to = (float*)output;
            for (long i = 0; i < count; i++)
            {
                *(long*)at = i;
                to[i] = function(from[i]);
            }
        }

        /// <summary>Does the same with a function of two doubles.</summary>
        /// <param name="function">The function.</param>
        /// <param name="first">Doubles to read, the first arguments.</param>
        /// <param name="second">Doubles to read, the second arguments.</param>
        /// <param name="output">Doubles to write.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The number of the call.</param>
        public static unsafe void Apply(
            Func<double, double, double> function, IntPtr first, IntPtr second, IntPtr output, long count, IntPtr at)
        {
            Check(function, count, first, second, output, at);
            double* one = (double*)first;
            double* two = (double*)second;
            double* to = (double*)output;
            for (long i = 0; i < count; i++)
            {
                *(long*)at = i;
                to[i] = function(one[i], two[i]);
            }
        }

        /// <summary>Does the same with a function of two floats.</summary>
        /// <param name="function">The function.</param>
        /// <param name="first">Floats to read, the first arguments.</param>
        /// <param name="second">Floats to read, the second arguments.</param>
        /// <param name="output">Floats to write.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The number of the call.</param>
        public static unsafe void Apply(
            Func<float, float, float> function, IntPtr first, IntPtr second, IntPtr output, long count, IntPtr at)
        {
            Check(function, count, first, second, output, at);
            float* one = (float*)first;
            float* two = (float*)second;
            float* to = (float*)output;
            for (long i = 0; i < count; i++)
            {
                *(long*)at = i;
                to[i] = function(one[i], two[i]);
            }
        }

        private static void Check(Delegate function, long count, params IntPtr[] addresses)
        {
            if (function == null)
                throw new ArgumentNullException(nameof(function));
            if (Array.IndexOf(addresses, IntPtr.Zero) >= 0)
                throw new ArgumentNullException(nameof(addresses), "An address is zero.");
            if (count < 0)
                throw new ArgumentOutOfRangeException(nameof(count), count, "The count must not be negative.");
        }
    }
}
