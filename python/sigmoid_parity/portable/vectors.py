"""The functions on eight lanes, in LLVM IR: `scalar`'s operations in `scalar`'s order.

A product and the sum that follows may be fused where the processor can: in exp that only makes errors smaller, and what
is exact stays so. In the formulas around exp nothing is fused.
"""

from __future__ import annotations

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
    b, u = lanes.b, argument
    of, fused = lanes.doubles, lanes.fusible
    shifted = fused(u, of(PER_STEP), of(ROUND))
    k = b.fsub(shifted, of(ROUND))
    rest = fused(k, of(-L1), u)
    r = fused(k, of(-L2), rest)
    cut = b.fsub(b.fadd(r, of(CUT)), of(CUT))
    word = lanes.as_words(shifted)
    index = b.and_(word, lanes.words(SIZE - 1))
    t1, t2 = lanes.look_up(table, b.shl(index, lanes.words(1)))
    high = fused(t1, cut, t1)
    lost = fused(t1, cut, b.fsub(t1, high))
    tail = fused(k, of(-L2), b.fsub(rest, cut))
    total = fused(b.fmul(r, r), _bracket(lanes, r), tail)
    low = b.fadd(lost, fused(b.fadd(t1, t2), total, fused(t2, cut, t2)))
    below = b.fadd(high, b.fsub(low, of(ERROR)))
    above = b.fadd(high, b.fadd(low, of(ERROR)))
    exponent = b.shl(b.ashr(word, lanes.words(BITS)), lanes.words(_FRACTION))
    z = lanes.as_doubles(b.add(lanes.as_words(below), exponent))
    too_large = b.fcmp_unordered(">", size, lanes.doubles(NORMAL))  # Or NaN.
    return z, b.or_(b.fcmp_unordered("!=", below, above), too_large)


def _bracket(lanes: Lanes, r: Any) -> Any:
    """Emit 1/2 + r/6 and so on: the series of exp behind r, over r squared."""
    total = lanes.doubles(C6)
    for coefficient in (C5, C4, C3, 0.5):
        total = lanes.fusible(r, total, lanes.doubles(coefficient))
    return total
