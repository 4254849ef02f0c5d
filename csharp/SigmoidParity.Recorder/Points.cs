using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace SigmoidParity.Recorder;

/// <summary>All points of a record: the fixtures' cases, those at which libraries' exp differ, those of the sieve, samples.</summary>
internal sealed class Points
{
    private static readonly string[] Files = ["activation.yaml", "d_activation.yaml", "derivative.yaml", "stable_derivative.yaml"];

    /// <summary>Reads the fixtures in this assembly, and draws the samples.</summary>
    /// <param name="samples">How many of each kind.</param>
    /// <param name="seed">What they are drawn with.</param>
    internal Points(int samples, ulong seed)
    {
        double[][] cases = Files.Select(name => Cases(Read(name)).ToArray()).ToArray();
        double[] known = Known(Read("conventions.yaml")).ToArray();
        double[] x = Samples.Inputs(samples, seed).ToArray();
        double[] aside = [.. known, .. known.Select(one => -one), .. Sieve.Doubles, .. Sieve.Floats];
        All = [.. cases.SelectMany(one => one), .. aside, .. x, .. Samples.Outputs(samples, seed)];
        OfX = [.. cases[0], .. cases[2], .. cases[3], .. x];
    }

    /// <summary>All of them, in the order in which `sigmoid-parity points` writes them.</summary>
    internal double[] All { get; }

    /// <summary>The inputs of the sigmoid among them, which methods of two arguments are called with.</summary>
    internal double[] OfX { get; }

    /// <summary>The SHA-256 of all points, a line of 16 hex digits each.</summary>
    internal string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double point in All)
            hash.AppendData(Encoding.ASCII.GetBytes(BitConverter.DoubleToUInt64Bits(point).ToString("x16") + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    /// <summary>Finds each case's input: a case is a line, and its fields stand in a fixed order.</summary>
    private static IEnumerable<double> Cases(string file)
    {
        const string field = "input_bits: \"";
        for (int at = file.IndexOf(field, StringComparison.Ordinal); at >= 0; at = file.IndexOf(field, at + 1, StringComparison.Ordinal))
            yield return Parse(file.AsSpan(at + field.Length, 16));
    }

    /// <summary>Finds the inputs at which the libraries' exp is known.</summary>
    private static IEnumerable<double> Known(string file)
    {
        int start = file.IndexOf('[', file.IndexOf("\nfingerprint:", StringComparison.Ordinal));
        string[] quoted = file[start..file.IndexOf(']', start)].Split('"');
        return quoted.Where((_, place) => place % 2 == 1).Select(bits => Parse(bits));
    }

    private static double Parse(ReadOnlySpan<char> bits) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
