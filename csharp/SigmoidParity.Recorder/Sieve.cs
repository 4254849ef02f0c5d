namespace SigmoidParity.Recorder;

/// <summary>Tells at nine points what can be neither a sigmoid nor a derivative of one: a library has a thousand methods.</summary>
/// <remarks>
/// These are sigmoid-parity's own points and conditions: far out on both sides a sigmoid, or its derivative from x, hardly
/// changes; its derivative from y is about quadratic between 0 and 1.
/// </remarks>
internal static class Sieve
{
    private const double Slight = 0.06, Rounded = 1e-6;

    /// <summary>The points for doubles.</summary>
    internal static readonly double[] Doubles = [-700.0, -600.0, 600.0, 700.0, 0.0, 0.25, 0.5, 0.75, 1.0];

    /// <summary>The points for floats.</summary>
    internal static readonly double[] Floats = [-85.0, -70.0, 70.0, 85.0, 0.0, 0.25, 0.5, 0.75, 1.0];

    /// <summary>The points for a format.</summary>
    internal static double[] Points(bool isDouble) => isDouble ? Doubles : Floats;

    /// <summary>Tells from the values at the points whether a function may be one of these.</summary>
    internal static bool IsPossible(double[] values) =>
        !values.All(double.IsFinite) || values.Max() > values.Min() && (Saturates(values) || IsQuadratic(values[4..]));

    private static bool Saturates(double[] values) =>
        Math.Max(Math.Abs(values[1] - values[0]), Math.Abs(values[3] - values[2])) <= Slight * Largest(values);

    private static bool IsQuadratic(double[] unit)
    {
        double[] second = Steps(Steps(unit)), third = Steps(second);
        return second.Min(Math.Abs) > Rounded * Largest(unit) && Largest(third) <= Slight * Largest(second);
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static double[] Steps(double[] values) => [.. values.Skip(1).Zip(values, (next, value) => next - value)];
}
