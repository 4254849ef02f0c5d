using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Reading;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>The tester, tested: what must be told apart.</summary>
public class ToldApartTests
{
    private static readonly Sigmoid Pair = new();
    private static readonly Lazy<Limits> Bounds = new(Limits.Own);

    /// <summary>Two values that are not the same have a distance above 0, or none, both ways round.</summary>
    [Theory]
    [InlineData(0.5, 0.50000000000000011, 1UL)]
    [InlineData(0.5, 0.49999999999999994, 1UL)]
    [InlineData(1.0, 0.99999999999999989, 1UL)]
    [InlineData(-5e-324, 5e-324, 2UL)]
    [InlineData(5e-324, 0.0, 1UL)]
    [InlineData(0.5, -0.5, 9205357638345293824UL)]
    [InlineData(double.MaxValue, double.MinValue, 18437736874454810622UL)]
    [InlineData(0.0, -0.0, null)]
    [InlineData(0.5, double.NaN, null)]
    [InlineData(double.PositiveInfinity, double.NaN, null)]
    [InlineData(double.PositiveInfinity, double.MaxValue, null)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, null)]
    public void The_measure_tells_them_apart(double one, double other, ulong? steps)
    {
        Assert.Equal(steps, Doubles.Distance(one, other));
        Assert.Equal(steps, Doubles.Distance(other, one));
    }

    /// <summary>All NaN are one class.</summary>
    [Fact]
    public void Sign_and_payload_of_NaN_mean_nothing() =>
        Assert.Equal(0UL, Doubles.Distance(double.NaN, BitConverter.UInt64BitsToDouble(0xfff0000000000001)));

    /// <summary>One case in a file that is wrong is found and named, with argument, values and bits.</summary>
    [Theory]
    [InlineData("1 ULP")]
    [InlineData("sign of zero")]
    [InlineData("NaN")]
    public void One_wrong_result_is_named(string fault)
    {
        var file = FunctionFile.Of("d_activation");
        var given = file.Cases.Select(one => Pair.DActivation(one.Input)).ToArray();
        var spoilt = fault == "sign of zero" ? Array.IndexOf(given, 0.0) : given.Length / 2;
        given[spoilt] = fault switch
        {
            "1 ULP" => Math.BitIncrement(given[spoilt]),
            "NaN" => double.NaN,
            _ => -given[spoilt],
        };
        var (said, one) = (Failures("d_activation", given), file.Cases[spoilt]);
        Assert.Matches($"^[12] of {2 * given.Length} differ", said);
        Assert.Contains($"d_activation.yaml, {one.Id}, {Doubles.Show(one.Input)}: formula {Doubles.Show(one.Formula)}", said);
        Assert.Contains(fault == "1 ULP" ? "1 ULP, bound 0" : "not comparable", said);
    }

    /// <summary>A pair that is swapped, and a derivative that takes x, are found out; ten cases are listed, no more.</summary>
    [Theory]
    [InlineData("activation", "swapped")]
    [InlineData("d_activation", "swapped")]
    [InlineData("derivative", "of x")]
    public void A_wrong_function_fails(string function, string fault)
    {
        var inputs = FunctionFile.Of(function).Cases.Select(one => one.Input).ToArray();
        Func<double, double> wrong = (function, fault) switch
        {
            ("activation", _) => Pair.DActivation,
            ("d_activation", _) => Pair.Activation,
            _ => Pair.DActivation,
        };
        var said = Failures(function, Array.ConvertAll(inputs, value => wrong(value)));
        Assert.Equal(11, said.Split('\n').Length);
    }

    /// <summary>A function without a bound does not pass, and a comparison of nothing does not either.</summary>
    [Fact]
    public void Nothing_passes_without_a_bound_or_without_cases()
    {
        var none = new Limits("limits.yaml", []);
        Assert.Throws<FixtureException>(() => none.Of("activation", "formula", [], 1));
        Assert.ThrowsAny<Exception>(() => new Comparison("activation.yaml").Verify());
    }

    private static string Failures(string function, double[] given)
    {
        var (file, comparison) = (FunctionFile.Of(function), new Comparison($"{function}.yaml"));
        for (var index = 0; index < given.Length; index++)
        {
            comparison.Add(function, file.Cases[index], given[index], Bounds.Value);
        }

        Assert.ThrowsAny<Exception>(comparison.Verify);
        return comparison.Failures();
    }
}
