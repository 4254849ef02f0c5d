using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SigmoidParity.Vectors;

/// <summary>A formula over arrays of doubles or floats.</summary>
internal static class Loop
{
    private const int Widest = 8;

    /// <summary>Computes a formula of each element, vector by vector; the target is at least as long, and may be the source.</summary>
    // Compiled by itself, in full, at once: inlined into its callers, it would have no room left to inline the formula, and a
    // profile of the probes, most of which are rare, would lay the loop out for them.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Vectors<T, TFormula, TLanes, TVector>(ReadOnlySpan<T> from, Span<T> to)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (n, width) = ((nuint)from.Length, (nuint)TLanes.Width);
        if (n < width)
        {
            Few<T, TFormula, TLanes, TVector>(ref source, ref target, (int)n);
            return;
        }

        // The last vector overlaps the one before where n is no multiple; it is loaded before anything is stored.
        var (index, end) = ((nuint)0, n - width);
        var (last, table) = (TLanes.Load(ref source, end), TFormula.Table);
        for (; index < end; index += width)
        {
            One<T, TFormula, TLanes, TVector>(TLanes.Load(ref source, index), table, ref target, index);
        }

        One<T, TFormula, TLanes, TVector>(last, table, ref target, end);
    }

    /// <summary>Computes a formula of each element, one after the other.</summary>
    internal static void Scalars<T, TFormula>(ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
    {
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = Scalar<T, TFormula>(source[index]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Scalar<T, TFormula>(T x)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula => T.CreateTruncating(TFormula.Of(double.CreateTruncating(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<T, TFormula, TLanes, TVector>(TVector x, Table table, ref T target, nuint index)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TLanes.Store(TFormula.Of<TLanes, TVector>(x, table, out var size), ref target, index);
        if (!double.IsInfinity(TFormula.Limit) && !TLanes.AllBelow(TLanes.Absolute(size), TFormula.Limit))
        {
            Rare<T, TFormula, TLanes, TVector>(x, size, ref target, index);
        }
    }

    // Apart from the loop, which would keep its vectors in memory for the sake of this call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rare<T, TFormula, TLanes, TVector>(TVector x, TVector size, ref T target, nuint index)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Span<double> sizes = stackalloc double[Widest];
        Span<T> lanes = stackalloc T[Widest];
        TLanes.Store(size, ref sizes[0], 0);
        TLanes.Store(x, ref lanes[0], 0);
        for (var lane = 0; lane < TLanes.Width; lane++)
        {
            if (!(double.Abs(sizes[lane]) < TFormula.Limit))
            {
                Unsafe.Add(ref target, index + (nuint)lane) = Scalar<T, TFormula>(lanes[lane]);
            }
        }
    }

    private static void Few<T, TFormula, TLanes, TVector>(ref T source, ref T target, int n)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Span<T> lanes = stackalloc T[Widest];
        for (var index = 0; index < n; index++)
        {
            lanes[index] = Unsafe.Add(ref source, index);
        }

        One<T, TFormula, TLanes, TVector>(TLanes.Load(ref lanes[0], 0), TFormula.Table, ref lanes[0], 0);
        for (var index = 0; index < n; index++)
        {
            Unsafe.Add(ref target, index) = lanes[index];
        }
    }
}
