using System;
using System.Globalization;
using System.Numerics;

namespace SigmoidParity.Portable
{
    /// <summary>exp rounded correctly, in integers, for the few arguments that the fast phase leaves undecided.</summary>
    /// <remarks>Source: Ziv, Fast Evaluation of Elementary Mathematical Functions, ACM TOMS 17(3), 1991.</remarks>
    internal static class ExactPhase
    {
        private const int Halvings = 6;

        private static readonly int[] Precisions = { 192, 320, 448 }; // In bits; the first has always sufficed.
        private static readonly BigInteger Bound = 1 << 16; // On the error, in units of the last bit.
        private static readonly BigInteger Ln2 =
            BigInteger.Parse("0" + Constants.Ln2, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

        /// <summary>Rounds exp(u) to nearest.</summary>
        /// <param name="u">Not 0, and so small that the result is finite.</param>
        internal static double Exp(double u)
        {
            foreach (int bits in Precisions)
            {
                BigInteger whole, significand = Exponential(u, bits, out whole);
                long below = Encoding(significand - Bound, bits, (int)whole);
                if (below == Encoding(significand + Bound, bits, (int)whole))
                    return BitConverter.Int64BitsToDouble(below);
            }
            throw new ArithmeticException("448 bits do not tell how to round exp(" + u.ToString("R") + ").");
        }

        // exp(u) as an integer times 2^(whole - bits).
        private static BigInteger Exponential(double u, int bits, out BigInteger whole)
        {
            BigInteger ln2 = Ln2 >> (Constants.Ln2Bits - bits), rest;
            whole = BigInteger.DivRem(FixedPoint(u, bits), ln2, out rest);
            if (rest.Sign < 0)
            {
                whole -= 1;
                rest += ln2;
            }
            rest >>= Halvings;
            BigInteger sum = BigInteger.One << bits, term = sum;
            for (int place = 1; (term = (term * rest >> bits) / place).Sign > 0; place++)
                sum += term;
            for (int square = 0; square < Halvings; square++)
                sum = sum * sum >> bits;
            return sum;
        }

        private static BigInteger FixedPoint(double u, int bits)
        {
            long encoding = BitConverter.DoubleToInt64Bits(u);
            int field = (int)(encoding >> 52) & 0x7FF;
            long size = (encoding & 0xFFFFFFFFFFFFF) | (field == 0 ? 0 : 1L << 52);
            int shift = Math.Max(field, 1) - 1075 + bits;
            BigInteger integer = encoding < 0 ? -size : size;
            return shift < 0 ? integer >> -shift : integer << shift;
        }

        // Rounds significand 2^(whole - bits) to nearest; the encoding of a double, whose last bit is 2^-1074 at least.
        private static long Encoding(BigInteger significand, int bits, int whole)
        {
            int shift = Math.Max(bits + (int)(significand >> bits) - 53, bits - whole - 1074);
            BigInteger rounded = (significand + (BigInteger.One << (shift - 1))) >> shift;
            return ((long)(whole - bits + shift + 1074) << 52) + (long)rounded;
        }
    }
}
