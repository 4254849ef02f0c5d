using System.Runtime.CompilerServices;
using SigmoidParity.Portable;

namespace SigmoidParity.Vectors;

/// <summary>exp rounded correctly, where rounding a sum of two doubles whose error is below 2^-67 decides.</summary>
/// <remarks>
/// Source: python/docs/portable.md. What is fused here has an error that is no larger than the bound's there: its sums have
/// fewer roundings, in the same order, but for t2, which is added first.
/// </remarks>
internal readonly struct PortableExp : IExp
{
    private const double Round = 1.5 * (1L << 52);
    private const double Cut = 1.5 * (1L << 18);
    private const double Error = 1.0 / (1L << 33) / (1L << 34);
    private const double PerStep = Constants.Steps / (double)(1L << Constants.StepsBits);
    private const double L1 = Constants.StepHigh / (double)(1L << Constants.StepHighBits);
    private const double L2 = Constants.StepLow / (double)(1L << 48) / (1L << (Constants.StepLowBits - 48));
    private const int IndexBits = 7;

    // One unit in the last place of a significand times this is far beyond every limit.
    private const double Huge = 1e300;

    private static readonly PortableSigmoid Pair = new();

    /// <inheritdoc/>
    public static Table Table { get; } = new(Words());

    /// <inheritdoc/>
    public static double SmallLimit => IExp.Normal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfMinus<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var shifted = TLanes.Fused(TLanes.Of(-PerStep), x, TLanes.Of(Round));
        var k = TLanes.Subtract(shifted, TLanes.Of(Round));
        var rest = TLanes.Fused(k, TLanes.Of(-L1), TLanes.Negate(x));
        var r = TLanes.Fused(k, TLanes.Of(-L2), rest);
        var cut = TLanes.Subtract(TLanes.Add(r, TLanes.Of(Cut)), TLanes.Of(Cut));
        var t1 = TLanes.LookUp(shifted, table, out var t2);
        var high = TLanes.Fused(t1, cut, t1);
        var lost = TLanes.Fused(t1, cut, TLanes.Subtract(t1, high));
        var tail = TLanes.Fused(k, TLanes.Of(-L2), TLanes.Subtract(rest, cut));
        var series = TLanes.Fused(TLanes.Multiply(r, r), Bracket<TLanes, TVector>(r), tail);
        var low = TLanes.Add(lost, TLanes.Fused(TLanes.Add(t1, t2), series, TLanes.Fused(t2, cut, t2)));
        var below = TLanes.Add(high, TLanes.Subtract(low, TLanes.Of(Error)));
        var above = TLanes.Add(high, TLanes.Add(low, TLanes.Of(Error)));
        size = TLanes.Fused(TLanes.Subtract(below, above), TLanes.Of(Huge), x);
        return TLanes.Raise(below, shifted, IndexBits);
    }

    /// <inheritdoc/>
    public static double Activation(double x) => Pair.Activation(x);

    /// <inheritdoc/>
    public static double StableDerivative(double x) => Pair.StableDerivative(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bracket<TLanes, TVector>(TVector r)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.Fused(r, TLanes.Of(1.0 / 720.0), TLanes.Of(1.0 / 120.0));
        sum = TLanes.Fused(r, sum, TLanes.Of(1.0 / 24.0));
        sum = TLanes.Fused(r, sum, TLanes.Of(1.0 / 6.0));
        return TLanes.Fused(r, sum, TLanes.Of(0.5));
    }

    private static ulong[] Words()
    {
        var words = new ulong[2 << IndexBits];
        for (var i = 0; i < 1 << IndexBits; i++)
        {
            words[2 * i] = BitConverter.DoubleToUInt64Bits(Math.ScaleB(Constants.TableLow[i], -Constants.TableLowBits));
            words[(2 * i) + 1] = BitConverter.DoubleToUInt64Bits(Math.ScaleB(Constants.TableHigh[i], -Constants.TableHighBits));
        }

        return words;
    }
}
