using System.Numerics.Tensors;
using SigmoidParity.Vectors;

namespace SigmoidParity.Benchmarks;

/// <summary>Sigmoids over arrays by their addresses, for the benchmark in Python: python/benchmarks/peers.py.</summary>
public static unsafe class Peers
{
    /// <summary>Computes <see cref="SigmoidVectors"/>' sigmoid of doubles.</summary>
    public static void Vectors(nint source, nint target, long count) =>
        SigmoidVectors.Activation(Source<double>(source, count), Target<double>(target, count));

    /// <summary>Computes <see cref="SigmoidVectors"/>' sigmoid of floats.</summary>
    public static void VectorsSingle(nint source, nint target, long count) =>
        SigmoidVectors.Activation(Source<float>(source, count), Target<float>(target, count));

    /// <summary>Computes the sigmoid of doubles as System.Numerics.Tensors does.</summary>
    public static void Tensors(nint source, nint target, long count) =>
        TensorPrimitives.Sigmoid(Source<double>(source, count), Target<double>(target, count));

    /// <summary>Computes the sigmoid of floats as System.Numerics.Tensors does.</summary>
    public static void TensorsSingle(nint source, nint target, long count) =>
        TensorPrimitives.Sigmoid(Source<float>(source, count), Target<float>(target, count));

    private static ReadOnlySpan<T> Source<T>(nint address, long count)
        where T : unmanaged => new((T*)address, checked((int)count));

    private static Span<T> Target<T>(nint address, long count)
        where T : unmanaged => new((T*)address, checked((int)count));
}
