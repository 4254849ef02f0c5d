using System.Runtime.CompilerServices;

namespace SigmoidParity.Vectors;

/// <summary>
/// glibc's exp: its operations in its order, each fused or rounded as there, so that its bits come out. The constants are those
/// of python/sigmoid_parity/port/backends/formulas.py; a test holds the two to each other.
/// </summary>
/// <remarks>Source: glibc 2.28 and later, <c>sysdeps/ieee754/dbl-64/e_exp.c</c>, for the algorithm.</remarks>
internal readonly struct PlatformExp : IExp
{
    private const double Shift = 6755399441055744.0;
    private const double PerLn2 = 184.6649652337873;
    private const double Ln2High = 0.005415212348111709;
    private const double Ln2Low = 1.2864023111638344e-14;
    private const double C2 = 0.49999999999996786;
    private const double C3 = 0.16666666666665886;
    private const double C4 = 0.0416666808410674;
    private const double C5 = 0.008333335853059549;

    private static readonly Sigmoid Pair = new();

    /// <inheritdoc/>
    public static Table Table { get; } = new(TableWords.All);

    /// <inheritdoc/>
    // From here on glibc scales a small power in two steps, with other roundings.
    public static double SmallLimit => 512.0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfMinus<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        size = x;
        // k is the whole number nearest to -128 x / ln 2, and exp(-x) = 2^(k / 128) exp(r).
        var shifted = TLanes.Fused(TLanes.Of(-PerLn2), x, TLanes.Of(Shift));
        var k = TLanes.Subtract(shifted, TLanes.Of(Shift));
        var r = TLanes.Fused(k, TLanes.Of(-Ln2High), TLanes.Negate(x));
        r = TLanes.Fused(k, TLanes.Of(-Ln2Low), r);
        var scale = TLanes.Raise(TLanes.LookUp(shifted, table, out var tail), shifted, 0);
        var square = TLanes.Multiply(r, r);
        var low = TLanes.Fused(r, TLanes.Of(C3), TLanes.Of(C2));
        var high = TLanes.Fused(r, TLanes.Of(C5), TLanes.Of(C4));
        var total = TLanes.Fused(square, low, TLanes.Add(tail, r));
        return TLanes.Fused(scale, TLanes.Fused(TLanes.Multiply(square, square), high, total), scale);
    }

    /// <inheritdoc/>
    public static double Activation(double x) => Pair.Activation(x);

    /// <inheritdoc/>
    public static double StableDerivative(double x)
    {
        var z = Math.Exp(-Math.Abs(x));
        var w = z + z + (z * z);
        var d = 1.0 + w;
        var q = z / d;
        return z < IExp.Branch ? z - (q * w) : q - (q * ((w - (d - 1.0)) * (1.0 - z)));
    }
}
