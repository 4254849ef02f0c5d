using System.Runtime.InteropServices;
using Xunit;

namespace SigmoidParity.Tests.Vectors;

/// <summary>Where the processor rounds another way, the portable functions refuse to compute.</summary>
public class RoundingTests
{
    private const int Nearest = 0;

    // FE_UPWARD in the fenv.h of glibc.
    private static readonly int Upward = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x400000 : 0x800;

    /// <summary>Every call looks, for doubles and floats, and writes nothing; all is well once the rounding is.</summary>
    [FactOnLinux]
    public void Another_rounding_is_refused()
    {
        foreach (var function in Function.All.Where(one => one.Name.StartsWith("portable", StringComparison.Ordinal)))
        {
            var (doubles, floats) = (new[] { 0.5 }, new[] { 0.5f });
            var refusals = new List<string>();
            Rounding(Upward);
            try
            {
                refusals.Add(Refusal(() => function.Doubles(doubles, doubles)));
                refusals.Add(Refusal(() => function.Floats(floats, floats)));
                refusals.Add(Refusal(() => new PortableSigmoid()));
            }
            finally
            {
                Rounding(Nearest);
            }

            Assert.All(refusals, message => Assert.Contains("rounded once, to nearest", message));
            Assert.Equal((0.5, 0.5f), (doubles[0], floats[0]));
            function.Doubles(doubles, doubles);
            Assert.Equal(function.Scalar(0.5), doubles[0]);
        }
    }

    private static string Refusal(Action call)
    {
        try
        {
            call();
            return "";
        }
        catch (PlatformNotSupportedException error)
        {
            return error.Message;
        }
    }

    private static void Rounding(int mode) => Assert.Equal(0, SetRounding(mode));

    [DllImport("libm.so.6", EntryPoint = "fesetround")]
    private static extern int SetRounding(int mode);

    /// <summary>A test that sets the rounding by Linux's C library.</summary>
    private sealed class FactOnLinuxAttribute : FactAttribute
    {
        public FactOnLinuxAttribute() => Skip = OperatingSystem.IsLinux() ? null : "the rounding is set by glibc";
    }
}
