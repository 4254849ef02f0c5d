using System.Diagnostics;

namespace SigmoidParity.Benchmarks;

/// <summary>Times calls in turn, so that a machine that slows down slows all of them.</summary>
internal static class Timing
{
    private const int Rounds = 2_000;

    // Nanoseconds: a short turn finds the moments in which nothing else uses the core.
    private const double Turn = 5e4;
    private const double WarmUp = 1e9;

    /// <summary>Returns the least time of each call, in nanoseconds.</summary>
    internal static double[] Least(params Action[] calls)
    {
        var repeats = Array.ConvertAll(calls, Repeats);
        var least = new double[calls.Length];
        Array.Fill(least, double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            for (var index = 0; index < calls.Length; index++)
            {
                least[index] = Math.Min(least[index], Time(calls[index], repeats[index]));
            }
        }

        return least;
    }

    // Runs until the runtime has compiled the call for good.
    private static int Repeats(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        var least = double.PositiveInfinity;
        while (Stopwatch.GetElapsedTime(start).TotalNanoseconds < WarmUp)
        {
            least = Math.Min(least, Time(call, 1));
        }

        return Math.Max(1, (int)(Turn / least));
    }

    private static double Time(Action call, int repeats)
    {
        call();  // Untimed: the call before may have left the arrays in memory, past the caches, as TensorPrimitives does.
        var start = Stopwatch.GetTimestamp();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats;
    }
}
