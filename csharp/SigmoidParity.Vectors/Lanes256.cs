using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace SigmoidParity.Vectors;

/// <summary>Four doubles in a register of AVX, with the fused operations of FMA.</summary>
internal readonly struct Lanes256 : ILanes<V>
{
    /// <inheritdoc/>
    public static int Width => V.Count;

    /// <summary>Gets whether this machine has the registers and the instructions.</summary>
    internal static bool IsSupported => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<T>(ref T source, nuint index)
        where T : struct => typeof(T) == typeof(float)
            ? Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref source), index))
            : Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(V values, ref T target, nuint index)
        where T : struct
    {
        if (typeof(T) == typeof(float))
        {
            Avx.ConvertToVector128Single(values).StoreUnsafe(ref Unsafe.As<T, float>(ref target), index);
        }
        else
        {
            values.StoreUnsafe(ref Unsafe.As<T, double>(ref target), index);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(double value) => Vector256.Create(value);

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
    public static V Fused(V a, V b, V c) => Fma.MultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate(V a) => -a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Absolute(V a) => Vector256.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V WhereLess(V a, double bound, V first, V second) =>
        Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(bound)), first, second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(V a, double bound) => Vector256.LessThanAll(a, Vector256.Create(bound));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LookUp(V shifted, Table table, out V first)
    {
        var word = shifted.AsUInt64();
        // The places go through memory: taking lanes out of a vector would keep the units busy that multiply.
        var memory = word << 1;
        ref var place = ref Unsafe.As<Vector256<ulong>, byte>(ref memory);
        var even = Two(table, place, Unsafe.Add(ref place, 2 * sizeof(ulong)));
        var odd = Two(table, Unsafe.Add(ref place, sizeof(ulong)), Unsafe.Add(ref place, 3 * sizeof(ulong)));
        first = Avx.UnpackLow(even, odd);
        return Avx.UnpackHigh(even, odd);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Raise(V a, V shifted, int dropped) =>
        (a.AsUInt64() + (shifted.AsUInt64() >> dropped << (Table.PointBits + dropped))).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Two(Table table, byte a, byte b) => table.Pair(a).ToVector256Unsafe().WithUpper(table.Pair(b));
}
