namespace SigmoidParity.Tests.Reading;

/// <summary>Where the fixtures are: the nearest folder <c>fixtures</c> above the tests' assembly.</summary>
public static class Folder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "SIGMOID_PARITY_FIXTURES";

    /// <summary>Finds the folder of fixtures.</summary>
    /// <exception cref="FixtureException">There is none.</exception>
    public static string Fixtures()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return named is null || Directory.Exists(named)
            ? named ?? Above("fixtures", "limits.yaml")
            : throw new FixtureException(named, $"there is no such folder, which {Variable} names");
    }

    /// <summary>Finds the folder of files that a reader must refuse.</summary>
    public static string Refused() => Above(Path.Combine("tests", "meta", "refused"), "no-version.yaml");

    /// <summary>Finds the folder of the files that the refused ones are made from.</summary>
    public static string Accepted() => Above(Path.Combine("tests", "meta", "accepted"), "limits.yaml");

    private static string Above(string name, string file)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, name);
            if (File.Exists(Path.Combine(folder, file)))
            {
                return folder;
            }
        }

        throw new FixtureException(
            file, $"there is no folder {name} above {AppContext.BaseDirectory}; name the fixtures in {Variable}");
    }
}
