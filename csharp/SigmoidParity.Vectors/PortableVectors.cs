using SigmoidParity.Portable;
using Serving = SigmoidParity.Vectors.Backends.For<SigmoidParity.Vectors.PortableExp>;

namespace SigmoidParity.Vectors;

/// <summary>The sigmoid and its derivatives over spans, at SIMD speed, with the same bits on every machine.</summary>
/// <remarks>
/// <para>
/// Every element has the bits that <see cref="PortableSigmoid"/> gives: exp is rounded correctly, and every operation of the formula
/// once. They do not depend on the span's length, on an element's place in it, on the processor's vectors, or on <see cref="Math.Exp"/>.
/// NaN is a class: its sign and payload mean nothing. Floats are computed as doubles, and each result is rounded once.
/// </para>
/// <para>
/// Elements at which a sum of two doubles does not decide how exp is to be rounded, 6 of 10^5, are left to
/// <see cref="PortableSigmoid"/>, which may take microseconds and memory for one. Results that are subnormal are left to it too.
/// </para>
/// </remarks>
public static class PortableVectors
{
    /// <summary>
    /// Gets which kernel serves: "Vector512" (AVX-512), "Vector256" (AVX2 with FMA), "AdvSimd" (two doubles at a time, ARM) or
    /// "Scalar".
    /// </summary>
    public static string Backend { get; } = Serving.Chosen.ToString();

    /// <summary>Computes the sigmoid, 1 / (1 + exp(-x)), of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// Each result has the bits of <see cref="PortableSigmoid.Activation"/>. NaN gives NaN, +infinity gives 1, -infinity gives 0.
    /// Below x = -709.782712893384 the result is 0; from x = 36.73680056967711 on it is exactly 1.
    /// </remarks>
    public static void Activation(ReadOnlySpan<double> x, Span<double> destination)
    {
        Check(x, destination);
        Serving.Run<double, Activation<PortableExp>>(x, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its output, (1 - y) y, of each element.</summary>
    /// <param name="y">The sigmoid's OUTPUTS y = Activation(x), not the inputs x.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="y"/> elsewhere.</exception>
    /// <remarks>
    /// Each result has the bits of <see cref="PortableSigmoid.DActivation"/>. NaN gives NaN, infinities of either sign give
    /// -infinity, and -0 gives -0.
    /// </remarks>
    public static void DActivation(ReadOnlySpan<double> y, Span<double> destination)
    {
        Check(y, destination);
        Serving.Run<double, DActivation>(y, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its input, DActivation(Activation(x)), of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// Each result has the bits of <see cref="PortableSigmoid.DActivation"/> of <see cref="PortableSigmoid.Activation"/>. NaN gives NaN.
    /// From x = 36.73680056967711 on the result is 0, as y has rounded to 1; <see cref="StableDerivative(ReadOnlySpan{double}, Span{double})"/> keeps its digits there.
    /// </remarks>
    public static void Derivative(ReadOnlySpan<double> x, Span<double> destination)
    {
        Check(x, destination);
        Serving.Run<double, Derivative<PortableExp>>(x, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its input, accurate where y has rounded to 1, of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// With z = exp(-abs(x)), w = (z + z) + z * z, d = 1 + w and q = z / d, each result has the bits of z - q * w where z is below 0.125,
    /// and of q - q * ((w - (d - 1)) * (1 - z)) elsewhere, every operation rounded once. NaN gives NaN. From abs(x) = 745.1332191019412 on it is 0.
    /// </remarks>
    public static void StableDerivative(ReadOnlySpan<double> x, Span<double> destination)
    {
        Check(x, destination);
        Serving.Run<double, StableDerivative<PortableExp>>(x, destination);
    }

    /// <summary>Computes the sigmoid, 1 / (1 + exp(-x)), of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// Each result is that of the double, rounded once to a float. NaN gives NaN.
    /// </remarks>
    public static void Activation(ReadOnlySpan<float> x, Span<float> destination)
    {
        Check(x, destination);
        Serving.Run<float, Activation<PortableExp>>(x, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its output, (1 - y) y, of each element.</summary>
    /// <param name="y">The sigmoid's OUTPUTS y = Activation(x), not the inputs x.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="y"/> elsewhere.</exception>
    /// <remarks>
    /// Each result is that of the double, rounded once to a float. NaN gives NaN.
    /// </remarks>
    public static void DActivation(ReadOnlySpan<float> y, Span<float> destination)
    {
        Check(y, destination);
        Serving.Run<float, DActivation>(y, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its input, DActivation(Activation(x)), of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// Each result is that of the double, rounded once to a float. NaN gives NaN.
    /// </remarks>
    public static void Derivative(ReadOnlySpan<float> x, Span<float> destination)
    {
        Check(x, destination);
        Serving.Run<float, Derivative<PortableExp>>(x, destination);
    }

    /// <summary>Computes the derivative of the sigmoid from its input, accurate where y has rounded to 1, of each element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="destination">Where the results go; at least as long. It may be the same span, but not overlap it otherwise.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is set to another rounding, or to flush subnormal numbers.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or overlaps <paramref name="x"/> elsewhere.</exception>
    /// <remarks>
    /// Each result is that of the double, rounded once to a float. NaN gives NaN.
    /// </remarks>
    public static void StableDerivative(ReadOnlySpan<float> x, Span<float> destination)
    {
        Check(x, destination);
        Serving.Run<float, StableDerivative<PortableExp>>(x, destination);
    }

    private static void Check<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        Arguments.Check(source, destination);
        Arithmetic.Check();
    }
}
