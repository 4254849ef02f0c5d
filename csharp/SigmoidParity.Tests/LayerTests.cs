using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Reading;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>The layer: forward <c>y = activation(x)</c>, backward <c>grad_y * ((1.0 - y) * y)</c>.</summary>
public class LayerTests
{
    private const string Name = "layer.yaml";
    private static readonly Lazy<IReadOnlyList<LayerCase>> Cases = new(() => LayerFile.Load(Path.Combine(Folder.Fixtures(), Name)));
    private static readonly Lazy<Limits> Bounds = new(Limits.Own);

    /// <summary>A row a flag and implementation.</summary>
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var flag in Cases.Value.SelectMany(one => one.Flags).Distinct())
        {
            foreach (var implementation in Implementation.Of("d_activation"))
            {
                rows.Add(flag, implementation.Name);
            }
        }

        return rows;
    }

    /// <summary>Output and gradient of every case with a flag are within their bounds.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Forward_and_backward_are_within_their_bounds(string flag, string implementation)
    {
        var cases = Cases.Value.Where(one => one.Flags.Contains(flag)).ToList();
        var functions = Implementation.Named(implementation).Functions;
        var y = functions["activation"]([.. cases.Select(one => one.Input)]);
        var slopes = functions["d_activation"](y);
        var comparison = new Comparison(Name);
        for (var index = 0; index < cases.Count; index++)
        {
            var one = cases[index];
            Add(comparison, "activation", one, one.Y, one.YExact, y[index]);
            Add(comparison, "layer", one, one.GradX, one.GradXExact, one.GradY * slopes[index]);
        }

        comparison.Verify();
    }

    /// <summary>The order of document D1 gives other doubles, those of the file, in the cases that say so, and nowhere else.</summary>
    [Fact]
    public void The_order_of_multiplication_counts()
    {
        foreach (var one in Cases.Value)
        {
            var other = Doubles.Distance(one.GradX, one.GradXD1) != 0;
            Assert.True(other == one.Flags.Contains("order"), $"{Name}, {one.Id}: {one.GradX:R} and {one.GradXD1:R}");
            Assert.True(Doubles.Distance(one.GradY * one.Y * (1.0 - one.Y), one.GradXD1) == 0, $"{Name}, {one.Id}");
        }
    }

    /// <summary>The reader has as many cases as the file has lines with one.</summary>
    [Fact]
    public void No_case_is_passed_over()
    {
        var lines = File.ReadLines(Path.Combine(Folder.Fixtures(), Name));
        Assert.Equal(lines.Count(line => line.StartsWith("  - {id: ", StringComparison.Ordinal)), Cases.Value.Count);
    }

    private static void Add(Comparison comparison, string function, LayerCase one, double formula, double exact, double given)
    {
        var argument = $"{function} of {Doubles.Show(one.Input)}, grad_y {Doubles.Show(one.GradY)}";
        foreach (var (against, expected) in new[] { ("formula", formula), ("exact", exact) })
        {
            comparison.Add(one.Id, argument, against, expected, given, Bounds.Value.Of(function, against, one.Flags, one.Amplification));
        }
    }
}
