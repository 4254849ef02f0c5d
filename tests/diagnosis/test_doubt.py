"""What is not a convention is never named exact; what is nothing known is described."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pytest

from sigmoid_parity import activation, floats
from sigmoid_parity.diagnosis import Diagnosis, diagnose, load
from tests.compare.test_bounds import WRONG
from tests.diagnosis.points import Floats, observe, points

CATALOGUE: Final = load()


def identify(compute: Callable[..., Floats], **options: Any) -> Diagnosis:
    with np.errstate(all="ignore"):
        return diagnose(observe(compute, **options), CATALOGUE)


def sigmoid(x: Floats) -> Floats:
    return np.asarray(activation(x))


def one_off(x: Floats) -> Floats:
    """One ULP off at one of the cases."""
    return np.where(x == -5.0, np.nextafter(sigmoid(x), 1.0), sigmoid(x))


def noisy(x: Floats) -> Floats:
    return np.asarray(sigmoid(x) * (1.0 + 1e-15 * np.cos(1e3 * np.clip(x, -1e3, 1e3))))


def sign_of_zero(x: Floats) -> Floats:
    """The zeros below the overflow with the wrong sign."""
    return np.where(x < -710.0, -0.0, sigmoid(x))


def nan_for_infinity(x: Floats) -> Floats:
    return np.where(np.isinf(x), np.nan, sigmoid(x))


@pytest.mark.parametrize("wrong", [one_off, noisy, sign_of_zero, nan_for_infinity])
def test_what_is_nearly_the_sigmoid_is_close_to_it(wrong: Callable[[Floats], Floats]) -> None:
    """It is named close, with the cases against it counted, and never exact."""
    (first, *_) = identify(wrong).findings
    assert (first.convention.id, first.sure) == ("sigmoid", "close")
    assert first.differ == np.count_nonzero(first.steps[first.counted]) > 0
    assert first.same + first.differ == np.count_nonzero(first.counted)


def test_one_ulp_at_one_point_is_one_case_against() -> None:
    """The distance is told in ULP, and where."""
    (first, *_) = identify(one_off).findings
    inputs, count = points()
    assert first.differ == np.count_nonzero(inputs[:count] == -5.0)
    assert (first.within, first.at) == (1, (-5.0,))


NAMED: Final = {
    ("activation", "1.9 times"): ("sigmoid-scaled", 1.9),
    ("activation", "half"): ("sigmoid-scaled", 0.5),
    ("activation", "alpha 2"): ("sigmoid-alpha", 2.0),
    ("activation", "negated"): ("sigmoid-negated", None),
    ("activation", "sign of x lost"): ("sigmoid-sign-forgotten", None),
    ("activation", "swapped"): ("derivative-of-y", None),
    ("d_activation", "takes x"): ("derivative-of-x", None),
    ("d_activation", "1.9 times"): ("derivative-of-y-alpha", 1.9),
    ("d_activation", "half"): ("derivative-of-y-alpha", 0.5),
    ("d_activation", "alpha 2"): ("derivative-of-y-alpha", 2.0),
    ("d_activation", "float32"): ("derivative-of-y", None),
    ("d_activation", "negated"): ("derivative-of-y-negated", None),
    ("d_activation", "swapped"): ("sigmoid", None),
    ("derivative", "takes y"): ("derivative-of-y", None),
    ("derivative", "1.9 times"): ("derivative-of-x-scaled", 1.9),
    ("derivative", "half"): ("derivative-of-x-scaled", 0.5),
    ("derivative", "alpha 2"): ("derivative-of-x-alpha", 2.0),
    ("derivative", "negated"): ("derivative-of-x-negated", None),
    ("derivative", "double sigmoid"): ("derivative-of-x-twice", None),
    ("derivative", "swapped"): ("sigmoid", None),
}
"""What the wrong formulas are that the bounds of limits.yaml catch. Their exp is NumPy's, which may be another."""


@pytest.mark.parametrize("key", NAMED, ids=" ".join)
def test_the_wrong_formulas_of_the_bounds_are_known(key: tuple[str, str]) -> None:
    """Each mutant of the tests is a row of the catalogue, and its first finding."""
    (first, *_) = identify(WRONG[key[0]][key[1]]).findings
    identifier, parameter = NAMED[key]
    assert (first.convention.id, first.parameter) == (
        identifier,
        pytest.approx(parameter, rel=1e-12) if parameter else None,
    )
    assert first.sure in {"exact", "close"}


def test_every_wrong_formula_is_listed() -> None:
    """All but float32 by NumPy's own expf, which is close to the convention at best."""
    listed = {(function, name) for function in WRONG if function != "stable_derivative" for name in WRONG[function]}
    assert listed - NAMED.keys() == {("activation", "float32"), ("derivative", "float32")}
    (first, *_) = identify(WRONG["activation"]["float32"]).findings
    assert first.convention.id == "sigmoid"
    assert first.sure == "close"
    assert np.float32 in (first.arithmetic.operations, first.arithmetic.result)


def table(x: Floats) -> Floats:
    """A table of 1,000 steps between -8 and 8."""
    return sigmoid(np.clip(np.round(x * 62.5) / 62.5, -8.0, 8.0))


def test_a_table_is_an_approximation() -> None:
    """It is said what it approximates, and the largest error with its place, which hold."""
    (first, *_) = identify(table).findings
    assert (first.convention.id, first.sure) == ("sigmoid", "approximation")
    (x,) = first.at
    at = np.array([x])
    assert first.largest_error == abs(float((table(at) - sigmoid(at))[0])) < 0.003


def wave(x: Floats) -> Floats:
    return np.sin(np.clip(x, -1e6, 1e6))


def test_what_is_nothing_known_is_described() -> None:
    """A sine: no finding, and its outline instead."""
    found = identify(wave)
    assert found.findings == ()
    assert (found.shape.at_zero, found.shape.monotone, found.shape.symmetric) == (0.0, "neither", "odd")
    assert found.shape.slope == pytest.approx(1.0, abs=1e-6)


def test_the_outline_of_the_sigmoid() -> None:
    """Value at 0, limits, slope, rising, odd around 1/2, and the same as the C# function everywhere."""
    shape = identify(sigmoid).shape
    assert (shape.at_zero, shape.lowest, shape.highest) == (0.5, 0.0, 1.0)
    assert (shape.monotone, shape.symmetric) == ("rising", "odd")
    assert shape.slope == pytest.approx(0.25, rel=1e-6)
    assert shape.follows == (-1.7976931348623157e308, 1.7976931348623157e308)


def test_where_a_function_leaves_the_sigmoid() -> None:
    """A straight line follows it near 0 alone."""
    follows = identify(lambda x: np.clip(0.5 + x / 4.0, -1.0, 2.0)).shape.follows
    assert follows is not None
    assert 0.0 < follows[1] < 0.05
    assert -0.05 < follows[0] < 0.0


@pytest.mark.parametrize("value", [0.5, math.nan, math.inf, 0.0])
def test_a_constant_is_nothing(value: float) -> None:
    """A function that gives one value everywhere is no convention."""
    found = identify(lambda x: np.full_like(x, value))
    assert all(one.sure != "exact" for one in found.findings)


def test_skipped_points_do_not_count() -> None:
    """What skips NaN and infinities, as a language without them, is exact at all others."""

    def skipping(x: Floats) -> Floats:
        return np.ma.masked_array(np.where(np.isfinite(x), sigmoid(x), 0.0), ~np.isfinite(x))

    (found,) = identify(skipping).findings
    assert (found.convention.id, found.sure, found.differ) == ("sigmoid", "exact", 0)
    inputs, count = points()
    assert found.same == np.count_nonzero(np.isfinite(inputs[:count]))


def skip_all(x: Floats) -> Floats:
    return np.ma.masked_array(x, np.ones_like(x, np.bool_))


def test_nothing_answered_is_nothing_found() -> None:
    """All skipped: no finding, no error."""
    assert identify(skip_all, asked=False).findings == ()


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_narrow_candidates(dtype: Any) -> None:
    """A function of float32 or float16 that computes in binary64 and rounds once is exact in ULP of its own format."""

    def narrow(x: Floats) -> Floats:
        return sigmoid(x.astype(np.float64)).astype(dtype)

    (found,) = identify(narrow, dtype=dtype).findings
    assert (found.convention.id, found.sure, found.values.dtype) == ("sigmoid", "exact", dtype)


def test_a_cut_off_is_found_to_the_bit_by_asking() -> None:
    """A bound of 17 digits, which no two cases show; without asking, one that explains the cases."""
    bound = 17.123456789012345

    def cut(x: Floats) -> Floats:
        return np.where(x < -bound, 0.0, np.where(x > bound, 1.0, sigmoid(x)))

    (found,) = identify(cut).findings
    assert (found.convention.id, found.sure, found.parameter) == ("sigmoid-cut-off", "exact", bound)
    (guess, *_) = identify(cut, asked=False).findings
    assert guess.convention.id == "sigmoid-cut-off"
    assert guess.parameter == pytest.approx(bound, abs=0.1)


@pytest.mark.parametrize("alpha", np.random.default_rng(8).lognormal(0.0, 2.0, 12).tolist())
def test_any_alpha_is_found_to_the_bit(alpha: float) -> None:
    """A slope of as many digits as a double has."""

    def steep(x: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return sigmoid(alpha * x)

    (found,) = identify(steep).findings
    assert (found.convention.id, found.parameter, found.sure) == ("sigmoid-alpha", alpha, "exact")


def test_numbers_of_one_bit_are_not_lost() -> None:
    """The distances of a finding are those of `floats.distance`, at every point."""
    (first, *_) = identify(one_off).findings
    inputs, _ = points()
    np.testing.assert_array_equal(first.steps, floats.distance(sigmoid(inputs), one_off(inputs)))
