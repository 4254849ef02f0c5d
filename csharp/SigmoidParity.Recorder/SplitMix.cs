namespace SigmoidParity.Recorder;

/// <summary>Seeded numbers that any language computes alike: SplitMix64, each word a function of the seed and its place.</summary>
/// <remarks>Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
internal static class SplitMix
{
    private const ulong Step = 0x9E3779B97F4A7C15, First = 0xBF58476D1CE4E5B9, Second = 0x94D049BB133111EB;

    /// <summary>Gives the word at a place of the sequence, counted from 0.</summary>
    internal static ulong Word(ulong seed, ulong place)
    {
        unchecked
        {
            ulong state = seed + (place + 1) * Step;
            state = (state ^ (state >> 30)) * First;
            state = (state ^ (state >> 27)) * Second;
            return state ^ (state >> 31);
        }
    }

    /// <summary>Gives the seed of another sequence, which a letter names.</summary>
    internal static ulong Stream(ulong seed, char letter) => Word(seed, letter);
}
