using System;

namespace Acme.Neuro
{
    /// <summary>Methods of every shape that is recorded.</summary>
    public class Sigmoid
    {
        private readonly double alpha;

        public Sigmoid(double alpha) { this.alpha = alpha; }

        public double Function(double x) { return 1.0 / (1.0 + Math.Exp(-alpha * x)); }

        public double Derivative(double x) { double y = Function(x); return alpha * y * (1.0 - y); }

        public double Slope(double y) { return alpha * y * (1.0 - y); }

        public float Single(float x) { return (float)(1.0 / (1.0 + Math.Exp(-x))); }

        public double[] Whole(double[] x)
        {
            double[] y = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                if (x[i] > 700.0)
                    throw new OverflowException("too far");
                y[i] = Function(x[i]);
            }
            return y;
        }

        public double Checked(double x)
        {
            if (x < -709.0)
                throw new OverflowException("too small");
            return Function(x);
        }

        public double SlopeOfBoth(double x, double y) { return y * (1.0 - y); }

        public static double WithAlpha(double x, double a) { return 1.0 / (1.0 + Math.Exp(-a * x)); }

        public double Hard(double x) { return Math.Max(0.0, Math.Min(1.0, 0.2 * x + 0.5)); }

        public double Square(double x) { return x * x * x; }

        public string Name(int index) { return "acme" + index; }
    }

    /// <summary>A class of which no object can be made.</summary>
    public class Unlicensed
    {
        public Unlicensed() { throw new InvalidOperationException("no\nlicence"); }

        public double Function(double x) { return x; }

        public decimal Exact(decimal x) { return x; }
    }
}
