using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SigmoidParity.Harness;

namespace SigmoidParity.Recorder;

/// <summary>The command `sigmoid-recorder`.</summary>
internal static class Program
{
    private const int Shown = 4;

    private static string Version => typeof(Program).Assembly.GetName().Version!.ToString(3);

    private static int Main(string[] arguments)
    {
        try
        {
            if (arguments is [] or ["--help"] or ["-h"])
                Console.WriteLine(Options.Help);
            else if (arguments is ["--version"])
                Console.WriteLine(Version);
            else
                Console.WriteLine(Record(Options.Read(arguments)));
            return arguments.Length == 0 ? 2 : 0;
        }
        catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"sigmoid-recorder: {error.Message}");
            return 2;
        }
    }

    /// <summary>Records an assembly, and says what was done.</summary>
    private static string Record(Options options)
    {
        Assembly assembly = Loading.Load(options.Assembly);
        var discovery = new Discovery(assembly, options.ClassName, options.Numbers);
        Callable[] wanted = discovery.Callables.Where(one => IsWanted(one.Member, options)).ToArray();
        if (wanted.Length == 0)
            throw new UsageException(Absence(options, discovery));
        var points = new Points(options.Samples, options.Seed);
        string unfinished = options.Output + ".unfinished";
        try
        {
            string said = Write(unfinished, options, discovery, wanted, points);
            File.Move(unfinished, options.Output, overwrite: true);
            return $"{options.Output}: {said}";
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string Write(string path, Options options, Discovery discovery, Callable[] wanted, Points points)
    {
        using var file = new RecordFile(path, Head(options, points));
        string said = Record(wanted, options.Methods.Count > 0, points, file);
        foreach (Refused one in discovery.Refusals.Where(one => IsWanted(one.Member, options)))
            file.Write(one.Name, one.Owner, one.Reason);
        if (discovery.Others > 0 && options.Methods.Count == 0)
            file.Write($"{discovery.Others:N0} methods", "", "neither take nor give double or float");
        file.End();
        return said;
    }

    /// <summary>Records callables, and says how many.</summary>
    /// <exception cref="UsageException">No object can be made of any.</exception>
    private static string Record(Callable[] wanted, bool named, Points points, RecordFile file)
    {
        Dictionary<(int, string), Arguments> known = [];
        List<string> failures = [];
        int whole = 0;
        foreach (Callable one in wanted)
        {
            // The last line before a crash, or while a call does not return, names the callable.
            Console.Error.WriteLine($"{one.Owner}.{one.Name}");
            if (Made(one) is string reason)
            {
                file.Write(one.Name, one.Owner, reason);
                failures.Add($"{one.Owner}.{one.Name}: {reason}");
                continue;
            }
            bool isDouble = one.Format == "double";
            var few = new Recording(one, Arguments.OfSieve(one.Arity, isDouble));
            if (!named && !Sieve.IsPossible(few.Results))
            {
                file.Write(one, few);
                continue;
            }
            if (!known.TryGetValue((one.Arity, one.Format), out Arguments? arguments))
                known[(one.Arity, one.Format)] = arguments = Arguments.Of(points, one.Arity, isDouble);
            file.Write(one, new Recording(one, arguments));
            whole++;
        }
        if (failures.Count == wanted.Length)
            throw new UsageException("nothing could be called; " + string.Join("; ", failures.Take(Shown)));
        return $"{wanted.Length} callables, {wanted.Length - failures.Count - whole} at a few points, {failures.Count} not at all";
    }

    /// <summary>Makes a callable's object; gives the reason where that fails.</summary>
    private static string? Made(Callable one)
    {
        try
        {
            one.Object?.Make();
            return null;
        }
        catch (Exception error)
        {
            return "its constructor threw " + Words.Of(error);
        }
    }

    private static (string, string?)[] Head(Options options, Points points) =>
    [
        ("points-sha256", points.Digest()), ("samples", options.Samples.ToString()), ("seed", options.Seed.ToString()),
        ("source", Path.GetFileName(options.Assembly)),
        ("source-sha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(options.Assembly)))),
        ("recorder", "SigmoidParity.Recorder " + Version), ("runtime", RuntimeInformation.FrameworkDescription),
        ("system", Machine.Platform), ("processor", Machine.Processor), ("libm", Machine.Libm()),
    ];

    private static bool IsWanted(string member, Options options) =>
        options.Methods.Count == 0 || member.Length == 0 || options.Methods.Contains(member);

    private static string Absence(Options options, Discovery discovery)
    {
        string classes = string.Join(", ", discovery.Classes.DefaultIfEmpty("none"));
        if (options.ClassName != null && !discovery.Classes.Contains(options.ClassName))
            return $"{options.Assembly} has no public class {options.ClassName}; it has: {classes}";
        IEnumerable<string> members = discovery.Callables.Select(one => one.Member).Distinct();
        if (members.Any())
            return $"{options.Assembly} has no method {string.Join(", ", options.Methods)} that can be called; it has: "
                + string.Join(", ", members);
        IEnumerable<string> reasons = discovery.Refusals.Take(Shown).Select(one => $"{one.Owner}.{one.Name}: {one.Reason}");
        return $"nothing in {options.Assembly} can be called; " + string.Join("; ", reasons.DefaultIfEmpty($"public classes: {classes}"));
    }
}
