"""The oracle: what the right answer is, and what the documented formula gives when nothing is lost but by rounding.

Two values for each function, each with no use of the platform's libm or floating-point unit:

- *exact*: the true value, rounded once to the nearest double (ties to even);
- *formula*: every operation of the documented formula rounded once, exp included. It is what an implementation
  of the formula gives whose exp is correctly rounded; .NET's and CPython's exp nearly is.

mpmath evaluates with rising precision until the rounding is certain (Ziv's strategy); sums, products and quotients
of doubles are exact fractions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final

from sigmoid_parity import extras

PRECISIONS: Final = (128, 256, 512, 1024, 2048, 4096)
"""Working precisions in bits, tried in turn."""

_GUARD_BITS: Final = 16
_NO_TRACE: Final = -1200  # A value below 2 to this power leaves no trace in any double.
_EXP_RANGE: Final = (-746.0, 710.0)  # Outside, exp is 0 or beyond the largest double.


@dataclass(frozen=True)
class Rounded:
    """A true value as its nearest double, and what that leaves over.

    :ivar value: the nearest double.
    :ivar leftover: true value - ``value``, in ULP of ``value``; within [-0.5, 0.5], and 0 beside an infinity or NaN.
    """

    value: float
    leftover: float


def exact_activation(x: float) -> Rounded:
    """Round the true sigmoid at x once. Source: D2's definition."""
    if not math.isfinite(x):
        return Rounded(_limits(x, 0.0, 1.0), 0.0)
    return _ziv(lambda mp: 1 / (1 + mp.exp(-mp.mpf(x))))


def exact_derivative(x: float) -> Rounded:
    """Round the sigmoid's true derivative at x once. Source: D3, step 10."""
    if not math.isfinite(x):
        return Rounded(_limits(x, 0.0, 0.0), 0.0)

    def evaluate(mp: Any) -> Any:
        z = mp.exp(-abs(mp.mpf(x)))
        return z / (1 + z) ** 2

    return _ziv(evaluate)


def exact_d_activation(y: float) -> Rounded:
    """Round the true (1 - y) y of a double y once; a zero has the sign that the formula gives it. Source: D2."""
    if not math.isfinite(y):
        return Rounded(_limits(y, -math.inf, -math.inf), 0.0)
    true = (1 - Fraction(y)) * Fraction(y)
    return _leftover(true, _nearest(true)) if true else Rounded(math.copysign(0.0, y), 0.0)


def formula_activation(x: float) -> float:
    """Evaluate 1.0 / (1.0 + exp(-x)), each operation correctly rounded. Source: D2."""
    if math.isnan(x):
        return math.nan
    power = exp(-x)
    return 0.0 if math.isinf(power) else _nearest(1 / Fraction(_nearest(1 + Fraction(power))))


def amplification(x: float) -> int:
    """Return how many ULP of (1 - y) y one ULP of y may become, y = `formula_activation` (x) below 1: 1 / (1 - y).

    Rounded up to a whole number. An error e of y is a relative error of e (1 - 2y) / ((1 - y) y) in the result.
    """
    return math.ceil(1 / (1 - Fraction(formula_activation(x))))


def formula_d_activation(y: float) -> float:
    """Evaluate (1.0 - y) * y, each operation correctly rounded. Source: D2."""
    if not math.isfinite(y):
        return _limits(y, -math.inf, -math.inf)
    difference = _nearest(1 - Fraction(y))
    product = Fraction(difference) * Fraction(y)
    return _nearest(product) if product else math.copysign(0.0, y)


def formula_derivative(x: float) -> float:
    """Evaluate (1.0 - y) * y at y = `formula_activation` (x). Source: D4."""
    return formula_d_activation(formula_activation(x))


def formula_stable_derivative(x: float) -> float:
    """Evaluate the formula of `stable_derivative` at z = exp(-abs(x)), each operation correctly rounded."""
    if math.isnan(x):
        return math.nan
    z = exp(-abs(x))
    w = add(add(z, z), multiply(z, z))
    d = add(1.0, w)
    if z < 0.125:  # noqa: PLR2004 - where the formula has two branches
        return add(z, -multiply(z, divide(w, d)))
    q = divide(z, d)
    lost = add(w, -add(d, -1.0))
    return add(q, -multiply(multiply(q, lost), add(1.0, -z)))


def exp(value: float) -> float:
    """Round the true exponential function of a double once; beyond the largest double it is infinity."""
    low, high = _EXP_RANGE
    if value < low:
        return 0.0
    if value > high:
        return math.inf
    return _ziv(lambda mp: mp.exp(mp.mpf(value))).value


def add(left: float, right: float) -> float:
    """Add two finite doubles and round once."""
    true = Fraction(left) + Fraction(right)
    return _nearest(true) if true else _zero(left, right)


def multiply(left: float, right: float) -> float:
    """Multiply two finite doubles and round once; a zero has the sign that IEEE 754 gives it."""
    product = Fraction(left) * Fraction(right)
    return math.copysign(_nearest(product), math.copysign(1.0, left) * math.copysign(1.0, right))


def divide(left: float, right: float) -> float:
    """Divide a finite double that is not negative by one above 0, and round once."""
    return _nearest(Fraction(left) / Fraction(right))


def agreed(evaluate: Callable[[Any], list[Any]], digits: int) -> list[str]:
    """Write true values with so many significant digits, all of which hold at two working precisions.

    :param evaluate: computes the values in the mpmath context that it is given.
    :param digits: how many, after which the value is rounded.
    :raises ArithmeticError: no two precisions in a row agree on all digits.
    """
    mp = context()
    before: list[str] = []
    for precision in PRECISIONS[1:]:
        mp.prec = precision
        now = [mp.nstr(value, digits, min_fixed=-4, max_fixed=4) for value in evaluate(mp)]
        if now == before:
            return now
        before = now
    raise ArithmeticError(f"{digits} digits are not certain at {PRECISIONS[-1]} bits")


FORMULA: Final[Mapping[str, Callable[[float], float]]] = {
    "activation": formula_activation,
    "d_activation": formula_d_activation,
    "derivative": formula_derivative,
    "stable_derivative": formula_stable_derivative,
}
"""The documented formula of each function, by the function's name."""

EXACT: Final[Mapping[str, Callable[[float], Rounded]]] = {
    "activation": exact_activation,
    "d_activation": exact_d_activation,
    "derivative": exact_derivative,
    "stable_derivative": exact_derivative,
}
"""The true value of each function, by the function's name."""


def rounding_distance(value: float, precision: int = PRECISIONS[0]) -> float:
    """Measure how far exp(value) is from the nearest midpoint of two doubles, in ULP: near 0, it is hard to round.

    :param value: a double at which exp is a normal double.
    :param precision: working precision, in bits.
    """
    from mpmath.libmp import from_float, mpf_exp

    mantissa = int(mpf_exp(from_float(value), precision)[1])
    rest = max(mantissa.bit_length() - 53, 0)  # Bits of the true value behind those of a double.
    return abs((mantissa & ((1 << rest) - 1)) / (1 << rest) - 0.5)


@cache
def context() -> Any:
    """Return an mpmath context of this package's own, so that its precision is nobody else's.

    :raises MissingError: mpmath is not installed.
    """
    with extras.needed("mpmath", "exact values", "oracle"):
        from mpmath import MPContext
    return MPContext()


def _ziv(evaluate: Callable[[Any], Any]) -> Rounded:
    mp = context()
    for precision in PRECISIONS:
        mp.prec = precision
        value = evaluate(mp)
        error = mp.ldexp(abs(value), _GUARD_BITS - precision)
        low, high = (_nearest(_fraction(mp, bound)) for bound in (value - error, value + error))
        if low == high:
            return _leftover(_fraction(mp, value), low)
    raise ArithmeticError(f"no rounding is certain at {PRECISIONS[-1]} bits")


def _fraction(mp: Any, value: Any) -> Fraction:
    _, exponent = mp.frexp(value)
    if exponent < _NO_TRACE:
        return Fraction(0)
    sign, mantissa, power, _ = value._mpf_
    return Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(power)


def _zero(left: float, right: float) -> float:
    # A sum that is exactly 0 is +0, unless both are -0.
    return -0.0 if math.copysign(1.0, left) == math.copysign(1.0, right) == -1.0 and left == right == 0.0 else 0.0


def _nearest(value: Fraction) -> float:
    try:
        return float(value)  # The quotient of two ints, which Python rounds correctly, subnormals included.
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _leftover(true: Fraction, rounded: float) -> Rounded:
    if math.isinf(rounded):
        return Rounded(rounded, 0.0)
    return Rounded(rounded, float((true - Fraction(rounded)) / Fraction(math.ulp(rounded))))


def _limits(argument: float, at_minus_infinity: float, at_plus_infinity: float) -> float:
    if math.isnan(argument):
        return math.nan
    return at_plus_infinity if argument > 0 else at_minus_infinity
