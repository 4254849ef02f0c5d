namespace SigmoidParity.Tests.Reading;

/// <summary>A case of the layer: an input with a gradient, and what forward and backward make of them.</summary>
public sealed record LayerCase(
    string Id, double Input, double GradY, double Y, double YExact, double GradX, double GradXExact, double GradXD1,
    IReadOnlyList<string> Flags, ulong Amplification);

/// <summary>The cases of the layer.</summary>
public static class LayerFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FixtureException">It is not of the format.</exception>
    public static IReadOnlyList<LayerCase> Load(string path) =>
        [.. FixtureFile.Load(path, "layer_cases").Entries("layer_cases").Select(Case)];

    private static LayerCase Case(Entry entry) => new(
        entry.Id, entry.Pair("input"), entry.Pair("grad_y"), entry.Pair("y_formula"), entry.Exact("y_exact"),
        entry.Pair("grad_x_formula"), entry.Exact("grad_x_exact"), entry.Pair("grad_x_d1"), entry.Flags, entry.Amplification);
}
