using System.Globalization;

namespace SigmoidParity.Tests.Comparing;

/// <summary>Doubles as bits, as decimals, and how far apart two of them are; see fixtures/README.md, "Comparing".</summary>
public static class Doubles
{
    private const string NotANumber = "7ff8000000000000";

    /// <summary>Returns the 16 hex digits of a double's encoding, the sign first; every NaN as the quiet one.</summary>
    public static string Hex(double value) =>
        double.IsNaN(value) ? NotANumber : BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Writes a double as decimal and as bits.</summary>
    public static string Show(double value) => $"{value.ToString("R", CultureInfo.InvariantCulture)} ({Hex(value)})";

    /// <summary>Reads a decimal whose form is known to be right: digits, <c>inf</c>, <c>-inf</c> or <c>nan</c>.</summary>
    public static double Decimal(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// Counts the steps from one double to the other along all finite doubles; 0 for equal ones and for two NaN; null where
    /// no bound on rounding may excuse the difference: NaN or infinity on one side, zeros of other signs.
    /// </summary>
    public static ulong? Distance(double one, double other)
    {
        if (BitConverter.DoubleToUInt64Bits(one) == BitConverter.DoubleToUInt64Bits(other) || (double.IsNaN(one) && double.IsNaN(other)))
        {
            return 0;
        }

        if (!double.IsFinite(one) || !double.IsFinite(other) || (one == 0.0 && other == 0.0))
        {
            return null;
        }

        var (first, second) = (Place(one), Place(other));
        return first > second ? first - second : second - first;
    }

    private static ulong Place(double value)
    {
        const ulong Sign = 1UL << 63;
        var bits = BitConverter.DoubleToUInt64Bits(value);
        return bits < Sign ? Sign + bits : Sign - (bits - Sign);
    }
}
