"""The testers, tested: pairs that must be told apart, by the measure and by a whole verification."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import Kind, Limit, Limits, load_all, load_limits
from sigmoid_parity.compare.comparison import compare
from sigmoid_parity.compare.exercises import of_functions
from sigmoid_parity.implementations import Role
from sigmoid_parity.implementations.port import PythonScalar

TOLD_APART = {
    "one-ulp-up": (0.5, math.nextafter(0.5, 1.0)),
    "one-ulp-down": (0.5, math.nextafter(0.5, 0.0)),
    "sign-of-zero": (0.0, -0.0),
    "nan-for-a-number": (0.5, math.nan),
    "number-for-nan": (math.nan, 0.5),
    "nan-for-zero": (0.0, math.nan),
    "nan-for-infinity": (math.inf, math.nan),
    "wrong-sign": (0.5, -0.5),
    "wrong-sign-of-the-smallest": (5e-324, -5e-324),
    "wrong-sign-of-the-largest": (1.7976931348623157e308, -1.7976931348623157e308),
    "wrong-sign-of-infinity": (math.inf, -math.inf),
    "largest-for-infinity": (math.inf, 1.7976931348623157e308),
    "flushed-to-zero": (5e-324, 0.0),
}


@pytest.mark.parametrize("pair", TOLD_APART.values(), ids=TOLD_APART)
def test_measure_tells_them_apart(pair: tuple[float, float]) -> None:
    """Two values that are not the same have a distance above 0, both ways round."""
    one, other = (np.array([value]) for value in pair)
    assert floats.distance(one, other)[0] > 0
    assert floats.distance(other, one)[0] > 0


@pytest.mark.parametrize(
    "name",
    ["sign-of-zero", "nan-for-a-number", "nan-for-zero", "largest-for-infinity", "wrong-sign-of-infinity"],
)
def test_no_bound_excuses_another_class(name: str) -> None:
    """A bound on rounding, however large, never passes another sign of zero, a NaN or an infinity."""
    one, other = (np.array([value]) for value in TOLD_APART[name])
    assert floats.distance(one, other)[0] == floats.INCOMPARABLE > 2**63


def test_payload_and_sign_of_nan_do_not_count() -> None:
    """All NaN are one class."""
    quiet, odd = (floats.from_bits(np.array([b], np.uint64)) for b in (0x7FF8000000000000, 0xFFF0000000000001))
    assert floats.distance(quiet, odd)[0] == 0


class Spoilt(PythonScalar):
    """An original that is the port but for one case, so that a whole verification can be put to the test."""

    name = "spoilt"
    role = Role.ORIGINAL

    def __init__(self, index: int, value: float) -> None:
        self.index = index
        self.value = value

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        results = super().apply(function, inputs)
        results[self.index] = self.value
        return results


@pytest.mark.parametrize("pair", TOLD_APART.values(), ids=TOLD_APART)
def test_verification_finds_the_one_case_that_differs(pair: tuple[float, float]) -> None:
    """One wrong value among all the cases turns the verdict, and is named with both values."""
    (fixture,) = load_all(functions=["d_activation"])
    right, wrong = pair
    index = len(fixture.cases) // 2
    anything = [Limit(kind, "d_activation", None, 2**62, reason="any") for kind in (Kind.FORMULA, Kind.EXACT)]
    limits = Limits("limits.yaml", anything)

    class Right(Spoilt):
        name = "python-scalar"
        role = Role.PORT

    report = compare(of_functions([fixture]), [Right(index, right), Spoilt(index, wrong)], limits)
    assert report.verdict == "differ"
    (found,) = report.parity
    assert found.worst is not None
    assert (found.differ, found.worst.id) == (1, fixture.cases[index].id)
    np.testing.assert_equal((found.worst.actual, found.worst.expected), (right, wrong))


def test_verification_agrees_where_nothing_differs() -> None:
    """The same verification passes when the spoilt value is the right one: it fails for no other reason."""
    (fixture,) = load_all(functions=["d_activation"])
    right = float(PythonScalar().apply("d_activation", fixture.inputs)[7])
    report = compare(of_functions([fixture]), [PythonScalar(), Spoilt(7, right)], load_limits())
    assert report.verdict == "agree"


def test_nothing_compared_is_no_agreement() -> None:
    """Without an original there is no pass, though every accuracy bound holds."""
    report = compare(of_functions(load_all(functions=["d_activation"])), [PythonScalar()], load_limits())
    assert all(result.passed for result in report.results)
    assert report.verdict == "error"


def test_no_bound_no_pass() -> None:
    """A comparison that limits.yaml does not mention cannot pass."""
    (fixture,) = load_all(functions=["d_activation"])
    with pytest.raises(Exception, match="has 0 bounds without a flag for d_activation against formula"):
        compare(of_functions([fixture]), [PythonScalar()], Limits("limits.yaml", []))


def test_wrong_expected_value_is_found() -> None:
    """A fixture whose expected value is one ULP off, where the bound is 0, fails the accuracy comparison."""
    (fixture,) = load_all(functions=["d_activation"])
    index = [case.id for case in fixture.cases].index("outside-04")
    case = fixture.cases[index]
    off = dataclasses.replace(case, formula=math.nextafter(case.formula, 0.0))
    spoilt = dataclasses.replace(fixture, cases=[*fixture.cases[:index], off, *fixture.cases[index + 1 :]])
    report = compare(of_functions([spoilt]), [PythonScalar()], load_limits())
    (found,) = (result for result in report.results if result.kind is Kind.FORMULA)
    assert (found.passed, found.max_ulp, found.worst and found.worst.id) == (False, 1, "outside-04")
