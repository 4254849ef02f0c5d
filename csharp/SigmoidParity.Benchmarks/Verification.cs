using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Vectors;
using SigmoidParity.Vectors;

namespace SigmoidParity.Benchmarks;

/// <summary>Compares every kernel of this processor with the scalar functions, at many points.</summary>
internal static class Verification
{
    private const int Chunk = 1 << 18;
    private static readonly string[] Kinds = ["random bits", "uniform in +-745", "uniform in +-40", "around thresholds"];

    /// <summary>Prints a row a kernel and function; returns 0 where all bits are the same, 1 elsewhere.</summary>
    internal static int Run(long points)
    {
        var compared = new long[Kinds.Length];
        var differing = new Dictionary<(string, string), long[]>();
        for (var (done, seed) = (0L, 1); done < points; done += Chunk, seed++)
        {
            // Those around thresholds, the last, are the same each time.
            var kinds = Points.All((int)Math.Min(Chunk, points - done), seed);
            Compare([.. done == 0 ? kinds : kinds.SkipLast(1)], compared, differing);
        }

        Print(compared, differing);
        return differing.Values.All(counts => counts.All(count => count == 0)) ? 0 : 1;
    }

    private static void Compare(double[][] kinds, long[] compared, Dictionary<(string, string), long[]> differing)
    {
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var (points, given) = (kinds[kind], new double[kinds[kind].Length]);
            compared[kind] += points.Length;
            foreach (var function in Function.All)
            {
                var expected = Array.ConvertAll(points, point => function.Scalar(point));
                foreach (var kernel in Function.Kernels)
                {
                    function.Run(kernel, points, given);
                    differing.TryAdd((kernel, function.Name), new long[Kinds.Length]);
                    differing[(kernel, function.Name)][kind] += Count(expected, given);
                }
            }
        }
    }

    private static long Count(double[] expected, double[] given)
    {
        var count = 0L;
        for (var index = 0; index < given.Length; index++)
        {
            count += Doubles.Distance(expected[index], given[index]) == 0 ? 0 : 1;
        }

        return count;
    }

    private static void Print(long[] compared, Dictionary<(string Kernel, string Function), long[]> differing)
    {
        Console.WriteLine($"backend {SigmoidVectors.Backend}; points that differ from the scalar function");
        Console.WriteLine($"{"",-40}{string.Concat(Kinds.Select(kind => $"{kind,20}"))}");
        Console.WriteLine($"{"points",-40}{string.Concat(compared.Select(count => $"{count,20:N0}"))}");
        foreach (var (row, counts) in differing.OrderBy(one => one.Key))
        {
            Console.WriteLine($"{$"{row.Kernel} {row.Function}",-40}{string.Concat(counts.Select(count => $"{count,20:N0}"))}");
        }
    }
}
