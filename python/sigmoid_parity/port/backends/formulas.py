"""The functions on eight lanes, in LLVM IR, with glibc's exp to the bit.

Each function returns its results, and which lanes it leaves to libm: a word per lane and a bound, below which it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sigmoid_parity.functions import BRANCH
from sigmoid_parity.port.backends.table import BITS, SIZE

if TYPE_CHECKING:  # The constants are for tests without llvmlite too.
    from sigmoid_parity.port.backends.lanes import Lanes

Answer = tuple[Any, tuple[Any, int]]
_hex = float.fromhex

_SHIFT: Final = _hex("0x1.8p52")  # Adding it rounds a double to an integer, which then stands in the low bits.
_PER_LN2: Final = _hex("0x1.71547652b82fep0") * SIZE
_LN2_HIGH: Final = _hex("0x1.62e42fefa0000p-8")
_LN2_LOW: Final = _hex("0x1.cf79abc9e3b39p-47")
_C2: Final = _hex("0x1.ffffffffffdbdp-2")
_C3: Final = _hex("0x1.555555555543cp-3")
_C4: Final = _hex("0x1.55555cf172b91p-5")
_C5: Final = _hex("0x1.1111167a4d017p-7")

_ONE_FROM: Final = 512.0  # From here on 1 + exp(-x) is 1, and a larger input changes nothing.
_ZERO_FROM: Final = -709.7828  # From here on down exp(-x) is infinite, in this formula too, and the result is 0.
_EDGE: Final = -709.77  # Between here and there the formula's scale overflows, though exp(-x) may not.
_TWO_STEPS_FROM: Final = 512.0  # From here on glibc scales a small power in two steps, with other roundings.
_UNDERFLOW_FROM: Final = 745.14  # From here on exp(-abs(x)) is 0.


def activation(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit 1 / (1 + exp(-x)), with the bits that glibc's exp gives."""
    one = lanes.doubles(1.0)
    limited = lanes.clamp(lanes.widen(x), _ZERO_FROM, _ONE_FROM)
    power = _exp_of_minus(lanes, table, limited)
    return lanes.b.fdiv(one, lanes.b.fadd(one, power)), lanes.position(limited, _EDGE, _ZERO_FROM)


def derivative(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit (1 - y) y at y = `activation` (x)."""
    y, left = activation(lanes, table, x)
    return lanes.b.fmul(lanes.b.fsub(lanes.doubles(1.0), y), y), left


def stable_derivative(lanes: Lanes, table: Any, x: Any) -> Answer:
    """Emit the formula of `sigmoid_parity.stable_derivative` at z = exp(-abs(x)), both branches at once."""
    b, size = lanes.b, lanes.absolute(lanes.widen(x))
    one, z = lanes.doubles(1.0), _exp_of_minus(lanes, table, size)
    w = b.fadd(b.fadd(z, z), b.fmul(z, z))
    d = b.fadd(one, w)
    q = b.fdiv(z, d)
    lost = b.fmul(b.fsub(w, b.fsub(d, one)), b.fsub(one, z))
    small = b.fcmp_ordered("<", z, lanes.doubles(BRANCH))
    slope = b.fsub(b.select(small, z, q), b.fmul(q, b.select(small, w, lost)))
    vanished = b.fcmp_ordered(">=", size, lanes.doubles(_UNDERFLOW_FROM))
    return (
        b.select(vanished, lanes.doubles(0.0), slope),
        lanes.position(size, _TWO_STEPS_FROM, _UNDERFLOW_FROM),
    )


def _exp_of_minus(lanes: Lanes, table: Any, x: Any) -> Any:
    # glibc's operations in glibc's order, each fused or rounded as there: k is the integer nearest to -128 x / ln 2,
    # and exp(-x) = 2^(k / 128) exp(r) with 2^(k / 128) = scale (1 + tail).
    b = lanes.b
    shifted = lanes.fma(lanes.doubles(-_PER_LN2), x, lanes.doubles(_SHIFT))
    k = b.fsub(shifted, lanes.doubles(_SHIFT))
    r = lanes.fma(k, lanes.doubles(-_LN2_HIGH), b.fneg(x))
    r = lanes.fma(k, lanes.doubles(-_LN2_LOW), r)
    word = lanes.as_words(shifted)
    tail, nearest = lanes.look_up(table, b.and_(b.shl(word, lanes.words(1)), lanes.words(2 * SIZE - 1)))
    scale = lanes.as_doubles(b.add(lanes.as_words(nearest), b.shl(word, lanes.words(52 - BITS))))
    square = b.fmul(r, r)
    low = lanes.fma(r, lanes.doubles(_C3), lanes.doubles(_C2))
    high = lanes.fma(r, lanes.doubles(_C5), lanes.doubles(_C4))
    total = lanes.fma(square, low, b.fadd(tail, r))
    return lanes.fma(scale, lanes.fma(b.fmul(square, square), high, total), scale)
