"""The table of glibc's exp: 2^(i/128) for i = 0 to 127, each as the nearest double and what that leaves over.

The values are not copied from a library: they are computed here, with integers.
"""

from __future__ import annotations

import struct
from fractions import Fraction
from math import isqrt
from typing import Final

BITS: Final = 7
SIZE: Final = 1 << BITS
_PRECISION: Final = 192  # Bits behind the point; a double and its leftover need about 110.


def entries() -> list[int]:
    """Compute the table as 64-bit words: for each i the leftover T, then the double H less i / 128 in its exponent.

    With H the double nearest to 2^(i/128), T is the double nearest to (2^(i/128) - H) / H. Adding k / 128 to the second
    word's exponent field, k = 128 q + i, gives H times 2^q.

    Source: glibc 2.28 and later, ``sysdeps/ieee754/dbl-64/e_exp.c``, for what the table holds.
    """
    words = []
    for i in range(SIZE):
        power = _power(i)
        nearest = float(power)
        leftover = float((power - Fraction(nearest)) / Fraction(nearest))
        words += [_word(leftover), _word(nearest) - (i << (52 - BITS))]
    return words


def _power(i: int) -> Fraction:
    root = 1 << (i + (_PRECISION << BITS))
    for _ in range(BITS):
        root = isqrt(root)  # Seven square roots are a 128th root.
    return Fraction(root, 1 << _PRECISION)


def _word(value: float) -> int:
    (word,) = struct.unpack("<Q", struct.pack("<d", value))
    return int(word)
