namespace SigmoidParity.Vectors;

/// <summary>A vector of doubles of one width, and the operations that the formulas need; nothing fuses or reorders them.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Gets how many doubles a vector holds.</summary>
    static abstract int Width { get; }

    /// <summary>Loads doubles, or floats widened to doubles.</summary>
    static abstract TVector Load<T>(ref T source, nuint index)
        where T : struct;

    /// <summary>Stores doubles, or doubles each rounded to a float.</summary>
    static abstract void Store<T>(TVector values, ref T target, nuint index)
        where T : struct;

    /// <summary>Returns a double in every lane.</summary>
    static abstract TVector Of(double value);

    /// <summary>Computes a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Computes a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>Computes a * b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>Computes a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>Computes a * b + c, rounded once.</summary>
    static abstract TVector Fused(TVector a, TVector b, TVector c);

    /// <summary>Computes -a.</summary>
    static abstract TVector Negate(TVector a);

    /// <summary>Computes the absolute value.</summary>
    static abstract TVector Absolute(TVector a);

    /// <summary>Chooses, lane by lane: where a is less than the bound the first, elsewhere the second.</summary>
    static abstract TVector WhereLess(TVector a, double bound, TVector first, TVector second);

    /// <summary>Tells whether every lane is below a bound; NaN is not.</summary>
    static abstract bool AllBelow(TVector a, double bound);

    /// <summary>Looks up the second double of entry k mod 128, for whole k.</summary>
    /// <param name="shifted">k in the low bits of each lane's encoding.</param>
    /// <param name="table">Its entries are pairs of doubles.</param>
    /// <param name="first">The first double of the entry.</param>
    static abstract TVector LookUp(TVector shifted, Table table, out TVector first);

    /// <summary>Adds k / 128 to the exponent: to the encoding of a, with the binary point of k at the exponent's end.</summary>
    /// <param name="a">What is multiplied, where k / 128 is whole.</param>
    /// <param name="shifted">k in the low bits of each lane's encoding.</param>
    /// <param name="dropped">How many of the low bits of k are taken for 0: 0 or 7.</param>
    static abstract TVector Raise(TVector a, TVector shifted, int dropped);
}
