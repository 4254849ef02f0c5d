namespace SigmoidParity.Recorder;

/// <summary>What a callable is called with: each combination of arguments once, in order of value, NaN being one argument.</summary>
internal sealed class Arguments
{
    private const ulong Sign = 1UL << 63;
    private readonly double[][] columns;

    private Arguments(double[][] columns) { this.columns = columns; }

    /// <summary>How many combinations there are.</summary>
    internal int Count => columns[0].Length;

    /// <summary>An array of each argument.</summary>
    internal IReadOnlyList<double[]> Columns => columns;

    /// <summary>Rounds points to a format, for callables of one argument or two.</summary>
    /// <param name="points">The points.</param>
    /// <param name="arity">1 or 2.</param>
    /// <param name="isDouble">Whether the format is double, and not float.</param>
    internal static Arguments Of(Points points, int arity, bool isDouble)
    {
        Func<double, double> rounded = isDouble ? x => x : x => (float)x;
        IEnumerable<(double, double)> pairs = arity == 1
            ? points.All.Select(rounded).Select(x => (x, x))
            : points.OfX.Select(rounded).SelectMany(x => Orders(x, rounded(1.0 / (1.0 + Math.Exp(-x)))));
        return new Arguments(Split(pairs.Concat(Few(isDouble)).DistinctBy(Key).OrderBy(Key).ToArray(), arity));
    }

    /// <summary>Takes the points of the sieve alone, in its order, each for both arguments where there are two.</summary>
    internal static Arguments OfSieve(int arity, bool isDouble) => new(Split(Few(isDouble).ToArray(), arity));

    private static IEnumerable<(double, double)> Few(bool isDouble) => Sieve.Points(isDouble).Select(x => (x, x));

    private static double[][] Split((double, double)[] pairs, int arity)
    {
        double[] first = [.. pairs.Select(pair => pair.Item1)];
        return arity == 1 ? [first] : [first, [.. pairs.Select(pair => pair.Item2)]];
    }

    /// <summary>Lists what two arguments may be: x, y or a parameter, for which 1 stands.</summary>
    private static (double, double)[] Orders(double x, double y) => [(x, y), (y, x), (x, 1.0), (1.0, x), (y, 1.0), (1.0, y)];

    private static (ulong, ulong) Key((double First, double Second) pair) => (Place(pair.First), Place(pair.Second));

    /// <summary>Numbers doubles in order of value, NaN last.</summary>
    private static ulong Place(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value);
        return double.IsNaN(value) ? ulong.MaxValue : (bits & Sign) == 0 ? bits | Sign : ~bits;
    }
}
