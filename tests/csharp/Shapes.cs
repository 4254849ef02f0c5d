// Every form of method that can be tried, and what cannot; each computes something that tells it from the others.
using System;

namespace Acme.Neuro
{
    public static class Forms
    {
        public static double Double(double x) { return x + 1.0; }
        public static float Float(float x) { return x * 0.1f; }
        public static float Narrows(double x) { return (float)x; }
        public static double Narrowed(float x) { return x; }
        public static double Two(double x, double y) { return x - 3.0 * y; }
        public static float Two(float x, float y) { return x - 3.0f * y; }
        public static double Default(double x, double scale = 2.5, bool negate = true, DayOfWeek day = DayOfWeek.Friday)
        {
            return (negate ? -x : x) * scale + (int)day;
        }

        public static double TwoAndDefault(double x, double y, DateTime when = default(DateTime))
        {
            return x + y + when.Year;
        }

        public static double[] Array(double[] x) { return System.Array.ConvertAll(x, one => one * 2.0); }
        public static float[] Array(float[] x)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] *= 3.0f;
            return x;
        }

        public static void InPlace(double[] x)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] *= 4.0;
        }

        public static void Window(double[] x, int start, int count)
        {
            for (int i = start; i < start + count; i++)
                x[i] *= 5.0;
        }

        public static void Fill(float[] x, float[] result)
        {
            for (int i = 0; i < x.Length; i++)
                result[i] = x[i] * 6.0f;
        }

        public static T Generic<T>(T x) where T : struct { return x; }
    }

    public class Scaled
    {
        private readonly double alpha;
        public Scaled(double alpha) { this.alpha = alpha; }
        public Scaled(int alpha) { throw new InvalidOperationException("the double was meant"); }
        public Scaled(string name) { throw new InvalidOperationException("no string was given"); }
        public double Alpha { get { return alpha; } }
        public double this[double x] { get { return x; } }
        public double Scale(double x) { return alpha * x; }
        public static double Shared(double x) { return x + 11.0; }
        public static double operator +(Scaled one, double x) { return x; }
    }

    public class Counted
    {
        private readonly int times;
        private readonly double plus;
        public Counted(int times, double plus = 0.5) { this.times = times; this.plus = plus; }
        public double Count(double x) { return times * x + plus; }
    }

    public class Lenient
    {
        private readonly double alpha;
        public Lenient(double alpha = 1.702) { this.alpha = alpha; }
        public double Scale(double x) { return alpha * x; }

        public class Nested
        {
            public float Shift(float x) { return x + 12.0f; }
        }
    }

    public abstract class Base
    {
        public abstract double Bend(double x);
        public double Inherited(double x) { return x * 13.0; }
        public double Replaced(double x) { return x * 99.0; }
        public static double OfBase(double x) { return x * 14.0; }
        public override string ToString() { return "no concern of ours"; }
    }

    public class Derived : Base
    {
        public override double Bend(double x) { return x * 15.0; }
        public new double Replaced(double x) { return x * 17.0; }
    }

    public struct Value
    {
        public double OfValue(double x) { return x + 16.0; }
    }

    public static class Other
    {
        public static void ByReference(ref double x) { x = 1.0; }
        public static void Gives(double x, out double y) { y = x; }
        public static double OfInt(int x) { return x; }
        public static double OfNullable(double? x) { return x ?? 0.0; }
        public static decimal OfDecimal(decimal x) { return x; }
        public static double OfThree(double x, double y, double z) { return x + y + z; }
        public static double OfNothing() { return 1.0; }
        public static int Rounded(double x) { return (int)x; }
        public static double Sum(double[] x) { return x[0]; }
        public static double[,] Matrix(double[,] x) { return x; }
        public static T OfClass<T>(T x) where T : class { return x; }
        public static double Open<T, U>(T x, U y) { return 1.0; }
        public static int Unrelated(string text) { return text.Length; }
        public static string Unrelated(int number) { return "" + number; }
    }

    public interface IActivation { double OfInterface(double x); }

    public class Generic<T> { public double OfGeneric(double x) { return x; } }

    public class NoPublicConstructor
    {
        private NoPublicConstructor() { }
        public double Unreachable(double x) { return x; }
    }

    public delegate double Function(double x);

    internal class Hidden { public double Secret(double x) { return x; } }
}
