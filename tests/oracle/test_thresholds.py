"""The thresholds, found anew by bisection with the oracle, and wherever prose states them."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity import functions, resources
from sigmoid_parity.oracle import exact
from sigmoid_parity.port.functions import activation, stable_derivative

TOP = Path(__file__).parent.parent.parent


def first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Find by bisection, over the encodings, the first double above ``low`` at which something holds."""
    below, above = (struct.unpack("<q", struct.pack("<d", value))[0] for value in (low, high))
    while above - below > 1:
        middle = (below + above) // 2
        (value,) = struct.unpack("<d", struct.pack("<q", middle))
        below, above = (below, middle) if holds(value) else (middle, above)
    (found,) = struct.unpack("<d", struct.pack("<q", above))
    return float(found)


FOUND = {
    "SATURATED_FROM": lambda: first(lambda x: exact.formula_activation(x) == 1.0, 1.0, 100.0),
    "TRUE_ONE_FROM": lambda: first(lambda x: exact.exact_activation(x).value == 1.0, 1.0, 100.0),
    "OVERFLOW_BELOW": lambda: math.nextafter(-first(lambda x: math.isinf(exact.exp(x)), 1.0, 1000.0), 0.0),
    "VANISHES_FROM": lambda: first(lambda x: exact.formula("stable_derivative", x) == 0.0, 1.0, 1000.0),
}


@pytest.mark.parametrize("name", FOUND)
def test_each_is_where_the_oracle_has_it(name: str) -> None:
    """The constant is the very double at which the correctly rounded formula, or the true value, changes."""
    assert getattr(functions, name) == FOUND[name]()


def test_between_the_two_ones_the_true_y_is_not_rounded_to_one() -> None:
    """From 36.74 to 37.43 the nearest double to the true y is the one below 1; only the computed y is 1."""
    for x in (functions.SATURATED_FROM, 37.0, math.nextafter(functions.TRUE_ONE_FROM, 0.0)):
        assert exact.exact_activation(x).value == 0.9999999999999999
        assert exact.formula_activation(x) == activation(x) == 1.0
    assert activation(math.nextafter(functions.SATURATED_FROM, 0.0)) == 0.9999999999999998


def test_the_ties_of_the_sum_are_where_exp_is_between_two_powers() -> None:
    """Between the bounds, and only there, exp(-x) lies in [2^53, 2^54)."""
    low, high = functions.SUM_TIES
    for outside, inside, power in (
        (low, math.nextafter(low, 0.0), 2.0**54),
        (high, math.nextafter(high, -40.0), 2.0**53),
    ):
        assert (exact.exp(-outside) >= power) != (exact.exp(-inside) >= power)
        assert 2.0**53 <= exact.exp(-inside) < 2.0**54


def test_the_stable_derivative_vanishes_where_it_says() -> None:
    """Zero from the threshold on, of either sign, and above zero before it."""
    for sign in (1.0, -1.0):
        assert stable_derivative(sign * functions.VANISHES_FROM) == 0.0
        assert stable_derivative(sign * math.nextafter(functions.VANISHES_FROM, 0.0)) == 5e-324


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("csharp/SigmoidParity/Sigmoid.cs", functions.SATURATED_FROM),
        ("csharp/SigmoidParity/Sigmoid.cs", functions.OVERFLOW_BELOW),
        ("python/sigmoid_parity/port/functions.py", functions.SATURATED_FROM),
        ("python/sigmoid_parity/port/functions.py", functions.OVERFLOW_BELOW),
        ("python/sigmoid_parity/port/functions.py", functions.VANISHES_FROM),
    ],
)
def test_prose_states_them_to_the_last_digit(file: str, value: float) -> None:
    """Where a comment or docstring names a threshold, it is this double."""
    assert resources.checkout() == TOP
    assert repr(value) in (TOP / file).read_text(encoding="utf-8")
