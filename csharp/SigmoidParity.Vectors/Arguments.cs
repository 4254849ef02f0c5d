using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SigmoidParity.Vectors;

/// <summary>What the spans must be, with the exceptions of System.Numerics.Tensors.</summary>
internal static class Arguments
{
    /// <summary>Refuses a destination that is too short, or that overlaps the source elsewhere than at its start.</summary>
    internal static void Check<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source.Length > destination.Length)
        {
            throw new ArgumentException(
                $"The destination is too short: it has {destination.Length} elements, and the source has {source.Length}.",
                nameof(destination));
        }

        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination))
            && source.Overlaps(destination[..source.Length]))
        {
            throw new ArgumentException(
                "The destination may overlap the source only if both start at the same element.", nameof(destination));
        }
    }
}
