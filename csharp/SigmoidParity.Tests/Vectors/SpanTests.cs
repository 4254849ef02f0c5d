using System.Runtime.InteropServices;
using SigmoidParity.Tests.Comparing;
using Xunit;

namespace SigmoidParity.Tests.Vectors;

/// <summary>Spans of every length and place: nothing outside of them is touched, and what they may not be is refused.</summary>
public class SpanTests
{
    private const int Longest = 67;
    private const double Guard = -7.5;

    /// <summary>Every length up to several vectors, at every distance from the start: the same bits, and nothing else is written.</summary>
    [Fact]
    public void Every_remainder_and_every_offset()
    {
        // Some of them are left to the platform's exp: among 8 lanes the others must not change.
        double[] points = [.. Points.All(Longest + 8).SelectMany(kind => kind.Take(Longest + 8)).Order()];
        foreach (var function in Function.All)
        {
            for (var length = 0; length <= Longest; length++)
            {
                for (var offset = 0; offset < 4; offset++)
                {
                    Check(function, points.AsSpan((3 * length) + offset, length), offset);
                }
            }
        }
    }

    /// <summary>Spans that start at any byte.</summary>
    [Fact]
    public void Any_alignment()
    {
        double[] points = [.. Points.All(Longest).ElementAt(2)];
        foreach (var function in Function.All)
        {
            for (var shift = 1; shift < sizeof(double); shift++)
            {
                var (from, to) = (new byte[(Longest + 1) * sizeof(double)], new byte[(Longest + 1) * sizeof(double)]);
                var source = MemoryMarshal.Cast<byte, double>(from.AsSpan(shift))[..Longest];
                var destination = MemoryMarshal.Cast<byte, double>(to.AsSpan(sizeof(double) - shift))[..Longest];
                points.CopyTo(source);
                function.Doubles(source, destination);
                Same(function, points, destination);
            }
        }
    }

    /// <summary>The destination may be the source: every length, doubles and floats.</summary>
    [Fact]
    public void In_place()
    {
        double[] points = [.. Points.All(Longest).SelectMany(kind => kind.Take(Longest))];
        foreach (var function in Function.All)
        {
            for (var length = 0; length <= points.Length; length++)
            {
                var values = points[..length];
                function.Doubles(values, values);
                Same(function, points.AsSpan(0, length), values);
                var floats = Array.ConvertAll(points[..length], value => (float)value);
                var apart = new float[length];
                function.Floats(floats, apart);
                function.Floats(floats, floats);
                Assert.Equal(MemoryMarshal.Cast<float, int>(apart).ToArray(), MemoryMarshal.Cast<float, int>(floats).ToArray());
            }
        }
    }

    /// <summary>A destination that is too short is refused by name, and nothing is written.</summary>
    [Fact]
    public void Too_short()
    {
        foreach (var function in Function.All)
        {
            var destination = new[] { Guard, Guard };
            var error = Assert.Throws<ArgumentException>(() => function.Doubles([1.0, 2.0, 3.0], destination));
            Assert.Equal("destination", error.ParamName);
            Assert.StartsWith("The destination is too short: it has 2 elements, and the source has 3.", error.Message);
            Assert.Equal([Guard, Guard], destination);
            Assert.Equal("destination", Assert.Throws<ArgumentException>(() => function.Floats([1f], [])).ParamName);
        }
    }

    /// <summary>Spans that overlap elsewhere than at their start are refused; what lies behind the results does not count.</summary>
    [Fact]
    public void Overlapping()
    {
        foreach (var function in Function.All)
        {
            var values = Enumerable.Range(0, 64).Select(index => index / 64.0).ToArray();
            var error = Assert.Throws<ArgumentException>(() => function.Doubles(values.AsSpan(0, 40), values.AsSpan(1)));
            Assert.Equal("destination", error.ParamName);
            Assert.StartsWith("The destination may overlap the source only if both start at the same element.", error.Message);
            Assert.Throws<ArgumentException>(() => function.Doubles(values.AsSpan(1, 40), values.AsSpan(0)));
            function.Doubles(values.AsSpan(32, 32), values.AsSpan(0));
            function.Doubles(values.AsSpan(0, 10), values);
        }
    }

    /// <summary>A call allocates nothing, once the backend is chosen.</summary>
    [Fact]
    public void Nothing_is_allocated()
    {
        var (doubles, floats) = (new double[1003], new float[1003]);
        doubles[500] = 1e5;
        foreach (var function in Function.All)
        {
            function.Doubles(doubles, doubles);
            function.Floats(floats, floats);
            var before = GC.GetAllocatedBytesForCurrentThread();
            function.Doubles(doubles, doubles);
            function.Floats(floats, floats);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static void Check(Function function, ReadOnlySpan<double> source, int offset)
    {
        var memory = new double[Longest + 8];
        Array.Fill(memory, Guard);
        function.Doubles(source, memory.AsSpan(offset, source.Length + 1));
        Same(function, source, memory.AsSpan(offset, source.Length));
        Assert.All(memory[..offset], value => Assert.Equal(Guard, value));
        Assert.All(memory[(offset + source.Length)..], value => Assert.Equal(Guard, value));
    }

    private static void Same(Function function, ReadOnlySpan<double> source, ReadOnlySpan<double> given)
    {
        for (var index = 0; index < source.Length; index++)
        {
            var expected = function.Scalar(source[index]);
            if (Doubles.Distance(expected, given[index]) != 0)
            {
                Assert.Fail(
                    $"{function.Name}, element {index} of {source.Length}, {Doubles.Show(source[index])}: "
                        + $"expected {Doubles.Show(expected)}, given {Doubles.Show(given[index])}");
            }
        }
    }
}
