using SigmoidParity.Tests.Comparing;
using SigmoidParity.Vectors;
using Xunit;

namespace SigmoidParity.Tests.Vectors;

/// <summary>Every element has the bits of the scalar function, whichever kernel computes it.</summary>
public class BitsTests
{
    private const int Count = 100_000;
    private const string Expected = "SIGMOID_PARITY_EXPECTED_BACKEND";
    private static readonly double[] Sampled = [.. Points.All(Count).SelectMany(kind => kind)];
    private static readonly Dictionary<string, double[]> Results = [];

    /// <summary>Every kernel of this processor, for each function.</summary>
    public static TheoryData<string, string> Kernels()
    {
        var rows = new TheoryData<string, string>();
        foreach (var function in Function.All)
        {
            foreach (var kernel in Function.Kernels)
            {
                rows.Add(function.Name, kernel);
            }
        }

        return rows;
    }

    /// <summary>The functions.</summary>
    public static TheoryData<string> Functions() => [.. Function.All.Select(one => one.Name)];

    /// <summary>Each kernel has the bits of the scalar function at random points and around every threshold.</summary>
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_has_the_bits_of_the_scalar_function(string name, string kernel)
    {
        Assert.Contains(SigmoidVectors.Backend, Function.Kernels);
        var (function, comparison) = (Function.Named(name), new Comparison($"{name} by {kernel}"));
        var (expected, given) = (Scalars(function), new double[Sampled.Length]);
        function.Run(kernel, Sampled, given);
        for (var index = 0; index < given.Length; index++)
        {
            comparison.Add(index, Sampled[index], expected[index], given[index]);
        }

        comparison.Verify();
    }

    /// <summary>A float's result is that of the double, rounded once.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void A_float_is_the_double_rounded_once(string name)
    {
        var (function, comparison, random) = (Function.Named(name), new Comparison(name), new Random(1));
        var bits = Enumerable.Range(0, Count).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        var near = Enumerable.Range(0, Count).Select(_ => (float)(100.0 * ((2.0 * random.NextDouble()) - 1.0)));
        float[] points = [.. bits, .. near, 0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon];
        var given = new float[points.Length];
        function.Floats(points, given);
        for (var index = 0; index < points.Length; index++)
        {
            comparison.Add(index, points[index], (float)function.Scalar(points[index]), given[index]);
        }

        comparison.Verify();
    }

    /// <summary>The comparison would find one wrong bit in a hundred thousand.</summary>
    [Fact]
    public void A_wrong_bit_is_found()
    {
        var comparison = new Comparison("activation");
        var function = Function.Named("activation");
        var points = Points.All(Count).Last();
        var given = new double[points.Length];
        function.Doubles(points, given);
        given[^1] = Math.BitIncrement(given[^1]);
        for (var index = 0; index < points.Length; index++)
        {
            comparison.Add(index, points[index], function.Scalar(points[index]), given[index]);
        }

        Assert.StartsWith($"1 of {points.Length} differ", comparison.Failures());
    }

    /// <summary>The backend that was asked for serves, where one was: see tests/vectors/test_backends.py.</summary>
    [Fact]
    public void The_backend_is_the_one_that_was_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable(Expected) ?? SigmoidVectors.Backend;
        Assert.Equal(asked, SigmoidVectors.Backend);
    }

    // Computed once for all kernels.
    private static double[] Scalars(Function function) => Results.TryGetValue(function.Name, out var known)
        ? known
        : Results[function.Name] = Array.ConvertAll(Sampled, x => function.Scalar(x));
}
