using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<double>;

namespace SigmoidParity.Vectors;

/// <summary>Two doubles in a register: of ARM's AdvSimd, and of any other machine that fuses.</summary>
internal readonly struct Lanes128 : ILanes<V>
{
    /// <inheritdoc/>
    public static int Width => V.Count;

    /// <summary>Gets whether this machine has the registers and the instructions.</summary>
    internal static bool IsSupported => Vector128.IsHardwareAccelerated && (AdvSimd.Arm64.IsSupported || Fma.IsSupported);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<T>(ref T source, nuint index)
        where T : struct
    {
        if (typeof(T) != typeof(float))
        {
            return Vector128.LoadUnsafe(ref Unsafe.As<T, double>(ref source), index);
        }

        ref var two = ref Unsafe.Add(ref Unsafe.As<T, float>(ref source), index);
        return Vector128.Create((double)two, Unsafe.Add(ref two, 1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(V values, ref T target, nuint index)
        where T : struct
    {
        if (typeof(T) != typeof(float))
        {
            values.StoreUnsafe(ref Unsafe.As<T, double>(ref target), index);
            return;
        }

        ref var two = ref Unsafe.Add(ref Unsafe.As<T, float>(ref target), index);
        two = (float)values.ToScalar();
        Unsafe.Add(ref two, 1) = (float)values.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(double value) => Vector128.Create(value);

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
    public static V Fused(V a, V b, V c) => Vector128.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate(V a) => -a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Absolute(V a) => Vector128.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V WhereLess(V a, double bound, V first, V second) =>
        Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128.Create(bound)), first, second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(V a, double bound) => Vector128.LessThanAll(a, Vector128.Create(bound));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LookUp(V shifted, Table table, out V first)
    {
        var word = shifted.AsUInt64();
        var place = (word << 1) & Vector128.Create(0xfeUL);
        var (even, odd) = (table.Pair((nuint)place.ToScalar()), table.Pair((nuint)place.GetElement(1)));
        first = Vector128.Create(even.GetLower(), odd.GetLower());
        return Vector128.Create(even.GetUpper(), odd.GetUpper());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Raise(V a, V shifted, int dropped) =>
        (a.AsUInt64() + (shifted.AsUInt64() >> dropped << (Table.PointBits + dropped))).AsDouble();
}
