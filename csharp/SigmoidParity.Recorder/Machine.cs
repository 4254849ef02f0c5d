using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace SigmoidParity.Recorder;

/// <summary>On what results were recorded: what their last bits depend on.</summary>
internal static class Machine
{
    private const int Brand = unchecked((int)0x80000002);

    /// <summary>The system and the processor's architecture.</summary>
    internal static string Platform => $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}";

    /// <summary>The processor's name where it tells it, and the extensions that choose between a libm's variants.</summary>
    internal static string Processor => string.Join(" ", new[]
    {
        X86Base.IsSupported ? Name() : RuntimeInformation.ProcessArchitecture.ToString(),
        Fma.IsSupported ? "fma" : "", Avx2.IsSupported ? "avx2" : "", Avx512F.IsSupported ? "avx512f" : "",
        AdvSimd.IsSupported ? "advsimd" : "",
    }.Where(word => word.Length > 0));

    /// <summary>The C library, whose exp Math.Exp calls; null where it is not known.</summary>
    internal static string? Libm()
    {
        if (OperatingSystem.IsWindows())
            return "Windows UCRT " + FileVersionInfo.GetVersionInfo(Path.Combine(Environment.SystemDirectory, "ucrtbase.dll")).FileVersion;
        if (OperatingSystem.IsMacOS())
            return $"macOS {Environment.OSVersion.Version} libSystem";
        try
        {
            return "glibc " + Marshal.PtrToStringUTF8(GlibcVersion());
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return Directory.Exists("/lib") && Directory.EnumerateFiles("/lib", "ld-musl-*").Any() ? "musl" : null;
        }
    }

    [DllImport("libc.so.6", EntryPoint = "gnu_get_libc_version")]
    private static extern nint GlibcVersion();

    private static string Name()
    {
        StringBuilder name = new();
        for (int leaf = Brand; leaf < Brand + 3; leaf++)
        {
            (int a, int b, int c, int d) = X86Base.CpuId(leaf, 0);
            foreach (int word in new[] { a, b, c, d })
                name.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(word)));
        }
        return string.Join(" ", name.ToString().Split(['\0', ' '], StringSplitOptions.RemoveEmptyEntries));
    }
}
