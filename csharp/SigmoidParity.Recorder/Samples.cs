namespace SigmoidParity.Recorder;

/// <summary>The points besides the cases, as sigmoid-parity draws them; fixtures/README.md describes them.</summary>
internal static class Samples
{
    private const double Near = 40.0, Far = 745.0;
    private const ulong Half = 1022, Binades = 60;

    /// <summary>Draws inputs x.</summary>
    internal static IEnumerable<double> Inputs(int count, ulong seed) => Draw(count, SplitMix.Stream(seed, 'x'), (word, third) =>
        (third ? 2.0 * Far : 2.0 * Near) * (Unit(word) - 0.5));

    /// <summary>Draws outputs y.</summary>
    internal static IEnumerable<double> Outputs(int count, ulong seed) => Draw(count, SplitMix.Stream(seed, 'y'), (word, third) =>
        third ? Close(word) : Unit(word));

    private static IEnumerable<double> Draw(int count, ulong stream, Func<ulong, bool, double> make)
    {
        for (int place = 0; place < count; place++)
        {
            ulong word = SplitMix.Word(stream, (ulong)place);
            yield return place % 4 == 3 ? BitConverter.UInt64BitsToDouble(word) : make(word, place % 4 == 2);
        }
    }

    private static double Unit(ulong word) => (word >> 11) * (1.0 / (1UL << 53));

    /// <summary>Makes a number close to 0 or to 1, with a uniform exponent.</summary>
    private static double Close(ulong word)
    {
        ulong below = ((word >> 1) & 2047) * Binades >> 11;
        double small = BitConverter.UInt64BitsToDouble((Half - below) << 52 | word >> 12);
        return (word & 1) == 1 ? small : 1.0 - small;
    }
}
