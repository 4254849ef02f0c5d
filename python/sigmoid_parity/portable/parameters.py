"""The numbers that the portable exp computes with: the constants as doubles, and its bounds.

Source: python/docs/portable.md, which derives each.
"""

from __future__ import annotations

from typing import Final

from sigmoid_parity.portable import constants

SIZE: Final = 128
"""Entries of the table: 2^(i/128)."""

BITS: Final = 7
"""The binary logarithm of that."""

PER_STEP: Final = constants.STEPS / (1 << constants.STEPS_BITS)
"""128 / ln 2."""

L1: Final = constants.STEP_HIGH / (1 << constants.STEP_HIGH_BITS)
"""ln 2 / 128, of few enough bits that a multiple of it by the step's number is exact."""

L2: Final = constants.STEP_LOW / (1 << constants.STEP_LOW_BITS)
"""What that leaves of ln 2 / 128."""

HIGH: Final = tuple(integer / (1 << constants.TABLE_HIGH_BITS) for integer in constants.TABLE_HIGH)
"""2^(i/128), with 26 bits behind the point."""

LOW: Final = tuple(integer / (1 << constants.TABLE_LOW_BITS) for integer in constants.TABLE_LOW)
"""What that leaves of 2^(i/128)."""

ROUND: Final = 1.5 * (1 << 52)
"""Added to a double and subtracted again, it leaves the nearest integer."""

CUT: Final = 1.5 * (1 << 18)
"""Added to a double and subtracted again, it leaves the nearest multiple of 2^-34."""

C3: Final = 1.0 / 6.0
"""The series of exp, as the next three."""

C4: Final = 1.0 / 24.0
C5: Final = 1.0 / 120.0
C6: Final = 1.0 / 720.0

ERROR: Final = 1 / (1 << 67)
"""The bound on the error of the sum that stands for exp's significand, in [0.99, 2)."""

ULP: Final = 1 / (1 << 52)
"""More than that error and the rounding of that sum to a double."""

SATURATED: Final = 36.8
"""From here on 1 + exp(-x) is 1."""

EDGE: Final = 709.78
"""Up to here exp's power of two is a double. Above it only the exact phase computes."""

LOWEST: Final = -1022
"""From this power of two down exp may be subnormal."""

HALFWAY: Final = 600
"""A result is scaled down to a subnormal in two steps; the second, by 2^-600, is the one that rounds."""
