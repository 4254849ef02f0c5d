namespace SigmoidParity.Tests.Vectors;

/// <summary>Seeded doubles, of several kinds.</summary>
public static class Points
{
    private const int Seed = 20261121;
    private const int Around = 200;

    // Where results change their nature, and where the kernels change theirs.
    private static readonly double[] Thresholds =
    [
        36.73680056967711, 37.42994775023705, 512.0, 708.0, 708.3964185322641, 709.782712893384, 745.1332191019412, 745.14,
        Math.Log(8.0), double.Epsilon, 2.2250738585072014e-308, 1.0, 87.0, 104.0,
    ];

    /// <summary>Returns n doubles of each kind: random bits, uniform in +-745, uniform in +-40; and those around each threshold.</summary>
    public static IEnumerable<double[]> All(int n, int seed = Seed)
    {
        var random = new Random(seed);
        yield return Filled(n, () => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        yield return Filled(n, () => 745.0 * ((2.0 * random.NextDouble()) - 1.0));
        yield return Filled(n, () => 40.0 * ((2.0 * random.NextDouble()) - 1.0));
        yield return [.. Thresholds.SelectMany(Neighbours), 0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    }

    private static IEnumerable<double> Neighbours(double threshold)
    {
        var middle = BitConverter.DoubleToInt64Bits(threshold);
        var around = Enumerable.Range(-Around, 2 * Around).Select(step => BitConverter.Int64BitsToDouble(Math.Max(0, middle + step)));
        return around.SelectMany(value => new[] { value, -value });
    }

    private static double[] Filled(int n, Func<double> next)
    {
        var points = new double[n];
        for (var index = 0; index < n; index++)
        {
            points[index] = next();
        }

        return points;
    }
}
