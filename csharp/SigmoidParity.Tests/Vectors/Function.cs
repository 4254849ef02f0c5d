using SigmoidParity.Vectors;

namespace SigmoidParity.Tests.Vectors;

/// <summary>Computes each element of a span.</summary>
public delegate void OverSpans<T>(ReadOnlySpan<T> source, Span<T> destination);

/// <summary>A function over spans, and the scalar one whose bits it must have.</summary>
/// <param name="Name">As in the fixtures; that of a portable one after a word.</param>
/// <param name="Scalar">The function of one double.</param>
/// <param name="Doubles">As users call it.</param>
/// <param name="Floats">As users call it.</param>
/// <param name="Run">By a kernel of one's choice.</param>
public sealed record Function(
    string Name, Func<double, double> Scalar, OverSpans<double> Doubles, OverSpans<float> Floats, Function.ByKernel Run)
{
    private static readonly Sigmoid Pair = new();
    private static readonly PortableSigmoid Same = new();

    /// <summary>The four functions, with the platform's exp and with the portable one.</summary>
    public static readonly Function[] All =
    [
        new("activation", Pair.Activation, SigmoidVectors.Activation, SigmoidVectors.Activation, By<Activation<PlatformExp>>),
        new("d_activation", Pair.DActivation, SigmoidVectors.DActivation, SigmoidVectors.DActivation, By<DActivation>),
        new("derivative", x => Pair.DActivation(Pair.Activation(x)), SigmoidVectors.Derivative, SigmoidVectors.Derivative, By<Derivative<PlatformExp>>),
        new("stable_derivative", Stable, SigmoidVectors.StableDerivative, SigmoidVectors.StableDerivative, By<StableDerivative<PlatformExp>>),
        new("portable activation", Same.Activation, PortableVectors.Activation, PortableVectors.Activation, By<Activation<PortableExp>>),
        new("portable d_activation", Same.DActivation, PortableVectors.DActivation, PortableVectors.DActivation, By<DActivation>),
        new("portable derivative", x => Same.DActivation(Same.Activation(x)), PortableVectors.Derivative, PortableVectors.Derivative, By<Derivative<PortableExp>>),
        new("portable stable_derivative", Same.StableDerivative, PortableVectors.StableDerivative, PortableVectors.StableDerivative, By<StableDerivative<PortableExp>>),
    ];

    /// <summary>Computes each element by a kernel of one's choice.</summary>
    public delegate void ByKernel(string kernel, ReadOnlySpan<double> source, Span<double> destination);

    /// <summary>Gets the kernels that this processor can run.</summary>
    public static IEnumerable<string> Kernels =>
        Enum.GetValues<Kernel>().Where(Backends.IsSupported).Select(kernel => kernel.ToString());

    /// <summary>Returns a function by its name.</summary>
    public static Function Named(string name) => All.Single(one => one.Name == name);

    // From fixtures/README.md, apart from the one that is tested.
    private static double Stable(double x)
    {
        var z = Math.Exp(-Math.Abs(x));
        var w = (z + z) + (z * z);
        var d = 1.0 + w;
        var q = z / d;
        if (z < 0.125)
        {
            return z - (q * w);
        }

        return q - (q * ((w - (d - 1.0)) * (1.0 - z)));
    }

    private static void By<TFormula>(string kernel, ReadOnlySpan<double> source, Span<double> destination)
        where TFormula : struct, IFormula => Backends.Run<double, TFormula>(Enum.Parse<Kernel>(kernel), source, destination);
}
