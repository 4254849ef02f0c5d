using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SigmoidParity.Tests.Vectors;
using SigmoidParity.Vectors;

namespace SigmoidParity.Benchmarks;

/// <summary>The sigmoid of a span: the formula, TensorPrimitives, SigmoidVectors and PortableVectors, in one run.</summary>
internal static class SpanRows
{
    private const double Widest = 40.0;
    private const int Compared = 1_000_000;
    private static readonly int[] Sizes = [1_000, 100_000];
    private static readonly Sigmoid Pair = new();
    private static readonly PortableSigmoid Portable = new();

    /// <summary>Prints a row an implementation.</summary>
    internal static void Print<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var names = new[]
        {
            "formula, a loop", "PortableSigmoid, a loop", "TensorPrimitives.Sigmoid", "SigmoidVectors.Activation", "PortableVectors.Activation",
        };
        var times = Array.ConvertAll(Sizes, Times<T>);
        var shares = Shares<T>();
        var type = typeof(T) == typeof(float) ? "float" : "double";
        Console.WriteLine($"\n{type,-28}{"10^3",8}{"10^5",8}   same bits in +-{Widest:g}");
        for (var row = 0; row < names.Length; row++)
        {
            Console.WriteLine($"{names[row],-28}{times[0][row],8:F2}{times[1][row],8:F2}{shares[row],12:P2}");
        }
    }

    private static double[] Times<T>(int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (source, target) = (Samples<T>(size), new T[size]);
        var calls = Array.ConvertAll(Calls<T>(), call => (Action)(() => call(source, target)));
        return Array.ConvertAll(Timing.Least(calls), time => time / size);
    }

    private static double[] Shares<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = Samples<T>(Compared);
        var results = Array.ConvertAll(Calls<T>(), call =>
        {
            var target = new T[source.Length];
            call(source, target);
            return target;
        });
        return Array.ConvertAll(results, one => one.Zip(results[0]).Count(two => Same(two.First, two.Second)) / (double)Compared);
    }

    private static OverSpans<T>[] Calls<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Formula,
        Rounded,
        TensorPrimitives.Sigmoid,
        typeof(T) == typeof(float)
            ? (x, y) => SigmoidVectors.Activation(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y))
            : (x, y) => SigmoidVectors.Activation(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y)),
        typeof(T) == typeof(float)
            ? (x, y) => PortableVectors.Activation(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y))
            : (x, y) => PortableVectors.Activation(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y)),
    ];

    private static void Formula<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var index = 0; index < x.Length; index++)
        {
            y[index] = T.CreateTruncating(Pair.Activation(double.CreateTruncating(x[index])));
        }
    }

    private static void Rounded<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var index = 0; index < x.Length; index++)
        {
            y[index] = T.CreateTruncating(Portable.Activation(double.CreateTruncating(x[index])));
        }
    }

    private static T[] Samples<T>(int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(size);
        return [.. Enumerable.Range(0, size).Select(_ => T.CreateTruncating(Widest * ((2.0 * random.NextDouble()) - 1.0)))];
    }

    private static bool Same<T>(T one, T other)
        where T : unmanaged => MemoryMarshal.AsBytes<T>([one]).SequenceEqual(MemoryMarshal.AsBytes<T>([other]));
}
