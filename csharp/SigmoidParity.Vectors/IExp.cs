namespace SigmoidParity.Vectors;

/// <summary>An exp of vectors, and the functions of one double whose bits the formulas with it must have.</summary>
internal interface IExp
{
    /// <summary>From here on down exp(-abs(x)) has the digits that <see cref="StableDerivative"/> takes.</summary>
    const double Branch = 0.125;

    /// <summary>Up to here exp(-x) and exp(x) are normal doubles.</summary>
    const double Normal = 708.0;

    /// <summary>Gets the powers 2^(i / 128).</summary>
    static abstract Table Table { get; }

    /// <summary>Gets the absolute value from which on a small exp(-abs(x)) may have other bits; at most <see cref="Normal"/>.</summary>
    static abstract double SmallLimit { get; }

    /// <summary>Computes exp(-x) of each lane.</summary>
    /// <param name="x">Below <see cref="Normal"/> in absolute value, where the result is to mean anything.</param>
    /// <param name="table">That of this exp.</param>
    /// <param name="size">x in the lanes whose result holds, if x is small enough; no small number in the others.</param>
    static abstract TVector OfMinus<TLanes, TVector>(TVector x, Table table, out TVector size)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Computes 1 / (1 + exp(-x)).</summary>
    static abstract double Activation(double x);

    /// <summary>Computes the derivative with its digits where y has rounded to 1; fixtures/README.md has the formula.</summary>
    static abstract double StableDerivative(double x);
}
