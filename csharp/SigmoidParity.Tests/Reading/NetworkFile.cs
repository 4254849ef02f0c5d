using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SigmoidParity.Tests.Reading;

/// <summary>An expected matrix, and how many ULP of it one ULP of every exp may become.</summary>
public sealed record Expected(string Name, double[,] Formula, double[,] Exact, ulong Amplification);

/// <summary>What is expected after some epochs.</summary>
public sealed record Checkpoint(long Epochs, Expected Loss, IReadOnlyList<Expected> Weights);

/// <summary>A training: what it starts from, and what is expected of it.</summary>
public sealed record Training(
    string Id, bool OneByOne, double LearningRate, double[,] Inputs, double[,] Targets, IReadOnlyList<double[,]> Weights,
    IReadOnlyList<Expected> Outputs, IReadOnlyList<Expected> Deltas, IReadOnlyList<Expected> Gradients, Expected Loss,
    IReadOnlyList<Checkpoint> After);

/// <summary>The trainings.</summary>
public static class NetworkFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FixtureException">It is not of the format.</exception>
    public static IReadOnlyList<Training> Load(string path) =>
        [.. FixtureFile.Load(path, "trainings").Entries("trainings").Select(Training)];

    private static Training Training(Entry entry)
    {
        var (first, checkpoints) = (entry.Inner("first"), entry.List("checkpoints").Cast<long>().ToList());
        var amplifications = entry.List("amplifications").Select(one => (ulong)(long)one!).ToList();
        entry.Require(amplifications.Count == checkpoints.Count + 1, "amplifications", "must be one, and one for each checkpoint");
        entry.Require(checkpoints.SequenceEqual(checkpoints.Order()), "checkpoints", "must rise");
        var after = entry.Entries("after").Zip(amplifications.Skip(1), Checkpoint).ToList();
        entry.Require(after.Select(one => one.Epochs).SequenceEqual(checkpoints), "after.epochs", "must be the checkpoints");
        var training = new Training(
            entry.Id, entry.Text("mode") == "one-by-one", entry.Inner("learning_rate").Pair("value", "bits"),
            Given(entry.Inner("inputs")), Given(entry.Inner("targets")), [.. entry.Entries("weights").Select(Given)],
            All(first, "outputs", amplifications[0]), All(first, "deltas", amplifications[0]), All(first, "gradients", amplifications[0]),
            Single(first.Inner("loss"), "loss", amplifications[0]), after);
        Check(entry, training);
        return training;
    }

    private static Checkpoint Checkpoint(Entry entry, ulong amplification)
    {
        const string Field = "weights_sha256";
        var weights = All(entry, "weights", amplification);
        var own = Digest(weights.Select(one => one.Formula));
        entry.Require(!entry.Has(Field) || entry.Text(Field) == own, Field, $"is not the weights' own, {own}");
        return new Checkpoint(entry.Whole("epochs"), Single(entry.Inner("loss"), "loss", amplification), weights);
    }

    private static string Digest(IEnumerable<double[,]> matrices)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (var value in matrices.SelectMany(matrix => matrix.Cast<double>()))
        {
            BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
            digest.AppendData(bytes);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static double[,] Given(Entry entry) => entry.Pairs("value", "bits");

    private static List<Expected> All(Entry entry, string field, ulong amplification) =>
    [
        .. entry.Entries(field).Select((one, index) => new Expected(
            $"{field} {index + 1}", one.Pairs("formula", "formula_bits"), one.Exacts("exact", "formula"), amplification)),
    ];

    private static Expected Single(Entry entry, string name, ulong amplification) =>
        new(name, new[,] { { entry.Pair("formula") } }, new[,] { { entry.Exact("exact") } }, amplification);

    private static void Check(Entry entry, Training training)
    {
        var shapes = training.Weights.Select(Shape).ToList();
        var samples = training.Inputs.GetLength(0);
        var first = shapes.Select(shape => (training.OneByOne ? 1 : samples, shape.Item2)).ToList();
        var given = training.Weights.Append(training.Inputs).Append(training.Targets);
        entry.Require(training.LearningRate > 0.0, "learning_rate", "must be above 0");
        entry.Require(given.All(one => one.Cast<double>().All(double.IsFinite)), "weights", "holds a NaN or an infinity");
        entry.Require(shapes.Zip(shapes.Skip(1)).All(two => two.First.Item2 == two.Second.Item1), "weights", "do not chain");
        entry.Require(Shape(training.Inputs).Item2 == shapes[0].Item1, "inputs", "do not fit the weights");
        entry.Require(Shape(training.Targets) == (samples, shapes[^1].Item2), "targets", "do not fit the weights or the inputs");
        entry.Require(Shapes(training.Outputs).SequenceEqual(first), "first.outputs", "do not fit the weights");
        entry.Require(Shapes(training.Deltas).SequenceEqual(first), "first.deltas", "do not fit the weights");
        entry.Require(Shapes(training.Gradients).SequenceEqual(shapes), "first.gradients", "do not fit the weights");
        entry.Require(training.After.All(one => Shapes(one.Weights).SequenceEqual(shapes)), "after.weights", "do not fit the weights");
    }

    private static IEnumerable<(int, int)> Shapes(IEnumerable<Expected> matrices) => matrices.Select(one => Shape(one.Formula));

    private static (int, int) Shape(double[,] matrix) => (matrix.GetLength(0), matrix.GetLength(1));
}
