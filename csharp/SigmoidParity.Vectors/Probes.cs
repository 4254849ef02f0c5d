namespace SigmoidParity.Vectors;

/// <summary>Does a kernel have the bits of the scalar formulas? Asked at inputs where neighbouring libms differ.</summary>
internal static class Probes
{
    /// <summary>Tells whether a kernel has the bits of the scalar formulas at every input.</summary>
    internal static bool Agree<TExp>(Kernel kernel)
        where TExp : struct, IExp
    {
        var inputs = ProbeInputs.All();
        return Same<Activation<TExp>>(kernel, inputs) && Same<DActivation>(kernel, inputs)
            && Same<Derivative<TExp>>(kernel, inputs) && Same<StableDerivative<TExp>>(kernel, inputs);
    }

    private static bool Same<TFormula>(Kernel kernel, ReadOnlySpan<double> inputs)
        where TFormula : struct, IFormula
    {
        Span<double> results = new double[inputs.Length];
        Backends.Run<double, TFormula>(kernel, inputs, results);
        for (var index = 0; index < inputs.Length; index++)
        {
            if (!Same(TFormula.Of(inputs[index]), results[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(double one, double other) =>
        BitConverter.DoubleToUInt64Bits(one) == BitConverter.DoubleToUInt64Bits(other) || (double.IsNaN(one) && double.IsNaN(other));
}
