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

    /// <summary>Looks up 2^(k / 128) for whole k.</summary>
    /// <param name="shifted">k in the low bits of each lane's encoding.</param>
    /// <param name="table">The powers.</param>
    /// <param name="tail">What the result leaves over, relative to it.</param>
    static abstract TVector Power(TVector shifted, Table table, out TVector tail);
}
