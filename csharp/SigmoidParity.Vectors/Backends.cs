using System.Numerics;
using System.Runtime.Intrinsics;

namespace SigmoidParity.Vectors;

/// <summary>What computes the spans.</summary>
internal enum Kernel
{
    /// <summary>The scalar formula, one element after the other.</summary>
    Scalar,

    /// <summary>Two doubles at a time.</summary>
    AdvSimd,

    /// <summary>Four doubles at a time.</summary>
    Vector256,

    /// <summary>Eight doubles at a time.</summary>
    Vector512,
}

/// <summary>The kernels: those of this processor, and which has the bits of the scalar formulas.</summary>
internal static class Backends
{
    /// <summary>Tells whether the processor has what a kernel needs.</summary>
    internal static bool IsSupported(Kernel kernel) => kernel switch
    {
        Kernel.Vector512 => Lanes512.IsSupported,
        Kernel.Vector256 => Lanes256.IsSupported,
        Kernel.AdvSimd => Lanes128.IsSupported,
        _ => true,
    };

    /// <summary>Computes a formula by a kernel.</summary>
    internal static void Run<T, TFormula>(Kernel kernel, ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged, INumberBase<T>
        where TFormula : struct, IFormula
    {
        switch (kernel)
        {
            case Kernel.Vector512:
                Loop.Vectors<T, TFormula, Lanes512, Vector512<double>>(source, target);
                break;
            case Kernel.Vector256:
                Loop.Vectors<T, TFormula, Lanes256, Vector256<double>>(source, target);
                break;
            case Kernel.AdvSimd:
                Loop.Vectors<T, TFormula, Lanes128, Vector128<double>>(source, target);
                break;
            default:
                Loop.Scalars<T, TFormula>(source, target);
                break;
        }
    }

    private static Kernel Choose<TExp>()
        where TExp : struct, IExp
    {
        foreach (var kernel in (ReadOnlySpan<Kernel>)[Kernel.Vector512, Kernel.Vector256, Kernel.AdvSimd])
        {
            if (IsSupported(kernel) && Probes.Agree<TExp>(kernel))
            {
                return kernel;
            }
        }

        return Kernel.Scalar;
    }

    /// <summary>Which kernel serves the formulas with an exp: the widest one that has their bits here. Decided at first use.</summary>
    internal static class For<TExp>
        where TExp : struct, IExp
    {
        /// <summary>The kernel.</summary>
        internal static readonly Kernel Chosen = Choose<TExp>();

        /// <summary>Computes a formula.</summary>
        internal static void Run<T, TFormula>(ReadOnlySpan<T> source, Span<T> target)
            where T : unmanaged, INumberBase<T>
            where TFormula : struct, IFormula => Backends.Run<T, TFormula>(Chosen, source, target);
    }
}
