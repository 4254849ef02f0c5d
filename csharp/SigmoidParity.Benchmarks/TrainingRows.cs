using System.Runtime.InteropServices;
using SigmoidParity.Tests;
using SigmoidParity.Vectors;

namespace SigmoidParity.Benchmarks;

/// <summary>What the spans give a training, and that the weights after 1,000 epochs have the same bits.</summary>
internal static class TrainingRows
{
    private const int Epochs = 1_000;
    private const int Seed = 20261121;
    private static readonly Sigmoid Pair = new();
    private static readonly (int Samples, int[] Sizes)[] Cases = [(1, [3, 4, 2]), (64, [8, 64, 4])];

    /// <summary>Prints a row a network.</summary>
    internal static void Print()
    {
        Console.WriteLine($"\n{"an epoch, microseconds",-28}{"loop",8}{"spans",8}   same weights after {Epochs:N0} epochs");
        foreach (var (samples, sizes) in Cases)
        {
            var (inputs, targets) = (Matrix(samples, sizes[0], 1), Matrix(samples, sizes[^1], 2));
            Network Start(bool spans) => new(
                [.. sizes.Zip(sizes.Skip(1), (rows, columns) => Matrix(rows, columns, rows + columns))],
                spans ? matrix => Spans(SigmoidVectors.Activation, matrix) : matrix => Each(Pair.Activation, matrix),
                spans ? matrix => Spans(SigmoidVectors.DActivation, matrix) : matrix => Each(Pair.DActivation, matrix));
            var (loop, spans) = (Start(spans: false), Start(spans: true));
            var (timedLoop, timedSpans) = (Start(spans: false), Start(spans: true));
            var times = Timing.Least(() => Epoch(timedLoop), () => Epoch(timedSpans));
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                Epoch(loop);
                Epoch(spans);
            }

            var name = $"{string.Join('-', sizes)}, samples: {samples}";
            Console.WriteLine($"{name,-28}{times[0] / 1e3,8:F2}{times[1] / 1e3,8:F2}   {(Same(loop, spans) ? "yes" : "NO")}");

            void Epoch(Network network) => network.Epoch(inputs, targets, 0.05, oneByOne: false);
        }
    }

    private delegate void OverSpans(ReadOnlySpan<double> source, Span<double> destination);

    private static double[,] Each(Func<double, double> function, double[,] matrix)
    {
        var result = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
            {
                result[row, column] = function(matrix[row, column]);
            }
        }

        return result;
    }

    private static double[,] Spans(OverSpans function, double[,] matrix)
    {
        var result = new double[matrix.GetLength(0), matrix.GetLength(1)];
        function(Flat(matrix), Flat(result));
        return result;
    }

    private static bool Same(Network one, Network other) => one.Weights.Zip(other.Weights).All(
        two => MemoryMarshal.AsBytes(Flat(two.First)).SequenceEqual(MemoryMarshal.AsBytes(Flat(two.Second))));

    private static Span<double> Flat(double[,] matrix) => MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);

    private static double[,] Matrix(int rows, int columns, int seed)
    {
        var (random, matrix) = (new Random(Seed + seed), new double[rows, columns]);
        foreach (ref var value in Flat(matrix))
        {
            value = (2.0 * random.NextDouble()) - 1.0;
        }

        return matrix;
    }
}
