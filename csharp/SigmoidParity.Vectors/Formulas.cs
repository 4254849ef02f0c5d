using System.Runtime.CompilerServices;

namespace SigmoidParity.Vectors;

/// <summary>A function of one argument: over a vector, and of one double, which has the bits that the vector must have.</summary>
internal interface IFormula
{
    /// <summary>Gets what a lane's size must be below in absolute value; infinity where the vector's formula always holds.</summary>
    static abstract double Limit { get; }

    /// <summary>Gets the powers that the formula takes.</summary>
    static abstract Table Table { get; }

    /// <summary>Computes the function of each lane.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="table">The formula's.</param>
    /// <param name="size">Below the limit in absolute value where the result holds.</param>
    static abstract TVector Of<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Computes the function of one double, whose bits each lane must have.</summary>
    static abstract double Of(double x);
}

/// <summary>1 / (1 + exp(-x)).</summary>
internal readonly struct Activation<TExp> : IFormula
    where TExp : struct, IExp
{
    /// <inheritdoc/>
    public static double Limit => IExp.Normal;

    /// <inheritdoc/>
    public static Table Table => TExp.Table;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var one = TLanes.Of(1.0);
        return TLanes.Divide(one, TLanes.Add(one, TExp.OfMinus<TLanes, TVector>(x, table, out size)));
    }

    /// <inheritdoc/>
    public static double Of(double x) => TExp.Activation(x);
}

/// <summary>(1 - y) y, of the sigmoid's output y.</summary>
internal readonly struct DActivation : IFormula
{
    private static readonly Sigmoid Pair = new();

    /// <inheritdoc/>
    public static double Limit => double.PositiveInfinity;

    /// <inheritdoc/>
    public static Table Table => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector y, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        size = y;
        return TLanes.Multiply(TLanes.Subtract(TLanes.Of(1.0), y), y);
    }

    /// <inheritdoc/>
    public static double Of(double y) => Pair.DActivation(y);
}

/// <summary>(1 - y) y at y = 1 / (1 + exp(-x)).</summary>
internal readonly struct Derivative<TExp> : IFormula
    where TExp : struct, IExp
{
    /// <inheritdoc/>
    public static double Limit => IExp.Normal;

    /// <inheritdoc/>
    public static Table Table => TExp.Table;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        DActivation.Of<TLanes, TVector>(Activation<TExp>.Of<TLanes, TVector>(x, table, out size), table, out _);

    /// <inheritdoc/>
    public static double Of(double x) => DActivation.Of(TExp.Activation(x));
}

/// <summary>The derivative with its digits where y has rounded to 1; fixtures/README.md has the formula.</summary>
internal readonly struct StableDerivative<TExp> : IFormula
    where TExp : struct, IExp
{
    /// <inheritdoc/>
    public static double Limit => TExp.SmallLimit;

    /// <inheritdoc/>
    public static Table Table => TExp.Table;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (one, z) = (TLanes.Of(1.0), TExp.OfMinus<TLanes, TVector>(TLanes.Absolute(x), table, out size));
        var w = TLanes.Add(TLanes.Add(z, z), TLanes.Multiply(z, z));
        var d = TLanes.Add(one, w);
        var q = TLanes.Divide(z, d);
        var lost = TLanes.Multiply(TLanes.Subtract(w, TLanes.Subtract(d, one)), TLanes.Subtract(one, z));
        var first = TLanes.WhereLess(z, IExp.Branch, z, q);
        return TLanes.Subtract(first, TLanes.Multiply(q, TLanes.WhereLess(z, IExp.Branch, w, lost)));
    }

    /// <inheritdoc/>
    public static double Of(double x) => TExp.StableDerivative(x);
}
