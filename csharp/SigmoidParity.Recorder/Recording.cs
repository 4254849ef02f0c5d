using System.Collections;
using SigmoidParity.Harness;

namespace SigmoidParity.Recorder;

/// <summary>Calls a callable with all arguments, and keeps what it gave and where it threw.</summary>
internal sealed unsafe class Recording
{
    private const int Calls = 400;

    private readonly Callable callable;
    private readonly int size;
    private readonly byte[][] memory;
    private int calls = Calls;

    /// <summary>Calls it. Where it throws, the others are found one after the other, or for a method of arrays by halves.</summary>
    /// <param name="callable">What is called; its object is made.</param>
    /// <param name="arguments">What with.</param>
    internal Recording(Callable callable, Arguments arguments)
    {
        this.callable = callable;
        bool isDouble = callable.Format == "double";
        size = isDouble ? sizeof(double) : sizeof(float);
        memory = [.. arguments.Columns.Select(column => Bytes(column, isDouble)), new byte[arguments.Count * size]];
        Count = arguments.Count;
        Threw = new BitArray(Count);
        if (callable.IsOneByOne)
            OneByOne();
        else
            ByHalves(0, Count);
    }

    /// <summary>How many combinations of arguments there are.</summary>
    internal int Count { get; }

    /// <summary>Where it threw.</summary>
    internal BitArray Threw { get; }

    /// <summary>What it threw first; null where it threw nothing.</summary>
    internal string? Problem { get; private set; }

    /// <summary>What it gave, NaN where it threw.</summary>
    internal double[] Results => [.. Enumerable.Range(0, Count).Select(place => Threw[place] ? double.NaN : Result(place))];

    /// <summary>Writes the arguments and the result as hex digits, the result as throw where there is none.</summary>
    internal string Line(int place)
    {
        IEnumerable<string> words = memory.Select(column => Digits(column, place));
        return string.Join(' ', Threw[place] ? words.SkipLast(1).Append("throw") : words);
    }

    private double Result(int place) => size == sizeof(double)
        ? BitConverter.ToDouble(memory[^1], place * size) : BitConverter.ToSingle(memory[^1], place * size);

    private string Digits(byte[] column, int place) => size == sizeof(double)
        ? BitConverter.ToUInt64(column, place * size).ToString("x16") : BitConverter.ToUInt32(column, place * size).ToString("x8");

    private static byte[] Bytes(double[] column, bool isDouble)
    {
        Array source = isDouble ? column : Array.ConvertAll(column, x => (float)x);
        byte[] bytes = new byte[Buffer.ByteLength(source)];
        Buffer.BlockCopy(source, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private void OneByOne()
    {
        for (int start = 0; start < Count;)
        {
            long at = Apply(start, Count - start);
            if (at < 0)
                return;
            Threw[start + (int)at] = true;
            start += (int)at + 1;
        }
    }

    private void ByHalves(int start, int count)
    {
        if (Apply(start, count) < 0)
            return;
        int[] probes = [start, start + count / 2, start + count - 1];
        bool any = count > 1 && calls > 0 && probes.Count(place => Apply(place, 1) < 0) > 0;
        if (!any || count <= probes.Length)
        {
            for (int place = start; place < start + count; place++)
                Threw[place] = count > 1 && !any || Apply(place, 1) >= 0;
            return;
        }
        ByHalves(start, count / 2);
        ByHalves(start + count / 2, count - count / 2);
    }

    /// <summary>Calls it for some; gives -1, or the place among them of the one at which it threw.</summary>
    private long Apply(int start, int count)
    {
        calls--;
        long at = 0;
        fixed (byte* first = memory[0], second = memory[^2], output = memory[^1])
        {
            int offset = start * size;
            try
            {
                callable.Apply((nint)(first + offset), (nint)(second + offset), (nint)(output + offset), count, (nint)(&at));
                return -1;
            }
            catch (Exception error)
            {
                Problem ??= Words.Of(error);
                return Math.Max(at, 0);
            }
        }
    }
}
