using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace SigmoidParity.Vectors;

/// <summary>Eight doubles in a register of AVX-512.</summary>
internal readonly struct Lanes512 : ILanes<V>
{
    /// <inheritdoc/>
    public static int Width => V.Count;

    /// <summary>Gets whether this machine has the registers and the instructions.</summary>
    internal static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<T>(ref T source, nuint index)
        where T : struct => typeof(T) == typeof(float)
            ? Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref source), index))
            : Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(V values, ref T target, nuint index)
        where T : struct
    {
        if (typeof(T) == typeof(float))
        {
            Avx512F.ConvertToVector256Single(values).StoreUnsafe(ref Unsafe.As<T, float>(ref target), index);
        }
        else
        {
            values.StoreUnsafe(ref Unsafe.As<T, double>(ref target), index);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add(V a, V b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Subtract(V a, V b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Multiply(V a, V b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Divide(V a, V b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fused(V a, V b, V c) => Avx512F.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate(V a) => -a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Absolute(V a) => Vector512.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V WhereLess(V a, double bound, V first, V second) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(bound)), first, second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(V a, double bound) => Vector512.LessThanAll(a, Vector512.Create(bound));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LookUp(V shifted, Table table, out V first)
    {
        var word = shifted.AsUInt64();
        // The eight places travel as bytes of one general register: taking lanes out of a vector one by one would keep the
        // shuffle units busy, which the pairs need.
        var places = Avx512F.ConvertToVector128Byte(word << 1).AsUInt64().ToScalar();
        var even = Four(table, places, places >> 16, places >> 32, places >> 48);
        var odd = Four(table, places >> 8, places >> 24, places >> 40, places >> 56);
        first = Avx512F.UnpackLow(even, odd);
        return Avx512F.UnpackHigh(even, odd);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Raise(V a, V shifted, int dropped) =>
        (a.AsUInt64() + (shifted.AsUInt64() >> dropped << (Table.PointBits + dropped))).AsDouble();

    // Vector512.Create of two halves would keep what stood in the register, and wait for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Four(Table table, ulong a, ulong b, ulong c, ulong d) =>
        Two(table, a, b).ToVector512Unsafe().WithUpper(Two(table, c, d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Two(Table table, ulong a, ulong b) =>
        table.Pair((byte)a).ToVector256Unsafe().WithUpper(table.Pair((byte)b));
}
