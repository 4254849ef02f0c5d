"""The exact phase: exp rounded correctly, in integers, for the few inputs that the fast phase leaves undecided."""

from __future__ import annotations

import struct
from typing import Final

from sigmoid_parity.portable.constants import LN2, LN2_BITS

PRECISIONS: Final = (192, 320, 448)
"""Working precisions in bits, tried in turn. The hardest double known needs some 113: the first has always sufficed."""

_HALVINGS: Final = 6
_BOUND: Final = 1 << 16
"""More than the error of `_exponential`, in units of its last bit."""


def exp(u: float) -> float:
    """Compute the exponential function rounded correctly: to nearest, subnormal results included.

    :param u: neither 0 nor so large that the result is infinite or 0.
    :raises ArithmeticError: the last of `PRECISIONS` does not decide, which no double is known to need.

    Source: Ziv, Fast Evaluation of Elementary Mathematical Functions with Correctly Rounded Last Bit, ACM TOMS 17(3),
    1991.
    """
    for bits in PRECISIONS:
        significand, exponent = _exponential(u, bits)
        below, above = (_encoding(significand + error, bits, exponent) for error in (-_BOUND, _BOUND))
        if below == above:
            (value,) = struct.unpack("<d", struct.pack("<Q", below))
            return float(value)
    raise ArithmeticError(f"exp({u!r}): {PRECISIONS[-1]} bits do not tell how to round it")


def _exponential(u: float, bits: int) -> tuple[int, int]:
    """Return exp(u) as an integer times 2^(exponent - bits), and that exponent; the integer is off by some 2^15."""
    numerator, denominator = u.as_integer_ratio()
    ln2 = LN2 >> (LN2_BITS - bits)
    exponent, rest = divmod((numerator << bits) // denominator, ln2)
    rest >>= _HALVINGS
    total = term = 1 << bits
    place = 1
    while term := (term * rest >> bits) // place:
        total += term
        place += 1
    for _ in range(_HALVINGS):
        total = total * total >> bits
    return total, exponent


def _encoding(significand: int, bits: int, exponent: int) -> int:
    """Round ``significand`` 2^(exponent - bits), in about [1, 2) 2^exponent, to the encoding of a double."""
    free = exponent - bits
    last = free + bits + (significand >> bits) - 53  # The exponent of a normal double's last bit.
    shift = max(last, -1074) - free
    return (shift + free + 1074 << 52) + (significand + (1 << shift - 1) >> shift)
