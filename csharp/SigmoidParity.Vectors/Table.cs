using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SigmoidParity.Vectors;

/// <summary>The table of glibc's exp in memory, each pair of doubles within one line of the cache.</summary>
internal readonly unsafe struct Table
{
    private const nuint Line = 64;

    // On the heap of pinned arrays, and there for good.
    private static readonly ulong[] Memory = GC.AllocateUninitializedArray<ulong>(TableWords.All.Length + 8, pinned: true);
    private readonly double* _start;

    /// <summary>Finds the table; the first time, writes it.</summary>
    static Table()
    {
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Memory));
        Shared = new Table((double*)((first + Line - 1) / Line * Line));
        TableWords.All.CopyTo(new Span<ulong>(Shared._start, TableWords.All.Length));
    }

    private Table(double* start) => _start = start;

    /// <summary>Gets the table.</summary>
    internal static Table Shared { get; }

    /// <summary>Loads an entry: its tail, then its scale.</summary>
    /// <param name="place">Where it starts, in doubles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<double> Pair(nuint place) => Vector128.Load(_start + place);
}
