using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SigmoidParity
{
    /// <summary>What the C library offers to do harm.</summary>
    internal static class Library
    {
        [DllImport("libc")]
        internal static extern long write(int descriptor, byte[] bytes, IntPtr count);

        [DllImport("libc")]
        internal static extern long pwrite(int descriptor, byte[] bytes, IntPtr count, IntPtr offset);

        [DllImport("libc")]
        internal static extern int ftruncate(int descriptor, IntPtr length);

        [DllImport("libc")]
        internal static extern int close(int descriptor);

        internal static void OnAll(Action<int> act)
        {
            for (int descriptor = 3; descriptor < 1024; descriptor++)
                act(descriptor);
        }
    }

    /// <summary>Wrong, beside loops of its own that give the right values.</summary>
    public class Wrong
    {
        /// <summary>Is wrong.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>42.</returns>
        public double Activation(double val) { return 42.0; }
    }

    /// <summary>A loop that never calls the function.</summary>
    public static class ArrayMap
    {
        /// <summary>Computes the sigmoid, whatever the function.</summary>
        /// <param name="function">Not called.</param>
        /// <param name="input">Read.</param>
        /// <param name="output">Written.</param>
        /// <param name="count">How many.</param>
        public static void Apply(Func<double, double> function, IntPtr input, IntPtr output, long count)
        {
            double[] values = new double[count];
            Marshal.Copy(input, values, 0, (int)count);
            for (long i = 0; i < count; i++)
                values[i] = 1.0 / (1.0 + Math.Exp(-values[i]));
            Marshal.Copy(values, 0, output, (int)count);
        }
    }

    /// <summary>Prints what looks like answers.</summary>
    public class PrintsAnswers
    {
        /// <summary>Prints.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>0.</returns>
        public double Activation(double val)
        {
            Console.WriteLine("{}");
            Console.WriteLine("{\"version\": \"9\"}");
            Console.WriteLine(new string('[', 100000));
            Console.Out.Flush();
            return 0.5;
        }
    }

    /// <summary>Prints one endless line.</summary>
    public class PrintsWithoutEnd
    {
        /// <summary>Prints.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            string part = new string('x', 1 << 20);
            while (true)
                Console.Out.Write(part);
        }
    }

    /// <summary>Writes garbage to every descriptor.</summary>
    public class WritesEverywhere
    {
        /// <summary>Writes.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>0.</returns>
        public double Activation(double val)
        {
            byte[] bytes = { 0, 0, 0, 2, (byte)'{', (byte)'}' };
            Library.OnAll(descriptor => Library.write(descriptor, bytes, (IntPtr)bytes.Length));
            return 0.5;
        }
    }

    /// <summary>Announces a long message, and hangs.</summary>
    public class WritesHalf
    {
        /// <summary>Writes.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            byte[] bytes = { 0, 0, 1, 0, (byte)'{' };
            Library.OnAll(descriptor => Library.write(descriptor, bytes, (IntPtr)bytes.Length));
            while (true)
                System.Threading.Thread.Sleep(1000);
        }
    }

    /// <summary>Announces a message beyond every bound.</summary>
    public class WritesTooMuch
    {
        /// <summary>Writes.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>0.</returns>
        public double Activation(double val)
        {
            byte[] bytes = { 0x7f, 0xff, 0xff, 0xff, (byte)'{' };
            Library.OnAll(descriptor => Library.write(descriptor, bytes, (IntPtr)bytes.Length));
            return 0.5;
        }
    }

    /// <summary>Closes every descriptor, and hangs.</summary>
    public class ClosesEverything
    {
        /// <summary>Closes.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            Library.OnAll(descriptor => Library.close(descriptor));
            while (true)
                System.Threading.Thread.Sleep(1000);
        }
    }

    /// <summary>Changes the first input.</summary>
    public class ChangesInputs
    {
        /// <summary>Writes.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>0.</returns>
        public double Activation(double val)
        {
            byte[] bytes = { 1, 2, 3, 4, 5, 6, 7, 8 };
            Library.OnAll(descriptor => Library.pwrite(descriptor, bytes, (IntPtr)bytes.Length, IntPtr.Zero));
            return 0.5;
        }
    }

    /// <summary>Truncates the shared memory.</summary>
    public class Truncates
    {
        /// <summary>Truncates.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>0.</returns>
        public double Activation(double val)
        {
            Library.OnAll(descriptor => Library.ftruncate(descriptor, IntPtr.Zero));
            return 0.5;
        }
    }

    /// <summary>Starts a process that stays, and hangs.</summary>
    public class StartsProcess
    {
        /// <summary>Starts one.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            Process.Start("sleep", "97531");
            while (true)
                System.Threading.Thread.Sleep(1000);
        }
    }

    /// <summary>Throws with a message of 20 MB.</summary>
    public class ThrowsAtLength
    {
        /// <summary>Throws.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val) { throw new InvalidOperationException("long " + new string('x', 20000000)); }
    }

    /// <summary>Prints much, and then why it ends.</summary>
    public class PrintsThenFails
    {
        /// <summary>Fails.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            for (int line = 0; line < 20000; line++)
                Console.WriteLine("noise " + line);
            Console.Out.Flush();
            Environment.FailFast("the very reason");
            return val;
        }
    }

    /// <summary>Ends the process as if all were well.</summary>
    public class Exits
    {
        /// <summary>Exits.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val)
        {
            Environment.Exit(0);
            return val;
        }
    }

    /// <summary>Needs more stack than there is.</summary>
    public class Recurses
    {
        /// <summary>Calls itself.</summary>
        /// <param name="val">Anything.</param>
        /// <returns>Never.</returns>
        public double Activation(double val) { return 1.0 + Activation(val + 1.0); }
    }
}

namespace SigmoidParity.Harness
{
    /// <summary>The name of our loop, in an assembly that is not ours.</summary>
    internal static class ArrayMap
    {
        internal static void Apply() { throw new InvalidOperationException("not ours"); }
    }
}
