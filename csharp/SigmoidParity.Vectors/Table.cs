using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SigmoidParity.Vectors;

/// <summary>A table of 128 pairs of doubles in memory, each pair within one line of the cache.</summary>
internal readonly unsafe struct Table
{
    /// <summary>Where the last bit of k stands, from an encoding's end, when k / 128 is added to the exponent: 52 - 7.</summary>
    internal const int PointBits = 45;

    private const nuint Line = 64;
    private readonly double* _start;

    /// <summary>Writes a table, which is there for good.</summary>
    internal Table(ReadOnlySpan<ulong> words)
    {
        // Never freed: it is read as long as there is a thread.
        var memory = NativeMemory.AlignedAlloc((nuint)words.Length * sizeof(ulong), Line);
        words.CopyTo(new Span<ulong>(memory, words.Length));
        _start = (double*)memory;
    }

    /// <summary>Loads an entry.</summary>
    /// <param name="place">Where it starts, in doubles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<double> Pair(nuint place) => Vector128.Load(_start + place);
}
