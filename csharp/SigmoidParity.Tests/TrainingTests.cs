using System.Runtime.InteropServices;
using SigmoidParity.Tests.Comparing;
using SigmoidParity.Tests.Reading;
using Xunit;

namespace SigmoidParity.Tests;

/// <summary>The trainings: the first step, and loss and weights at every checkpoint, up to 1,000 epochs.</summary>
public class TrainingTests
{
    private const string Name = "network.yaml";
    private static readonly Lazy<IReadOnlyList<Training>> Trainings = new(() => NetworkFile.Load(Path.Combine(Folder.Fixtures(), Name)));
    private static readonly Lazy<Limits> Bounds = new(Limits.Own);

    /// <summary>A row a training and implementation.</summary>
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var training in Trainings.Value)
        {
            foreach (var implementation in Implementation.Of("d_activation"))
            {
                rows.Add(training.Id, implementation.Name);
            }
        }

        return rows;
    }

    /// <summary>Every number of the first step is within its bound.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_step_is_within_its_bounds(string id, string implementation)
    {
        var (training, comparison) = (Trainings.Value.Single(one => one.Id == id), new Comparison(Name));
        var (inputs, targets) = training.OneByOne
            ? (Network.Row(training.Inputs, 0), Network.Row(training.Targets, 0))
            : (training.Inputs, training.Targets);
        var step = Start(training, implementation).Compute(inputs, targets);
        Add(comparison, id, training.Outputs, step.Outputs);
        Add(comparison, id, training.Deltas, step.Deltas);
        Add(comparison, id, training.Gradients, step.Gradients);
        Add(comparison, id, [training.Loss], [new[,] { { step.Loss } }]);
        comparison.Verify();
    }

    /// <summary>Loss and weights are within their bounds at every checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_checkpoint_is_within_its_bounds(string id, string implementation)
    {
        var (training, comparison) = (Trainings.Value.Single(one => one.Id == id), new Comparison(Name));
        var (network, epoch, loss) = (Start(training, implementation), 0L, 0.0);
        foreach (var checkpoint in training.After)
        {
            for (; epoch < checkpoint.Epochs; epoch++)
            {
                loss = network.Epoch(training.Inputs, training.Targets, training.LearningRate, training.OneByOne);
            }

            var when = $"{id} after {checkpoint.Epochs} epochs";
            Add(comparison, when, [checkpoint.Loss], [new[,] { { loss } }]);
            Add(comparison, when, checkpoint.Weights, network.Weights);
        }

        comparison.Verify();
    }

    private static Network Start(Training training, string implementation)
    {
        var functions = Implementation.Named(implementation).Functions;
        return new Network(
            [.. training.Weights.Select(matrix => (double[,])matrix.Clone())],
            matrix => Each(functions["activation"], matrix),
            matrix => Each(functions["d_activation"], matrix));
    }

    private static double[,] Each(Func<double[], double[]> function, double[,] matrix)
    {
        var result = new double[matrix.GetLength(0), matrix.GetLength(1)];
        function(Flat(matrix).ToArray()).CopyTo(Flat(result));
        return result;
    }

    private static Span<double> Flat(double[,] matrix) =>
        MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);

    private static void Add(Comparison comparison, string id, IReadOnlyList<Expected> expected, IReadOnlyList<double[,]> given)
    {
        Assert.Equal(expected.Count, given.Count);
        foreach (var (one, matrix) in expected.Zip(given))
        {
            for (var row = 0; row < matrix.GetLength(0); row++)
            {
                for (var column = 0; column < matrix.GetLength(1); column++)
                {
                    var where = $"{one.Name}[{row}, {column}]";
                    var (formula, exact) = (one.Formula[row, column], one.Exact[row, column]);
                    comparison.Add(id, where, "formula", formula, matrix[row, column], Bound("formula", one));
                    comparison.Add(id, where, "exact", exact, matrix[row, column], Bound("exact", one));
                }
            }
        }
    }

    private static UInt128 Bound(string against, Expected one) => Bounds.Value.Of("training", against, [], one.Amplification);
}
