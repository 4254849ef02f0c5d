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

    private static readonly Implementation[] All = [Class];

    /// <summary>Returns the implementations of a function.</summary>
    public static IEnumerable<Implementation> Of(string function) => All.Where(one => one.Functions.ContainsKey(function));

    /// <summary>Returns an implementation by its name.</summary>
    public static Implementation Named(string name) => All.Single(one => one.Name == name);
}
