using System;
using System.Runtime.InteropServices;

namespace SigmoidParity.Harness
{
    /// <summary>Applies a function of a whole array, to a copy: it may change and keep its argument.</summary>
    internal sealed class ArrayCall<T> where T : struct
    {
        private readonly Func<T[], T[]> function;

        /// <summary>Prepares.</summary>
        /// <param name="function">Gives an array of the same length, which may be its argument.</param>
        internal ArrayCall(Func<T[], T[]> function) { this.function = function; }

        /// <summary>Computes a whole array.</summary>
        /// <param name="input">Address of the first number to read.</param>
        /// <param name="output">Address of the first number to write.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="at">Address of the number of the element that fails alone, if it threw and there is one.</param>
        /// <exception cref="UnusableResultException">It gave no array, or one of another length.</exception>
        internal void Apply(IntPtr input, IntPtr output, long count, IntPtr at)
        {
            T[] arguments = Copy(input, checked((int)count));
            try
            {
                Copy(Call(function, (T[])arguments.Clone()), output);
            }
            catch (Exception error) when (!(error is UnusableResultException))
            {
                Marshal.WriteInt64(at, FirstThatThrows(arguments));
                throw;
            }
        }

        private static T[] Call(Func<T[], T[]> function, T[] arguments)
        {
            int count = arguments.Length;
            T[] results = function(arguments);
            if (results == null)
                throw new UnusableResultException("gave null instead of an array");
            if (results.Length != count)
                throw new UnusableResultException($"gave {results.Length} results for {count} arguments");
            return results;
        }

        /// <summary>Searches by halves: that costs no more than two calls for the whole array.</summary>
        private long FirstThatThrows(T[] arguments)
        {
            int start = 0, count = arguments.Length;
            while (count > 1)
            {
                int half = count / 2;
                bool first = Throws(arguments, start, half);
                if (!first && !Throws(arguments, start + half, count - half))
                    return -1;
                start += first ? 0 : half;
                count = first ? half : count - half;
            }
            return start;
        }

        private bool Throws(T[] arguments, int start, int count)
        {
            T[] part = new T[count];
            Array.Copy(arguments, start, part, 0, count);
            try
            {
                function(part);
                return false;
            }
            catch (Exception)
            {
                return true;
            }
        }

        private static T[] Copy(IntPtr from, int count)
        {
            T[] copy = new T[count];
            GCHandle held = GCHandle.Alloc(copy, GCHandleType.Pinned);
            Copy(from, held.AddrOfPinnedObject(), count);
            held.Free();
            return copy;
        }

        private static void Copy(T[] from, IntPtr to)
        {
            GCHandle held = GCHandle.Alloc(from, GCHandleType.Pinned);
            Copy(held.AddrOfPinnedObject(), to, from.Length);
            held.Free();
        }

        private static unsafe void Copy(IntPtr from, IntPtr to, int count)
        {
            long bytes = (long)count * Marshal.SizeOf(typeof(T));
            Buffer.MemoryCopy((void*)from, (void*)to, bytes, bytes);
        }
    }
}
