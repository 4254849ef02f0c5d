"""The oracle, against oracles of other kinds: series, identities, decimal arithmetic, rational bounds."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmoid_parity.oracle import exact

WIDE = Context(prec=800, Emax=10**9, Emin=-(10**9))


def sigmoid(x: float) -> Fraction:
    """The sigmoid from decimal arithmetic of 800 digits, whose exp is not mpmath's."""
    power = WIDE.exp(-Decimal(x))
    return Fraction(WIDE.divide(Decimal(1), WIDE.add(Decimal(1), power)))


@settings(max_examples=60, deadline=None)
@given(st.floats(min_value=-746.0, max_value=746.0))
def test_activation_is_the_rounded_decimal_value(x: float) -> None:
    """Correct rounding, subnormal results included, and the leftover is what rounding left."""
    true = sigmoid(x)
    rounded = exact.exact_activation(x)
    assert rounded.value == float(true)
    assert rounded.leftover == pytest.approx(
        float((true - Fraction(rounded.value)) / Fraction(math.ulp(rounded.value))), abs=1e-9
    )
    assert abs(rounded.leftover) <= 0.5


@settings(max_examples=60, deadline=None)
@given(st.floats(min_value=-700.0, max_value=700.0))
def test_derivative_is_the_rounded_decimal_value(x: float) -> None:
    """The true derivative is s (1 - s) in exact arithmetic."""
    true = sigmoid(x)
    assert exact.exact_derivative(x).value == float(true * (1 - true))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_d_activation_of_exact_fractions(y: float) -> None:
    """(1 - y) y as a fraction, rounded by the decimal module's integer division or overflowed to -inf."""
    true = (1 - Fraction(y)) * Fraction(y)
    value = exact.exact_d_activation(y).value
    if abs(true) < Fraction(2) ** 1023:
        assert value == true.numerator / true.denominator
    else:
        assert abs(Fraction(value)) > Fraction(2) ** 1022 if math.isfinite(value) else value == -math.inf


@given(st.floats())
def test_formula_d_activation_is_the_hardware_s(y: float) -> None:
    """Two operations, each rounded once, are what IEEE 754 hardware does."""
    np.testing.assert_array_equal(
        np.float64(exact.formula_d_activation(y)).view(np.uint64) if not math.isnan(y) else 0,
        np.float64((1.0 - y) * y).view(np.uint64) if not math.isnan(y) else 0,
    )


@settings(max_examples=100, deadline=None)
@given(st.floats(min_value=-745.5, max_value=709.7))
def test_exp_is_the_rounded_decimal_value(x: float) -> None:
    """The oracle's exp is correctly rounded, subnormal results included."""
    assert exact.exp(x) == float(Fraction(WIDE.exp(Decimal(x))))


def test_edges() -> None:
    """Infinities, NaN and zeros of all four functions."""
    for name, function in exact.FORMULA.items():
        assert math.isnan(function(math.nan))
        assert math.isnan(exact.EXACT[name](math.nan).value)
    assert exact.formula_activation(-710.0) == 0.0 < exact.exact_activation(-710.0).value
    assert exact.formula_activation(-math.inf) == exact.exact_activation(-math.inf).value == 0.0
    assert exact.formula_activation(math.inf) == exact.exact_activation(math.inf).value == 1.0
    assert exact.formula_stable_derivative(math.inf) == 0.0
    assert math.copysign(1.0, exact.exact_d_activation(-0.0).value) == -1.0
    assert math.copysign(1.0, exact.formula_d_activation(-0.0)) == -1.0
    assert math.copysign(1.0, exact.formula_d_activation(1.0)) == 1.0
    assert exact.exact_d_activation(1e308).value == exact.formula_d_activation(-math.inf) == -math.inf


def test_rounding_is_right_next_to_a_tie() -> None:
    """At x = 2^-52 the sigmoid is just below a midpoint of two doubles (1/2 + x/4 - x^3/48): it rounds down."""
    rounded = exact.exact_activation(2.0**-52)
    assert rounded.value == 0.5
    assert rounded.leftover == pytest.approx(0.5)


def test_rounding_distance_of_a_known_case() -> None:
    """exp(0) = 1 is a double: half an ULP from the nearest midpoint."""
    assert exact.rounding_distance(0.0) == 0.5
