// Classes whose constructors or methods fail, beside methods that work.
using System;
using System.Threading;

namespace Acme.Failing
{
    public class ConstructorThrows
    {
        public ConstructorThrows() { throw new NotSupportedException("no objects today"); }
        public double Never(double x) { return x; }
        public static double Works(double x) { return x + 1.0; }
    }

    public class ConstructorHangs
    {
        public ConstructorHangs() { Thread.Sleep(Timeout.Infinite); }
        public double Never(double x) { return x; }
    }

    public class ConstructorExits
    {
        public ConstructorExits() { Environment.Exit(3); }
        public double Never(double x) { return x; }
    }

    public static class InitializerThrows
    {
        private static readonly double Start = Fail();
        public static double Uses(double x) { return x + Start; }
        private static double Fail() { throw new NotSupportedException("no class today"); }
    }

    public class Methods
    {
        private int made = 0;

        public double Throws(double x) { return x == 1.0 ? Fail(x) : x; }
        public float ThrowsFloat(float x) { return x == 0.1f ? (float)Fail(x) : x; }
        public double ThrowsTwo(double x, double y) { return y == 2.0 ? Fail(x) : x; }
        public double[] ThrowsArray(double[] x)
        {
            foreach (double one in x)
                Throws(one);
            return x;
        }

        public double[] ThrowsLong(double[] x) { return x.Length > 1 ? new[] { Fail(0.0) } : x; }
        public double[] Short(double[] x) { return new double[1]; }
        public double[] Null(double[] x) { return null; }
        public double Exits(double x)
        {
            if (x == 1.0)
                Environment.Exit(7);
            return x;
        }

        public double Hangs(double x)
        {
            while (x == 1.0)
                Thread.Sleep(1000);
            return x;
        }

        public void HangsArray(double[] x) { Thread.Sleep(Timeout.Infinite); }
        public double PrintsWithoutEnd(double x)
        {
            while (true)
                Console.Out.Write(new string('x', 1 << 20));
        }

        public double StartsProcess(double x)
        {
            System.Diagnostics.Process.Start("sleep", "97531");
            return x;
        }

        public double Works(double x) { made++; return x + 2.0; }

        private static double Fail(double x) { throw new ArgumentException("this one throws: " + x); }
    }
}
