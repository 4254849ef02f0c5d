namespace SigmoidParity.Tests.Reading;

/// <summary>A file of the format, whatever it holds: held to <c>schema.json</c>, ids unique, flags explained.</summary>
public static class FixtureFile
{
    private const long Version = 1;
    private static readonly Lazy<Schema> Form = new(() => Schema.Load(Path.Combine(Folder.Fixtures(), "schema.json")));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="list">The field with its cases, which files of this kind alone have.</param>
    /// <exception cref="FixtureException">It is not of the format, or of another kind.</exception>
    public static Entry Load(string path, string list)
    {
        var file = Path.GetFileName(path);
        var content = Yaml.Load(path);
        content.TryGetValue("schema_version", out var version);
        if (version is not Version)
        {
            throw new FixtureException(file, $"is {version ?? "missing"}; version {Version} is read here", field: "schema_version");
        }

        if (Form.Value.Problem(content) is { } problem)
        {
            throw new FixtureException(file, problem);
        }

        var entry = new Entry(file, content);
        entry.Require(entry.Has(list), list, "is not in this file");
        Check(file, entry, entry.Entries(list).ToList());
        return entry;
    }

    private static void Check(string file, Entry top, List<Entry> entries)
    {
        var ids = new HashSet<string>();
        foreach (var entry in entries.Where(entry => entry.Has("id")))
        {
            entry.Require(ids.Add(entry.Id), "id", "stands twice in this file");
            foreach (var flag in entry.Has("flags") ? entry.Flags : [])
            {
                entry.Require(top.Inner("flags").Has(flag), "flags", $"'{flag}' is not explained at the head of {file}");
            }
        }
    }
}
