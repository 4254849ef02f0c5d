using System.Runtime.CompilerServices;

namespace SigmoidParity.Vectors;

/// <summary>A function of one argument: over a vector, and of one double, which has the bits that the vector must have.</summary>
internal interface IFormula
{
    /// <summary>Gets the absolute value from which on the vector's formula does not hold; infinity where it always does.</summary>
    static abstract double Limit { get; }

    /// <summary>Computes the function of each lane, all below the limit in absolute value.</summary>
    static abstract TVector Of<TLanes, TVector>(TVector x, Table table)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Computes the function of one double, with the platform's own exp.</summary>
    static abstract double Of(double x);
}

/// <summary>1 / (1 + exp(-x)).</summary>
internal readonly struct Activation : IFormula
{
    private static readonly Sigmoid Pair = new();

    /// <inheritdoc/>
    // Beyond it exp(-x) is no normal double.
    public static double Limit => 708.0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var one = TLanes.Of(1.0);
        return TLanes.Divide(one, TLanes.Add(one, Exp.OfMinus<TLanes, TVector>(x, table)));
    }

    /// <inheritdoc/>
    public static double Of(double x) => Pair.Activation(x);
}

/// <summary>(1 - y) y, of the sigmoid's output y.</summary>
internal readonly struct DActivation : IFormula
{
    private static readonly Sigmoid Pair = new();

    /// <inheritdoc/>
    public static double Limit => double.PositiveInfinity;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector y, Table table)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(TLanes.Subtract(TLanes.Of(1.0), y), y);

    /// <inheritdoc/>
    public static double Of(double y) => Pair.DActivation(y);
}

/// <summary>(1 - y) y at y = 1 / (1 + exp(-x)).</summary>
internal readonly struct Derivative : IFormula
{
    /// <inheritdoc/>
    public static double Limit => Activation.Limit;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => DActivation.Of<TLanes, TVector>(Activation.Of<TLanes, TVector>(x, table), table);

    /// <inheritdoc/>
    public static double Of(double x) => DActivation.Of(Activation.Of(x));
}

/// <summary>The derivative with its digits where y has rounded to 1; fixtures/README.md has the formula.</summary>
internal readonly struct StableDerivative : IFormula
{
    private const double Branch = 0.125;

    /// <inheritdoc/>
    // From here on glibc scales a small power in two steps, with other roundings.
    public static double Limit => 512.0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (one, z) = (TLanes.Of(1.0), Exp.OfMinus<TLanes, TVector>(TLanes.Absolute(x), table));
        var w = TLanes.Add(TLanes.Add(z, z), TLanes.Multiply(z, z));
        var d = TLanes.Add(one, w);
        var q = TLanes.Divide(z, d);
        var lost = TLanes.Multiply(TLanes.Subtract(w, TLanes.Subtract(d, one)), TLanes.Subtract(one, z));
        var first = TLanes.WhereLess(z, Branch, z, q);
        return TLanes.Subtract(first, TLanes.Multiply(q, TLanes.WhereLess(z, Branch, w, lost)));
    }

    /// <inheritdoc/>
    public static double Of(double x)
    {
        var z = Math.Exp(-Math.Abs(x));
        var w = z + z + (z * z);
        var d = 1.0 + w;
        var q = z / d;
        return z < Branch ? z - (q * w) : q - (q * ((w - (d - 1.0)) * (1.0 - z)));
    }
}
