"""The oracle, against oracles of other kinds: decimal arithmetic, exact fractions, the hardware's IEEE 754."""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import document, load_all
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.errors import MissingError
from sigmoid_parity.oracle import exact, mpfr

WIDE = Context(prec=800, Emax=10**9, Emin=-(10**9))
HUNDRED = Context(prec=100, Emax=10**9, Emin=-(10**9))
FIFTY = Context(prec=50, Emax=10**9, Emin=-(10**9))
WRITTEN = 5.1e-5  # A leftover has four digits.
LOADED = {fixture.function: fixture for fixture in load_all()}


def power(x: float) -> Fraction:
    """exp(x) from decimal arithmetic of 800 digits, whose exp is not MPFR's."""
    return Fraction(WIDE.exp(Decimal(x)))


def leftover(true: Fraction, value: float) -> float:
    return float((true - Fraction(value)) / Fraction(math.ulp(value)))


def true_value(function: str, argument: float) -> Fraction:
    """The true value, but for the 800th digit."""
    y = Fraction(argument) if function == "d_activation" else 1 / (1 + power(-argument))
    return y if function == "activation" else (1 - y) * y


def same(one: float, other: float) -> bool:
    return floats.hexadecimal(one) == floats.hexadecimal(other)


def test_every_case_of_d_activation_is_that_of_exact_fractions() -> None:
    """(1 - y) y as a fraction, rounded by Python's division of whole numbers; the formula by the hardware."""
    beyond = Fraction(2) ** 1024 - Fraction(2) ** 970  # From here on a double is infinite.
    wrong = []
    for case in LOADED["d_activation"].cases:
        y = case.input
        value, left = (1.0 - y) * y, 0.0  # What is not finite, and the sign of zero, the hardware has right.
        if math.isfinite(y) and y and (true := true_value("d_activation", y)) > -beyond:
            value, left = float(true) if true else value, leftover(true, float(true))
        right = same(case.formula, (1.0 - y) * y) and same(case.exact, value)
        wrong += [] if right and abs(left - float(case.leftover)) <= WRITTEN else [case.id]
    assert wrong == []


@pytest.mark.parametrize("function", ["activation", "derivative", "stable_derivative"])
def test_a_sample_of_the_cases_is_that_of_decimal_arithmetic(function: str) -> None:
    """Every 40th case whose exponential is no extreme: the true value rounded once, and its leftover."""
    wrong = []
    for case in [case for case in LOADED[function].cases if abs(case.input) < 800.0][::40]:
        true = true_value(function, case.input)
        if not same(case.exact, float(true)) or abs(leftover(true, case.exact) - float(case.leftover)) > WRITTEN:
            wrong.append(case.id)
    assert wrong == []


@pytest.mark.parametrize("function", ["activation", "derivative", "stable_derivative"])
def test_a_sample_of_the_formulas_is_the_hardware_s(function: str) -> None:
    """Every 40th case: with exp rounded once by decimal arithmetic, and all else by the hardware."""
    formulas: dict[str, Callable[[float], float]] = {
        "activation": sigmoid,
        "derivative": lambda x: (1.0 - sigmoid(x)) * sigmoid(x),
        "stable_derivative": stable,
    }
    cases = [case for case in LOADED[function].cases if -709.7 < case.input < 800.0][::40]
    assert [case.id for case in cases if not same(case.formula, formulas[function](case.input))] == []
    assert len(cases) >= 20


def sigmoid(x: float) -> float:
    return 1.0 / (1.0 + float(HUNDRED.exp(Decimal(-x))))


def stable(x: float) -> float:
    z = float(power(-abs(x)))
    w = (z + z) + z * z
    d = 1.0 + w
    q = z / d
    return z - q * w if z < 0.125 else q - q * ((w - (d - 1.0)) * (1.0 - z))


@given(st.sampled_from(FUNCTIONS), st.floats(min_value=-746.0, max_value=746.0))
def test_exact_is_the_rounded_decimal_value(function: str, x: float) -> None:
    """Correct rounding, subnormal results included, and the leftover is what rounding left."""
    true, rounded = true_value(function, x), exact.exact(function, x)
    assert rounded.value == float(true)
    assert rounded.leftover == pytest.approx(leftover(true, rounded.value), abs=1e-9)
    assert abs(rounded.leftover) <= 0.5


@given(st.floats())
def test_formula_d_activation_is_the_hardware_s(y: float) -> None:
    """Two operations, each rounded once, are what IEEE 754 hardware does."""
    assert same(exact.formula("d_activation", y), (1.0 - y) * y)


@given(st.floats(min_value=-745.5, max_value=709.7) | st.floats(min_value=-745.5, max_value=-708.4))
def test_exp_is_the_rounded_decimal_value(x: float) -> None:
    """The oracle's exp is correctly rounded, subnormal results included."""
    assert exact.exp(x) == float(power(x))


def test_a_subnormal_is_rounded_once() -> None:
    """Products and quotients near 2^-1024 have the hardware's bits; rounded to 53 bits before, some would not."""
    random = np.random.default_rng(20261121)
    ones, others = random.uniform(1.0, 2.0, 4_000), np.ldexp(random.uniform(1.0, 2.0, 4_000), -1025)
    twice = 0
    for a, b in zip(ones.tolist(), others.tolist(), strict=True):
        with mpfr.binary64():
            assert float(mpfr.number(a) * mpfr.number(b)) == a * b
            assert float(mpfr.number(b) / mpfr.number(a)) == b / a
        with mpfr.precise(53):
            twice += float(mpfr.number(a) * mpfr.number(b)) != a * b
    assert twice > 100


def test_edges() -> None:
    """Infinities, NaN and zeros of all four functions."""
    for name in FUNCTIONS:
        assert math.isnan(exact.formula(name, math.nan))
        assert math.isnan(exact.exact(name, math.nan).value)
    assert exact.formula_activation(-710.0) == 0.0 < exact.exact_activation(-710.0).value
    assert exact.formula_activation(-math.inf) == exact.exact_activation(-math.inf).value == 0.0
    assert exact.formula_activation(math.inf) == exact.exact_activation(math.inf).value == 1.0
    assert exact.exact_activation(1e308) == exact.Rounded(1.0, 0.0)
    assert same(exact.exact_activation(-1e308).value, 0.0)
    assert same(exact.formula("stable_derivative", math.inf), 0.0)
    assert same(exact.exact("d_activation", -0.0).value, -0.0)
    assert same(exact.formula("d_activation", -0.0), -0.0)
    assert same(exact.formula("d_activation", 1.0), 0.0)
    assert exact.exact("d_activation", 1e308).value == exact.formula("d_activation", -math.inf) == -math.inf
    assert exact.exp(710.0) == math.inf
    assert same(exact.exp(-746.0), 0.0)


def test_a_missing_gmpy2_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any work: what is missing, what for, and the command that installs it."""
    monkeypatch.setitem(sys.modules, "gmpy2", None)
    mpfr.library.cache_clear()
    with pytest.raises(MissingError, match=r"gmpy2 is not installed, and expected values need it \(extra oracle\)"):
        exact.exp(1.0)


def test_rounding_is_right_next_to_a_tie() -> None:
    """At x = 2^-52 the sigmoid is just below a midpoint of two doubles (1/2 + x/4 - x^3/48): it rounds down."""
    rounded = exact.exact_activation(2.0**-52)
    assert rounded.value == 0.5
    assert rounded.leftover == pytest.approx(0.5)


def test_a_rounding_that_is_not_certain_is_refused() -> None:
    """At no precision can 1 + 2^-53, approached from both sides, be rounded; nor digits be given that never settle."""
    with pytest.raises(ArithmeticError, match="no rounding is certain at 4096 bits"):
        mpfr.certain(lambda: mpfr.number(1.0) + mpfr.number(2.0**-53) + mpfr.number(1e-300) ** 9, float)
    values = iter(range(100))
    with pytest.raises(ArithmeticError, match="50 digits are not certain at 4096 bits"):
        mpfr.agreed(lambda: [mpfr.number(float(next(values)))])


@given(st.floats(allow_nan=False))
def test_digits_are_those_of_decimal(value: float) -> None:
    """A double's exact value, rounded to 50 digits, ties to even; the sign of zero is kept."""
    text = mpfr.digits(mpfr.number(value))
    assert (
        FIFTY.compare_total(Decimal(text).normalize(FIFTY), FIFTY.create_decimal(Decimal(value)).normalize(FIFTY)) == 0
    )
    assert math.copysign(1.0, float(text)) == math.copysign(1.0, value)


def test_the_layer_s_digits_are_those_of_decimal() -> None:
    """All of the layer's true values, to 50 digits."""
    for case in document.load(resources.fixtures_dir() / "layer.yaml")["layer_cases"]:
        y = 1 / (1 + power(-float(case["input"])))
        for field, true in (("y_exact", y), ("grad_x_exact", Fraction(float(case["grad_y"])) * (1 - y) * y)):
            digits = FIFTY.divide(Decimal(true.numerator), Decimal(true.denominator))
            assert Decimal(case[field]) == digits, (case["id"], field)


def train(start: dict[str, Any], number: Callable[[str], Any], sigmoid: Callable[[Any], Any]) -> list[Any]:
    """Train with NumPy's loops over Python's own numbers; give the weights, layer by layer, after 10 epochs."""
    inputs, targets, *weights = (
        np.array([[number(one) for one in row] for row in matrix["value"]], object)
        for matrix in (start["inputs"], start["targets"], *start["weights"])
    )
    samples = [slice(i, i + 1) for i in range(len(inputs))] if start["mode"] == "one-by-one" else [slice(None)]
    for sample in samples * 10:
        layers = [inputs[sample]]
        for w in weights:
            layers.append(np.frompyfunc(sigmoid, 1, 1)(product(layers[-1], w)))
        delta = (targets[sample] - layers[-1]) * ((1 - layers[-1]) * layers[-1])
        for place in reversed(range(len(weights))):
            gradient = -product(layers[place].T, delta)
            delta = product(delta, weights[place].T) * ((1 - layers[place]) * layers[place])
            weights[place] = weights[place] - gradient * number(start["learning_rate"]["value"])
    return [matrix.tolist() for matrix in weights]


def product(left: Any, right: Any) -> Any:
    return reduce(operator.add, (np.multiply.outer(left[:, k], right[k]) for k in range(len(right))))


def test_the_trainings_are_those_of_decimal_and_of_the_hardware() -> None:
    """After 10 epochs: 50 digits by decimal arithmetic of 100, and doubles by the hardware and a rounded exp."""
    for start in document.load(resources.fixtures_dir() / "network.yaml")["trainings"]:
        (after,) = (after for after in start["after"] if after["epochs"] == 10)
        with localcontext(prec=100):
            with_decimals = train(start, lambda text: Decimal(float(text)), lambda a: 1 / (1 + (-a).exp()))
        with_doubles = train(start, float, sigmoid)
        for matrix, reals, doubles in zip(after["weights"], with_decimals, with_doubles, strict=True):
            found = [[FIFTY.plus(one) for one in row] for row in reals]
            assert [[Decimal(one) for one in row] for row in matrix["exact"]] == found, start["id"]
            assert [[float(one) for one in row] for row in matrix["formula"]] == doubles, start["id"]
