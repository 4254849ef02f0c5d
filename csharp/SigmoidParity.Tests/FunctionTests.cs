using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Reading;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>The files of the functions: every case within its bounds, a row a file and flag.</summary>
public class FunctionTests
{
    private static readonly Lazy<Limits> Bounds = new(Limits.Own);

    /// <summary>Every flag of every file, for each implementation of its function.</summary>
    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var function in FunctionFile.Names)
        {
            foreach (var implementation in Implementation.Of(function))
            {
                foreach (var flag in FunctionFile.Of(function).Flags)
                {
                    rows.Add(function, flag, implementation.Name);
                }
            }
        }

        return rows;
    }

    /// <summary>Every case with a flag is within its bounds against the formula and against the true value.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_case_is_within_its_bounds(string function, string flag, string implementation)
    {
        var file = FunctionFile.Of(function);
        var cases = file.Cases.Where(one => one.Flags.Contains(flag)).ToList();
        Assert.NotEmpty(cases);
        var given = Implementation.Named(implementation).Functions[function]([.. cases.Select(one => one.Input)]);
        var comparison = new Comparison(file.File);
        for (var index = 0; index < cases.Count; index++)
        {
            comparison.Add(function, cases[index], given[index], Bounds.Value);
        }

        comparison.Verify();
    }

    /// <summary>The reader has as many cases as the file has lines with one, and every case has a flag.</summary>
    [Theory]
    [InlineData("activation")]
    [InlineData("d_activation")]
    [InlineData("derivative")]
    [InlineData("stable_derivative")]
    public void No_case_is_passed_over(string function)
    {
        var lines = File.ReadLines(Path.Combine(Folder.Fixtures(), $"{function}.yaml"));
        var file = FunctionFile.Of(function);
        Assert.Equal(lines.Count(line => line.StartsWith("  - {id: ", StringComparison.Ordinal)), file.Cases.Count);
        Assert.All(file.Cases, one => Assert.NotEmpty(one.Flags));
        Assert.Equal(function, file.Function);
    }
}
