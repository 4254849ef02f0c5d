using SigmoidParity.Vectors;

namespace SigmoidParity.Tests;

/// <summary>What is tested: the functions over an array, by their names in the fixtures.</summary>
public sealed record Implementation(string Name, IReadOnlyDictionary<string, Func<double[], double[]>> Functions)
{
    private static readonly Sigmoid Pair = new();

    /// <summary>The C# class.</summary>
    public static readonly Implementation Class = new("Sigmoid", new Dictionary<string, Func<double[], double[]>>
    {
        ["activation"] = x => Array.ConvertAll(x, Pair.Activation),
        ["d_activation"] = y => Array.ConvertAll(y, Pair.DActivation),
        ["derivative"] = x => Array.ConvertAll(x, value => Pair.DActivation(Pair.Activation(value))),
    });

    /// <summary>The functions over spans.</summary>
    public static readonly Implementation Spans = new("SigmoidVectors", new Dictionary<string, Func<double[], double[]>>
    {
        ["activation"] = x => Result(SigmoidVectors.Activation, x),
        ["d_activation"] = y => Result(SigmoidVectors.DActivation, y),
        ["derivative"] = x => Result(SigmoidVectors.Derivative, x),
        ["stable_derivative"] = x => Result(SigmoidVectors.StableDerivative, x),
    });

    private static readonly Implementation[] All = [Class, Spans];

    private delegate void OverSpans(ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Returns the implementations of a function.</summary>
    public static IEnumerable<Implementation> Of(string function) => All.Where(one => one.Functions.ContainsKey(function));

    /// <summary>Returns an implementation by its name.</summary>
    public static Implementation Named(string name) => All.Single(one => one.Name == name);

    private static double[] Result(OverSpans function, double[] source)
    {
        var result = new double[source.Length];
        function(source, result);
        return result;
    }
}
