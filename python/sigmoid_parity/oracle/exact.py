"""The two expected values of a function, neither by the platform's libm nor by its floating-point unit.

- *formula*: the documented formula, every operation rounded once to binary64, exp included;
- *exact*: the true value, rounded once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from sigmoid_parity.oracle import formulas, mpfr
from sigmoid_parity.oracle.formulas import Function


@dataclass(frozen=True, slots=True)
class Rounded:
    """A true value as its nearest double, and what that leaves over.

    :ivar value: the nearest double, ties to even.
    :ivar leftover: true value - ``value``, in ULP of ``value``; within [-0.5, 0.5], and 0 beside an infinity or NaN.
    """

    value: float
    leftover: float


def formula(function: str, argument: float) -> float:
    """Evaluate a function's documented formula, each operation rounded once to binary64.

    :param function: one that has fixtures, by its name in Python.
    """
    return _in_binary64(formulas.DOCUMENTED[function], argument)


def exact(function: str, argument: float) -> Rounded:
    """Round a function's true value at a double once.

    :param function: one that has fixtures, by its name in Python.
    """
    true = formulas.TRUE[function]
    value = mpfr.certain(lambda: true(mpfr.number(argument)), float)
    nearest = float(value)
    if not math.isfinite(nearest):
        return Rounded(nearest, 0.0)
    with mpfr.precise(value.precision):
        return Rounded(nearest, float((value - nearest) / math.ulp(nearest)))


def exp(argument: float) -> float:
    """Round the true exponential function of a double once; beyond the largest double it is infinity."""
    return _in_binary64(mpfr.exp, argument)


def formula_activation(x: float) -> float:
    """Evaluate 1.0 / (1.0 + exp(-x)), each operation rounded once to binary64. Source: D2."""
    return formula("activation", x)


def exact_activation(x: float) -> Rounded:
    """Round the true sigmoid at x once. Source: D2's definition."""
    return exact("activation", x)


def exact_derivative(x: float) -> Rounded:
    """Round the sigmoid's true derivative at x once. Source: D3, step 10."""
    return exact("derivative", x)


def amplification(x: float) -> int:
    """Return how many ULP of (1 - y) y one ULP of y may become, y = `formula_activation` (x) below 1: 1 / (1 - y).

    Rounded up to a whole number. An error e of y is a relative error of e (1 - 2y) / ((1 - y) y) in the result.
    """
    return math.ceil(1 / (1 - Fraction(formula_activation(x))))


def _in_binary64(evaluate: Function, argument: float) -> float:
    with mpfr.binary64():
        return float(evaluate(mpfr.number(argument)))
