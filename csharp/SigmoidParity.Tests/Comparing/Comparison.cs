using SigmoidParity.Tests.Reading;

namespace SigmoidParity.Tests.Comparing;

/// <summary>Compares results with expected values, and says which ten are furthest beyond their bounds.</summary>
public sealed class Comparison(string file)
{
    private const int Shown = 10;
    private readonly List<(UInt128 Beyond, string Words)> _failures = [];
    private int _compared;

    /// <summary>Gets how many results were compared.</summary>
    public int Compared => _compared;

    /// <summary>Compares a result with an expected value.</summary>
    /// <param name="id">The case.</param>
    /// <param name="argument">What the function was called with, in words.</param>
    /// <param name="against">What is expected: <c>formula</c>, <c>exact</c>, or whose bits.</param>
    /// <param name="expected">The expected value.</param>
    /// <param name="given">The result.</param>
    /// <param name="bound">The largest distance that passes, in ULP.</param>
    public void Add(string id, string argument, string against, double expected, double given, UInt128 bound)
    {
        _compared++;
        var distance = Doubles.Distance(expected, given);
        if (distance is null || distance > bound)
        {
            var ulp = distance is null ? "not comparable: NaN, infinity or the sign of zero" : $"{distance} ULP, bound {bound}";
            var words = $"{file}, {id}, {argument}: {against} {Doubles.Show(expected)}, given {Doubles.Show(given)}, {ulp}";
            _failures.Add((distance is null ? UInt128.MaxValue : distance.Value - bound, words));
        }
    }

    /// <summary>Compares a result with both expected values of a case of a function.</summary>
    public void Add(string function, Case one, double given, Limits limits)
    {
        foreach (var (against, expected) in new[] { ("formula", one.Formula), ("exact", one.Exact) })
        {
            var bound = limits.Of(function, against, one.Flags, one.Amplification);
            Add(one.Id, Doubles.Show(one.Input), against, expected, given, bound);
        }
    }

    /// <summary>Compares a point of many with the bits that it must have.</summary>
    public void Add(int index, double point, double expected, double given)
    {
        if (Doubles.Distance(expected, given) == 0)
        {
            _compared++;
            return;
        }

        Add($"point {index}", Doubles.Show(point), "the class's", expected, given, 0);
    }

    /// <summary>Returns what failed, the worst first, ten at most; empty where nothing did.</summary>
    public string Failures()
    {
        var worst = _failures.OrderByDescending(one => one.Beyond).Take(Shown).Select(one => one.Words);
        return _failures.Count == 0 ? "" : $"{_failures.Count} of {_compared} differ; the worst:\n{string.Join('\n', worst)}";
    }

    /// <summary>Fails where any result is beyond its bound, or where nothing was compared.</summary>
    public void Verify()
    {
        Xunit.Assert.True(_compared > 0, $"{file}: nothing was compared");
        Xunit.Assert.True(_failures.Count == 0, Failures());
    }
}
