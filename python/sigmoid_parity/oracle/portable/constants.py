"""The constants of the portable exp, each an integer and a power of two, so that any language reads them exactly.

With N = 128: ``STEPS`` is N / ln 2; ``STEP_HIGH`` + ``STEP_LOW`` is ln 2 / N; ``TABLE_HIGH`` + ``TABLE_LOW``, at i, is
2^(i / N); ``LN2`` is ln 2 for the exact phase. python/docs/portable.md says why they have so many bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sigmoid_parity.oracle import mpfr

SIZE: Final = 128
"""Entries of the table: powers of two a 128th apart."""

_DOUBLE: Final = 53
_PRECISION: Final = 1024  # Bits; the longest constant has 512.


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, or a table of them, as integers times a power of two.

    :ivar integers: one for each number; below 2^53 in size where they are to be doubles.
    :ivar bits: how many of the bits stand behind the point: each number is its integer times 2^-bits.
    """

    integers: tuple[int, ...]
    bits: int

    @property
    def is_long(self) -> bool:
        """Whether it is one integer that is longer than a double's 53 bits."""
        return self.integers[0].bit_length() > _DOUBLE


@cache
def constants() -> Mapping[str, Constant]:
    """Compute the constants, each rounded once to its last bit.

    :raises MissingError: gmpy2 is not installed.
    """
    with mpfr.precise(_PRECISION):
        ln2 = mpfr.library().log(mpfr.number(2.0))
        powers = [mpfr.exp(i * ln2 / SIZE) for i in range(SIZE)]
        return {
            "STEPS": _nearest([SIZE / ln2], 45),
            **_split("STEP", [ln2 / SIZE], 42, 96),
            **_split("TABLE", powers, 26, 79),
            "LN2": _nearest([ln2], 512),
        }


def _split(name: str, values: list[Any], high: int, low: int) -> dict[str, Constant]:
    first = _nearest(values, high)
    rest = [value - integer / mpfr.number(2.0) ** high for value, integer in zip(values, first.integers, strict=True)]
    return {f"{name}_HIGH": first, f"{name}_LOW": _nearest(rest, low)}


def _nearest(values: list[Any], bits: int) -> Constant:
    scale = mpfr.number(2.0) ** bits
    return Constant(tuple(int(mpfr.library().rint(value * scale)) for value in values), bits)
