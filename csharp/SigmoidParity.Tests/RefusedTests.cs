using SigmoidParity.Tests.Reading;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>Files that are not of the format: each is refused, with a message in one line that names it.</summary>
public class RefusedTests
{
    private const string Function = "activation";

    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        [Function] = path => FunctionFile.Load(path),
        ["layer"] = path => LayerFile.Load(path),
        ["limits"] = path => Limits.Load(path),
        ["network"] = path => NetworkFile.Load(path),
    };

    /// <summary>The files of the kinds that are read here; a name starts with its kind, and with none where it is of a function.</summary>
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder.Refused(), "*.yaml").Select(path => Path.GetFileName(path)).Where(IsRead).Order()];

    /// <summary>What the refused files are made from.</summary>
    public static TheoryData<string> Originals() =>
        [.. Directory.GetFiles(Folder.Accepted(), "*.yaml").Select(path => Path.GetFileName(path)).Where(IsRead)];

    /// <summary>A file with one thing wrong is refused.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Is_refused(string file)
    {
        var error = Assert.Throws<FixtureException>(() => Read(Path.Combine(Folder.Refused(), file)));
        Assert.StartsWith(file, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>Without the one thing, it is read: the others are refused for that one thing.</summary>
    [Theory]
    [MemberData(nameof(Originals))]
    public void What_they_are_made_from_is_accepted(string file) => Read(Path.Combine(Folder.Accepted(), file));

    /// <summary>An empty folder would pass all of the above.</summary>
    [Fact]
    public void There_are_such_files()
    {
        Assert.True(Files().Count >= 60);
        Assert.Equal(4, Originals().Count);
    }

    /// <summary>The message says what is wrong, and where.</summary>
    [Theory]
    [InlineData("unknown-version.yaml", "schema_version: is 2; version 1 is read here")]
    [InlineData("no-version.yaml", "schema_version: is missing; version 1 is read here")]
    [InlineData("not-yaml.yaml", "line ")]
    [InlineData("not-utf8.yaml", "is not UTF-8")]
    [InlineData("python-object.yaml", "the tag ")]
    [InlineData("decimal-and-bits-disagree.yaml", "case one-half, input: the decimal 0.5 has the bits 3fe0000000000000, but 3fe0000000000001")]
    [InlineData("unexplained-flag.yaml", "case zero, flags: 'surprise' is not explained")]
    [InlineData("unknown-field.yaml", "cases[0]: must not contain tolerance")]
    [InlineData("number-not-quoted.yaml", "cases[1].input: must be string")]
    [InlineData("number-with-newline.yaml", "cases[1].input: must match pattern")]
    [InlineData("no-cases.yaml", "cases: needs 1 items")]
    [InlineData("duplicate-key.yaml", "line ")]
    [InlineData("two-documents.yaml", "expected a single document")]
    [InlineData("network-ragged.yaml", "case small, inputs.value: is no matrix")]
    public void The_message_says_what_is_wrong(string file, string said) =>
        Assert.Contains(said, Assert.Throws<FixtureException>(() => Read(Path.Combine(Folder.Refused(), file))).Message);

    /// <summary>A file that is not there is named.</summary>
    [Fact]
    public void A_missing_file_is_named()
    {
        var missing = Path.Combine(Folder.Fixtures(), "none", "activation.yaml");
        Assert.StartsWith("activation.yaml: cannot be read: ", Assert.Throws<FixtureException>(() => FunctionFile.Load(missing)).Message);
    }

    private static bool IsRead(string? file) => Readers.ContainsKey(Kind(file!));

    private static string Kind(string file)
    {
        var start = Path.GetFileNameWithoutExtension(file).Split('-')[0];
        return File.Exists(Path.Combine(Folder.Accepted(), $"{start}.yaml")) ? start : Function;
    }

    private static void Read(string path) => Readers[Kind(Path.GetFileName(path))](path);
}
