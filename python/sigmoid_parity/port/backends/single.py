"""The sigmoid of floats in LLVM IR, in four stages for `pipeline`: one division for two vectors, or one for each.

With k the integer nearest to -x / ln 2 and r = x + k ln 2, exp(-x) = 2^k M / P, where exp(r) = P / M is a rational
function: P = A + r B and M = A - r B, with A and B even. So the sigmoid is P / (P + 2^k M): python/docs/kernels.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # The constants are for tests without llvmlite too.
    from sigmoid_parity.port.backends.lanes import Lanes

_hex = float.fromhex

SHIFT: Final = _hex("0x1.8p52") + 1023
"""Adding it rounds a double to an integer k, and leaves k + 1023, the exponent field of 2^k, in the low bits."""

PER_LN2: Final = _hex("0x1.71547652b82fep+0")
LN2: Final = _hex("0x1.62e42fefa39efp-1")
LOWEST: Final = -104.0  # From here on down the result is less than half the smallest float.
HIGHEST: Final = 87.0  # From here on the result is 1.

# With t = r^2 + H: A = t^2 + G and B = B1 t + B0. tests/port/remez.py computes them.
H: Final = _hex("0x1.685c4e3d65587p+6")
G: Final = _hex("-0x1.9226e4167cb11p+12")
B1: Final = _hex("0x1.403d810c9eb42p+4")
B0: Final = _hex("-0x1.e12085ed43eaep+9")

ERROR: Final = 138
"""A bound on the error of the double that is rounded to a float, in units of its last place."""

UNSURE: Final = 1 << 8
"""How near the midpoint of two floats a double may be to be left to libm, in such units."""

_LARGER: Final = _hex("0x1p200")  # Than every denominator of a number from `LOWEST` on.
_LARGEST: Final = _hex("0x1p1000")  # A product of two denominators, whose reciprocal is a normal number yet.
_EXPONENT: Final = 52  # Where it starts in the encoding of a double.
_EXPONENTS: Final = 1 << 11
_BESIDE_FLOAT: Final = 3  # Bits of a double's low word that are a float's too.
_MIDPOINT: Final = 1 << 31  # A low word without these, at the midpoint of two floats.

Stage = list[Any]
"""What a stage leaves to the next, for all vectors."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A vector that is kept from turn to turn, and tells at last whether some result cannot be vouched for.

    :ivar first: returns it before the first turn.
    :ivar joined: emits it with another vector considered.
    :ivar tells: emits whether some lane cannot be vouched for, as an i1.
    """

    first: Callable[[Lanes], Any]
    joined: Callable[[Lanes, Any, Any], Any]
    tells: Callable[[Lanes, Any], Any]


NEAREST: Final = Mark(
    lambda lanes: lanes.halves(-1),
    lambda lanes, mark, words: lanes.smaller(words, mark),
    lambda lanes, mark: lanes.any_below(mark, 2 * UNSURE << _BESIDE_FLOAT),
)
"""Of low words less a midpoint: whether a result is too near the midpoint of two floats."""

OUTSIDE: Final = Mark(
    lambda lanes: lanes.words(0),
    lambda lanes, mark, shifted: lanes.differences(mark, shifted, SHIFT - 1023),
    lambda lanes, mark: lanes.any_from(mark, _EXPONENTS),
)
"""Of sums with `SHIFT`: whether some k + 1023 is no exponent field, for the number is too large, or NaN."""

LARGEST: Final = Mark(
    lambda lanes: lanes.doubles(0.0),
    lambda lanes, mark, product: lanes.larger(product, mark),
    lambda lanes, mark: lanes.any_of(lanes.b.fcmp_ordered(">", mark, lanes.doubles(_LARGEST))),
)
"""Of products of denominators: whether some are too large to be divided by."""

Note = Callable[[Mark, Any], None]
"""Emits what a mark makes of a vector."""


def reduced(lanes: Lanes, vectors: Sequence[Any], note: Note, careful: bool) -> Stage:
    """Emit r and 2^k of each vector of floats.

    :param careful: whether numbers out of range are replaced by others of the same result, rather than noted.
    """
    return [part for x in vectors for part in _reduced(lanes, lanes.widen(x), note, careful)]


def fractions(lanes: Lanes, values: Stage) -> Stage:
    """Emit numerator and denominator of the sigmoid, from r and 2^k."""
    return [part for r, scale in _pairs(values) for part in _fraction(lanes, r, scale)]


def divided(lanes: Lanes, values: Stage, note: Note, careful: bool) -> Stage:  # noqa: ARG001 - the other one needs them
    """Emit a division for each numerator and denominator."""
    return [lanes.b.fdiv(numerator, denominator) for numerator, denominator in _pairs(values)]


def divided_at_once(lanes: Lanes, values: Stage, note: Note, careful: bool) -> Stage:
    """Emit one division for two numerators and denominators: two divisions of 512 bits take Intel's processors longer.

    :param careful: whether a denominator that is NaN is replaced, so that NaN, which its numerator is too, stays in its
        own vector.
    """
    b, (p, d, q, e) = lanes.b, values
    if careful:
        d, e = (lanes.limited(part, _LARGER) for part in (d, e))
    product = b.fmul(d, e)
    if not careful:
        note(LARGEST, product)
    reciprocal = b.fdiv(lanes.doubles(1.0), product)
    return [b.fmul(b.fmul(p, e), reciprocal), b.fmul(b.fmul(q, d), reciprocal)]


def note_midpoints(lanes: Lanes, results: Stage, note: Note) -> None:
    """Note how far each lane of two vectors is from the midpoint of two floats."""
    b, low = lanes.b, lanes.low_words(*results)
    shifted = b.shl(low, lanes.same(low, _BESIDE_FLOAT))
    note(NEAREST, b.sub(shifted, lanes.same(low, _MIDPOINT - (UNSURE << _BESIDE_FLOAT))))


def _reduced(lanes: Lanes, x: Any, note: Note, careful: bool) -> tuple[Any, Any]:
    b, x = lanes.b, lanes.clamp(x, LOWEST, HIGHEST) if careful else x
    shifted = lanes.fma(x, lanes.doubles(-PER_LN2), lanes.doubles(SHIFT))
    if not careful:
        note(OUTSIDE, shifted)
    k = b.fsub(shifted, lanes.doubles(SHIFT))
    scale = lanes.as_doubles(b.shl(lanes.as_words(shifted), lanes.words(_EXPONENT)))
    return lanes.fma(k, lanes.doubles(LN2), x), scale


def _fraction(lanes: Lanes, r: Any, scale: Any) -> tuple[Any, Any]:
    t = lanes.fma(r, r, lanes.doubles(H))
    even = lanes.fma(t, t, lanes.doubles(G))
    odd = lanes.fma(t, lanes.doubles(B1), lanes.doubles(B0))
    p, m = lanes.fma(r, odd, even), lanes.fma(lanes.b.fneg(r), odd, even)
    return p, lanes.fma(m, scale, p)


def _pairs(values: Stage) -> list[tuple[Any, Any]]:
    return list(pairwise(values))[::2]
