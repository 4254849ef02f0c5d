"""The functions on eight lanes, in LLVM IR: `scalar`'s operations in `scalar`'s order.

A product and the sum that follows may be fused where the processor can: in exp that only makes errors smaller, and what
is exact stays so. In the formulas around exp nothing is fused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sigmoid_parity.functions import BRANCH
from sigmoid_parity.portable.parameters import (
    BITS,
    C3,
    C4,
    C5,
    C6,
    CUT,
    ERROR,
    L1,
    L2,
    PER_STEP,
    ROUND,
    SIZE,
)

if TYPE_CHECKING:
    from sigmoid_parity.port.backends.lanes import Lanes

Answer = tuple[Any, Any]
"""The results, and a mask of the lanes that are left to `compiled`'s functions of one double."""

NORMAL: Final = 708.0
"""Up to here exp(x) and exp(-x) are normal doubles, and so is their power of two."""

_FRACTION: Final = 52  # Bits of a double's encoding below its exponent.
_FUSIBLE: Final = ("contract",)


@dataclass(frozen=True, slots=True)
class _Fusible:
    """Eight doubles whose operators emit instructions that may be fused."""

    lanes: Lanes
    value: Any

    def __add__(self, other: _Fusible | float) -> _Fusible:
        return _Fusible(self.lanes, self.lanes.b.fadd(self.value, self._of(other), flags=_FUSIBLE))

    def __sub__(self, other: _Fusible | float) -> _Fusible:
        return _Fusible(self.lanes, self.lanes.b.fsub(self.value, self._of(other), flags=_FUSIBLE))

    def __mul__(self, other: _Fusible | float) -> _Fusible:
        return _Fusible(self.lanes, self.lanes.b.fmul(self.value, self._of(other), flags=_FUSIBLE))

    def _of(self, other: _Fusible | float) -> Any:
        return other.value if isinstance(other, _Fusible) else self.lanes.doubles(other)


def activation(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit 1 / (1 + exp(-x))."""
    b, one, x = lanes.b, lanes.doubles(1.0), lanes.widen(x)
    z, left = _exp(lanes, table, b.fneg(x), lanes.absolute(x))
    return b.fdiv(one, b.fadd(one, z)), left


def derivative(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit (1 - y) y at y = `activation` (x)."""
    y, left = activation(lanes, table, x)
    return lanes.b.fmul(lanes.b.fsub(lanes.doubles(1.0), y), y), left


def stable_derivative(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit the formula of `sigmoid_parity.stable_derivative` at z = exp(-abs(x)), both branches at once."""
    b, one, size = lanes.b, lanes.doubles(1.0), lanes.absolute(lanes.widen(x))
    z, left = _exp(lanes, table, b.fneg(size), size)
    w = b.fadd(b.fadd(z, z), b.fmul(z, z))
    d = b.fadd(one, w)
    q = b.fdiv(z, d)
    lost = b.fmul(b.fsub(w, b.fsub(d, one)), b.fsub(one, z))
    small = b.fcmp_ordered("<", z, lanes.doubles(BRANCH))
    return b.fsub(b.select(small, z, q), b.fmul(q, b.select(small, w, lost))), left


def _exp(lanes: Lanes, table: Any, argument: Any, size: Any) -> Answer:
    """Emit exp of an argument; left are the lanes that are too large, or not certain."""
    b, u = lanes.b, _Fusible(lanes, argument)
    shifted = u * PER_STEP + ROUND
    k = shifted - ROUND
    rest = u - k * L1
    r = rest - k * L2
    cut = r + CUT - CUT
    word = lanes.as_words(shifted.value)
    index = b.and_(word, lanes.words(SIZE - 1))
    t1, t2 = (_Fusible(lanes, found) for found in lanes.look_up(table, b.shl(index, lanes.words(1))))
    series = r * r * (((r * C6 + C5) * r + C4) * r * r + (r * C3 + 0.5))
    product = t1 * cut
    high = t1 + product
    low = product - (high - t1) + (t2 + (t2 * cut + (t1 + t2) * (rest - cut - k * L2 + series)))
    below, above = high + (low - ERROR), high + (low + ERROR)
    exponent = b.shl(b.ashr(word, lanes.words(BITS)), lanes.words(_FRACTION))
    z = lanes.as_doubles(b.add(lanes.as_words(below.value), exponent))
    too_large = b.fcmp_unordered(">", size, lanes.doubles(NORMAL))  # Or NaN.
    return z, b.or_(b.fcmp_unordered("!=", below.value, above.value), too_large)
