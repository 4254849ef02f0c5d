namespace SigmoidParity.Vectors;

/// <summary>Does a kernel have this platform's bits? Asked at inputs where neighbouring libms differ.</summary>
internal static class Probes
{
    /// <summary>Tells whether a kernel has the bits of the scalar formulas at every input.</summary>
    internal static bool Agree(Kernel kernel)
    {
        var inputs = ProbeInputs.All();
        return Agree<Activation>(kernel, inputs) && Agree<DActivation>(kernel, inputs) && Agree<Derivative>(kernel, inputs)
            && Agree<StableDerivative>(kernel, inputs);
    }

    private static bool Agree<TFormula>(Kernel kernel, ReadOnlySpan<double> inputs)
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
