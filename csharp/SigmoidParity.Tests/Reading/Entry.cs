using SigmoidParity.Tests.Comparing;

namespace SigmoidParity.Tests.Reading;

/// <summary>A mapping of a file that has the form of the schema; an error names the file, the case and the field.</summary>
public sealed class Entry(string file, Dictionary<string, object?> fields, string? id = null, string path = "")
{
    private readonly string? _id = id ?? (fields.GetValueOrDefault("id") as string);

    /// <summary>Gets the id.</summary>
    public string Id => _id!;

    /// <summary>Gets the flags.</summary>
    public IReadOnlyList<string> Flags => [.. List("flags").Cast<string>()];

    /// <summary>Gets how many ULP of the result one ULP on the way to it may become; 1 where the file has none.</summary>
    public ulong Amplification => Has("amplification") ? (ulong)Whole("amplification") : 1;

    /// <summary>Tells whether a field is there.</summary>
    public bool Has(string field) => fields.ContainsKey(field);

    /// <summary>Returns a text.</summary>
    public string Text(string field) => (string)fields[field]!;

    /// <summary>Returns a whole number.</summary>
    public long Whole(string field) => (long)fields[field]!;

    /// <summary>Returns a list.</summary>
    public List<object?> List(string field) => (List<object?>)fields[field]!;

    /// <summary>Returns a mapping.</summary>
    public Entry Inner(string field) => new(file, (Dictionary<string, object?>)fields[field]!, _id, $"{path}{field}.");

    /// <summary>Returns a list's mappings.</summary>
    public IEnumerable<Entry> Entries(string field)
    {
        var inside = _id is null ? "" : $"{path}{field}.";
        return List(field).Select(item => new Entry(file, (Dictionary<string, object?>)item!, _id, inside));
    }

    /// <summary>Returns a double that is no more than a decimal: a true value, to be rounded once.</summary>
    public double Exact(string field) => Doubles.Decimal(Text(field));

    /// <summary>Returns a double that is written as decimal and, beside it, as bits.</summary>
    public double Pair(string field, string? bits = null) => Pair(field, Text(field), Text(bits ?? $"{field}_bits"));

    /// <summary>Returns a matrix of doubles, each written as decimal and as bits.</summary>
    public double[,] Pairs(string field, string bits)
    {
        var (decimals, encodings) = (Rows(field), Rows(bits));
        Require(Same(decimals, encodings), field, "is no matrix, or has other rows or columns in its bits than in its decimals");
        return Matrix(decimals, (row, column) => Pair(field, decimals[row][column], encodings[row][column]));
    }

    /// <summary>Returns a matrix of true values, each rounded once, of the shape of another field.</summary>
    public double[,] Exacts(string field, string shape)
    {
        Require(Same(Rows(shape), Rows(field)), field, "is no matrix, or has other rows or columns than the values beside it");
        var rows = Rows(field);
        return Matrix(rows, (row, column) => Doubles.Decimal(rows[row][column]));
    }

    /// <summary>Refuses the file where something does not hold.</summary>
    /// <exception cref="FixtureException">It does not.</exception>
    public void Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            throw new FixtureException(file, problem, _id, path + field);
        }
    }

    private double Pair(string field, string text, string bits)
    {
        var value = Doubles.Decimal(text);
        Require(Doubles.Hex(value) == bits, field, $"the decimal {text} has the bits {Doubles.Hex(value)}, but {bits} stands beside it");
        return value;
    }

    private string[][] Rows(string field) =>
        [.. List(field).Select(row => ((List<object?>)row!).Cast<string>().ToArray())];

    private static bool Same(string[][] one, string[][] other) =>
        one.Select(row => row.Length).SequenceEqual(other.Select(row => row.Length)) && one.All(row => row.Length == one[0].Length);

    private static double[,] Matrix(string[][] rows, Func<int, int, double> value)
    {
        var matrix = new double[rows.Length, rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[0].Length; column++)
            {
                matrix[row, column] = value(row, column);
            }
        }

        return matrix;
    }
}
