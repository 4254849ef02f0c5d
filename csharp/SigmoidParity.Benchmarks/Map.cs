using System.Runtime.InteropServices;
using SigmoidParity.Tests.Vectors;

namespace SigmoidParity.Benchmarks;

/// <summary>A function over spans as a program: doubles in, doubles out.</summary>
internal static class Map
{
    /// <summary>The functions' names.</summary>
    internal static readonly string[] Names = [.. Function.All.Select(one => one.Name)];

    /// <summary>Computes a function of the doubles of standard input.</summary>
    internal static void Run(string name)
    {
        using var bytes = new MemoryStream();
        Console.OpenStandardInput().CopyTo(bytes);
        var values = MemoryMarshal.Cast<byte, double>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        Function.Named(name).Doubles(values, values);
        using var output = Console.OpenStandardOutput();
        output.Write(MemoryMarshal.AsBytes(values));
    }
}
