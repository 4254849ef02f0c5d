namespace SigmoidParity.Tests.Reading;

/// <summary>A case of a function.</summary>
public sealed record Case(string Id, double Input, double Formula, double Exact, IReadOnlyList<string> Flags, ulong Amplification);

/// <summary>The cases of one function.</summary>
public sealed record FunctionFile(string File, string Function, IReadOnlyList<string> Flags, IReadOnlyList<Case> Cases)
{
    /// <summary>The functions that have a file each.</summary>
    public static readonly string[] Names = ["activation", "d_activation", "derivative", "stable_derivative"];

    private static readonly Dictionary<string, FunctionFile> Read = [];

    /// <summary>Returns the project's own file of a function, read once.</summary>
    public static FunctionFile Of(string function)
    {
        lock (Read)
        {
            return Read.TryGetValue(function, out var read)
                ? read
                : Read[function] = Load(Path.Combine(Folder.Fixtures(), $"{function}.yaml"));
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FixtureException">It is not of the format.</exception>
    public static FunctionFile Load(string path)
    {
        var top = FixtureFile.Load(path, "cases");
        var flags = top.Entries("cases").SelectMany(entry => entry.Flags).Distinct().ToList();
        return new FunctionFile(Path.GetFileName(path), top.Text("function"), flags, [.. top.Entries("cases").Select(Case)]);
    }

    private static Case Case(Entry entry) => new(
        entry.Id, entry.Pair("input"), entry.Pair("formula"), entry.Pair("exact"), entry.Flags, entry.Amplification);
}
