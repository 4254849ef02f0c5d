"""Differences by kind: every kind is told from the others, and the false candidates tell their own story."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import Fixture, load_all
from sigmoid_parity.diagnosis.differences import FEW, Argument, Differences, Kind, differences
from sigmoid_parity.functions import OVERFLOW_BELOW, SATURATED_FROM

Doubles = NDArray[np.float64]

LOADED: Final[dict[str, Fixture]] = {one.function: one for one in load_all(functions=["activation", "d_activation"])}
X: Final = LOADED["activation"].inputs
Y: Final = LOADED["d_activation"].inputs


def formula(x: Doubles) -> Doubles:
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-x)), np.float64)


def accurate(x: Doubles) -> Doubles:
    """The two-branch form, which does not overflow, in another order of operations where x is below 0."""
    z = np.exp(-np.abs(x))
    return np.where(x < 0.0, z / (1.0 + z), formula(x))


def float32(x: Doubles) -> Doubles:
    with np.errstate(over="ignore"):
        return formula(x.astype(np.float32)).astype(np.float64)


def cut_off(x: Doubles) -> Doubles:
    return np.where(x < -45.0, 0.0, np.where(x > 45.0, 1.0, formula(x)))


def sorted_out(function: str, actual: Doubles, expected: Doubles | None = None) -> Differences:
    fixture = LOADED[function]
    argument: Argument = "x" if function == "activation" else "y"
    given = fixture.formula if expected is None else expected
    return differences(fixture.inputs, given, actual, argument=argument, exact=fixture.exact)


def one(x: float, expected: float, actual: float, argument: Argument | None = "x") -> Kind:
    (found,) = differences(np.array([x]), np.array([expected]), np.array([actual]), argument=argument).kinds
    return found.kind


TINY: Final = 5e-324
ONES: Final[list[tuple[tuple[Any, ...], Kind]]] = [
    ((0.5, 1.0, 1.0 + FEW * 2.0**-52), Kind.FEW),
    ((0.5, 1.0, 1.0 + (FEW + 1) * 2.0**-52), Kind.MANY),
    ((OVERFLOW_BELOW, 0.1, 0.2), Kind.MANY),
    ((np.nextafter(OVERFLOW_BELOW, -800.0), 0.1, 0.2), Kind.OVERFLOW),
    ((SATURATED_FROM, 1.0, 0.9), Kind.SATURATION),
    ((np.nextafter(SATURATED_FROM, 0.0), 1.0, 0.9), Kind.MANY),
    ((1.0, 0.0, 0.1, "y"), Kind.SATURATION),
    ((np.nextafter(1.0, 2.0), 0.5, 0.1, "y"), Kind.OUTSIDE),
    ((-TINY, 0.5, 0.1, "y"), Kind.OUTSIDE),
    ((-0.0, 0.5, 0.1, "y"), Kind.MANY),
    ((-1e300, 1.0, 2.0, None), Kind.MANY),
    ((0.5, TINY, 0.0), Kind.SUBNORMAL),
    ((0.5, 0.0, -TINY), Kind.SUBNORMAL),
    ((0.5, 2.2250738585072014e-308, 0.0), Kind.MANY),
    ((0.5, 0.5, np.nan), Kind.NAN),
    ((0.5, np.inf, np.nan), Kind.NAN),
    ((-800.0, 0.0, np.inf), Kind.INFINITY),
    ((-800.0, np.inf, -np.inf), Kind.INFINITY),
    ((-800.0, 0.0, -0.0), Kind.ZERO),
]


@pytest.mark.parametrize(("given", "kind"), ONES)
def test_each_kind_is_told_from_the_others(given: tuple[Any, ...], kind: Kind) -> None:
    """On both sides of each border, and whichever of two kinds comes first."""
    assert one(*given) is kind


@pytest.mark.parametrize("name", ["float32", "accurate", "cut_off", "nothing"])
def test_every_point_that_differs_has_one_kind(name: str) -> None:
    """The kinds part the points that have a distance above 0, each point once; the worst is one of the furthest."""
    actual = LOADED["activation"].formula if name == "nothing" else globals()[name](X)
    found = sorted_out("activation", actual)
    steps = floats.distance(LOADED["activation"].formula, actual)
    places = np.concatenate([np.zeros(0, np.intp), *(kind.places for kind in found.kinds)])
    assert sorted(places.tolist()) == np.flatnonzero(steps).tolist()
    assert found.count == np.count_nonzero(steps)
    for kind in found.kinds:
        assert kind.max_ulp == max(int(steps[place]) for place in kind.places) == int(steps[kind.worst])
        assert kind.worst in kind.places
    assert [kind.kind for kind in found.kinds] == [kind for kind in Kind if kind in {one.kind for one in found.kinds}]


def test_a_class_more_accurate_below_the_overflow() -> None:
    """A few ULP at ordinary inputs; below the overflow the candidate alone is nearer to the true value, at each."""
    found = {kind.kind: kind for kind in sorted_out("activation", accurate(X)).kinds}
    assert found[Kind.FEW].max_ulp <= 4
    assert Kind.MANY not in found
    overflow = found[Kind.OVERFLOW]
    assert overflow.nearer == (0, overflow.count)
    assert (X[overflow.places] < OVERFLOW_BELOW).all()


def test_nearer_to_the_true_value_is_counted_as_fractions_have_it() -> None:
    """An independent count over the fixtures' true values, in exact arithmetic."""
    case = LOADED["activation"]
    actual = accurate(X)
    for kind in sorted_out("activation", actual).kinds:
        wins = [0, 0]
        for place in kind.places.tolist():
            true, a, b = (Fraction(float(values[place])) for values in (case.exact, case.formula, actual))
            wins[0] += abs(a - true) < abs(b - true)
            wins[1] += abs(b - true) < abs(a - true)
        assert kind.nearer is not None
        assert kind.nearer == tuple(wins)


def test_a_float_class_looks_like_float32() -> None:
    """On whichever side it stands, of either function; the pair itself does not, nor does a cast of the input."""
    values = LOADED["activation"].formula
    assert sorted_out("activation", float32(X)).float32 == (False, True)
    assert sorted_out("activation", values, float32(X)).float32 == (True, False)
    assert sorted_out("activation", values).float32 == (False, False)
    with np.errstate(over="ignore"):
        y = Y.astype(np.float32)
        assert sorted_out("d_activation", ((np.float32(1.0) - y) * y).astype(np.float64)).float32 == (False, True)
        assert sorted_out("activation", formula(X.astype(np.float32).astype(np.float64))).float32 == (False, False)


def test_a_cut_off_differs_at_ordinary_inputs_by_many_ulp() -> None:
    """Beyond the cut-off, and nowhere else but where exp rounds otherwise; the worst is the one nearest to 0."""
    found = {kind.kind: kind for kind in sorted_out("activation", cut_off(X), formula(X)).kinds}
    assert set(found) == {Kind.MANY, Kind.SUBNORMAL}
    assert (X[found[Kind.MANY].places] < -45.0).all()


def test_of_points_equally_far_the_worst_is_the_one_nearest_to_0() -> None:
    """Where no distance applies, all are equally far: the simplest is shown."""
    x = np.array([np.inf, -700.0, 3.0, np.nan, -2.0, 900.0])
    (found,) = differences(x, np.zeros(6), np.full(6, np.nan), argument=None).kinds
    assert (found.max_ulp, found.worst) == (floats.INCOMPARABLE, 4)


def test_a_few_ulp_are_amplified_where_the_case_says_so() -> None:
    """What one ULP on the way becomes there is a few ULP still."""
    x, expected, actual = np.array([3.0]), np.array([1.0]), np.array([1.0 + 2.0**-40])
    for amplification, kind in ((1, Kind.MANY), (2**12, Kind.FEW)):
        found = differences(x, expected, actual, argument="x", amplifications=np.array([amplification], np.uint64))
        assert [one.kind for one in found.kinds] == [kind]


def test_a_signalling_nan_is_a_nan() -> None:
    """Points of random bits hold signalling NaNs: they are NaNs, and raise no warning, which tests make an error."""
    signalling = floats.from_bits(np.array([0x7FF0000000000001, 0x3FE0000000000000], np.uint64))
    found = differences(np.array([1.0, 2.0]), signalling, np.array([0.25, 0.5]), argument="x")
    assert [(one.kind, one.count) for one in found.kinds] == [(Kind.NAN, 1)]


def test_float32_has_its_own_borders() -> None:
    """exp(-x) overflows below -88.7, y is 1 from 16.64 on, and subnormals begin at 2^-126."""
    x = np.array([-88.7, -88.8, 16.6, 16.7, 1.0], np.float32)
    expected = np.array([0.5, 0.5, 0.5, 0.5, 1e-39], np.float32)
    found = differences(x, expected, np.zeros(5, np.float32), argument="x")
    assert {kind.kind: kind.places.tolist() for kind in found.kinds} == {
        Kind.MANY: [0, 2],
        Kind.OVERFLOW: [1],
        Kind.SATURATION: [3],
        Kind.SUBNORMAL: [4],
    }
    assert found.float32 == (False, False)
