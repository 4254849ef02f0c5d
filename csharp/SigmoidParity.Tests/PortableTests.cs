using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Reading;
using SigmoidParity.Tests.Vectors;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>The portable pair has the bits of the column <c>formula</c>, as a class and over spans, by every kernel.</summary>
public class PortableTests
{
    private const string Class = "PortableSigmoid";

    /// <summary>The class, and every kernel of this processor, for each function.</summary>
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var function in FunctionFile.Names)
        {
            foreach (var by in Function.Kernels.Prepend(Class))
            {
                rows.Add(function, by);
            }
        }

        return rows;
    }

    /// <summary>The class and every kernel.</summary>
    public static TheoryData<string> Computing() => [.. Function.Kernels.Prepend(Class)];

    /// <summary>Every case of every function: no bound excuses a difference.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_case_has_the_bits_of_the_formula(string function, string by)
    {
        var file = FunctionFile.Of(function);
        Same(function, by, file.File, [.. file.Cases.Select(one => (one.Id, one.Input, one.Formula))]);
    }

    /// <summary>The cases of <c>portable.yaml</c>, which reach every branch: the sum, the result, and the integers.</summary>
    [Theory]
    [MemberData(nameof(Computing))]
    public void Every_branch_has_the_bits_of_the_formula(string by)
    {
        const string File = "portable.yaml";
        var cases = FixtureFile.Load(Path.Combine(Folder.Fixtures(), File), "portable_cases").Entries("portable_cases").ToList();
        Assert.Equal(["integers", "result", "sum"], cases.Select(one => one.Text("decided_by")).Distinct().Order());
        Same("activation", by, File, [.. cases.Select(one => (one.Id, one.Pair("input"), one.Pair("formula")))]);
    }

    /// <summary>A result that is off by its last bit fails at every case but NaN, which is a class.</summary>
    [Fact]
    public void A_wrong_bit_is_found()
    {
        var comparison = new Comparison("activation.yaml");
        foreach (var one in FunctionFile.Of("activation").Cases)
        {
            var given = Math.BitIncrement(Function.Named("portable activation").Scalar(one.Input));
            comparison.Add(one.Id, Doubles.Show(one.Input), "formula", one.Formula, given, 0);
        }

        var numbers = FunctionFile.Of("activation").Cases.Count(one => !double.IsNaN(one.Formula));
        Assert.InRange(numbers, 1, comparison.Compared - 1);
        Assert.StartsWith($"{numbers} of {comparison.Compared} differ", comparison.Failures());
    }

    private static void Same(string function, string by, string file, List<(string Id, double Input, double Formula)> cases)
    {
        var (portable, comparison) = (Function.Named($"portable {function}"), new Comparison(file));
        var inputs = cases.ConvertAll(one => one.Input).ToArray();
        var given = new double[inputs.Length];
        if (by == Class)
        {
            given = Array.ConvertAll(inputs, x => portable.Scalar(x));
        }
        else
        {
            portable.Run(by, inputs, given);
        }

        for (var index = 0; index < given.Length; index++)
        {
            comparison.Add(cases[index].Id, Doubles.Show(inputs[index]), "formula", cases[index].Formula, given[index], 0);
        }

        comparison.Verify();
    }
}
