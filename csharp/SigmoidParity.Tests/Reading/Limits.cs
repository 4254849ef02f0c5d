namespace SigmoidParity.Tests.Reading;

/// <summary>A bound on the distance of a result from an expected value; see fixtures/README.md, "limits.yaml".</summary>
public sealed record Limit(string Function, string Against, string? Flag, ulong MaxUlp, bool Amplified);

/// <summary>The bounds of a file, in its order. No bound, no pass.</summary>
public sealed record Limits(string File, IReadOnlyList<Limit> All)
{
    /// <summary>Returns the project's own bounds.</summary>
    public static Limits Own() => Load(Path.Combine(Folder.Fixtures(), "limits.yaml"));

    /// <summary>Reads a file.</summary>
    /// <exception cref="FixtureException">It is not of the format.</exception>
    public static Limits Load(string path) =>
        new(Path.GetFileName(path), [.. FixtureFile.Load(path, "limits").Entries("limits").Select(Limit)]);

    /// <summary>Returns the bound of a case, in ULP.</summary>
    /// <param name="function">Its function.</param>
    /// <param name="against">The expected value: <c>formula</c> or <c>exact</c>.</param>
    /// <param name="flags">The case's flags.</param>
    /// <param name="amplification">The case's amplification.</param>
    /// <exception cref="FixtureException">There is none.</exception>
    public UInt128 Of(string function, string against, IReadOnlyList<string> flags, ulong amplification)
    {
        var found = All.Where(limit => (limit.Function, limit.Against) == (function, against)).ToList();
        var limit = found.FirstOrDefault(limit => limit.Flag is not null && flags.Contains(limit.Flag))
            ?? found.SingleOrDefault(limit => limit.Flag is null)
            ?? throw new FixtureException(File, $"has no bound for {function} against {against}; without one nothing passes");
        return (UInt128)limit.MaxUlp * (limit.Amplified ? amplification : 1UL);
    }

    private static Limit Limit(Entry entry)
    {
        var (function, against, most) = (entry.Text("function"), entry.Text("against"), entry.Whole("max_ulp"));
        entry.Require(most == 0 || entry.Has("reason"), "reason", $"{function} may differ by {most} ULP and gives no reason");
        return new Limit(function, against, entry.Has("flag") ? entry.Text("flag") : null, (ulong)most, entry.Has("times"));
    }
}
