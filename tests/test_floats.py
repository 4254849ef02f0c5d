"""The measure of distance, against exact fractions and the definition."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats

FINITE = st.floats(allow_nan=False, allow_infinity=False)


def measure(expected: float, actual: float) -> int:
    return int(floats.distance(np.array([expected]), np.array([actual]))[0])


@given(FINITE, st.integers(0, 300), st.booleans())
def test_counts_steps_between_neighbouring_doubles(start: float, steps: int, up: bool) -> None:
    """Walking n doubles with math.nextafter is a distance of n, through zero and binades too."""
    here = start
    for _ in range(steps):
        here = math.nextafter(here, math.inf if up else -math.inf)
    if math.isfinite(here) and not (start == here == 0.0 and steps):
        assert measure(start, here) == measure(here, start) == steps


@given(st.floats(min_value=2.0**-1022, max_value=1e300), st.floats(min_value=1.0, max_value=2.0, exclude_max=True))
def test_within_a_binade_is_the_difference_in_units_of_the_last_place(low: float, factor: float) -> None:
    """In one binade the distance is the exact difference divided by the ulp."""
    high = low * factor
    if math.frexp(low)[1] == math.frexp(high)[1]:
        assert measure(low, high) == abs(Fraction(high) - Fraction(low)) / Fraction(math.ulp(low))


@given(FINITE, FINITE, FINITE)
def test_adds_up_along_the_line(first: float, second: float, third: float) -> None:
    """The distance from the smallest to the largest is the sum of the parts (no overflow, no wrapping)."""
    low, middle, high = sorted([first, second, third])
    if not (low == high == 0.0):
        parts = [measure(a, b) if (a, b) != (0.0, 0.0) else 0 for a, b in ((low, middle), (middle, high))]
        assert measure(low, high) == sum(parts)


@given(st.floats(), st.floats())
def test_is_zero_for_the_same_double_only(first: float, second: float) -> None:
    """A distance of 0 says: the same bits, or both NaN."""
    same = (math.isnan(first) and math.isnan(second)) or (np.float64(first).tobytes() == np.float64(second).tobytes())
    assert (measure(first, second) == 0) == same


def test_spans_all_finite_doubles() -> None:
    """From the lowest to the highest finite double there are 2 * (2^63 - 2^52 - 1) steps, and no wrap."""
    assert measure(-1.7976931348623157e308, 1.7976931348623157e308) == 2 * (2**63 - 2**52 - 1)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False), st.integers(0, 300))
def test_counts_steps_between_neighbouring_floats(start: float, steps: int) -> None:
    """In float32 too, walking n floats is a distance of n."""
    here = np.float32(start)
    for _ in range(steps):
        here = np.nextafter(here, np.float32(-1.0 if start > 0 else 1.0))
    if not (start == here == 0.0 and steps):
        assert floats.distance(np.array([start], np.float32), np.array([here], np.float32))[0] == steps


def test_refuses_other_shapes() -> None:
    """Two arrays of different shapes have no distance."""
    with pytest.raises(ValueError, match=r"shape \(2,\) and dtype float64, actual \(1,\)"):
        floats.distance(np.zeros(2), np.zeros(1))


@pytest.mark.parametrize("center", [0.5, -0.5, 36.7368005696771, -709.782712893384, 1.0, 2.0])
def test_neighbours_are_the_next_doubles(center: float) -> None:
    """Ascending, one step apart, the center in the middle."""
    around = floats.neighbours(center, 3).tolist()
    assert around[3] == center
    assert all(math.nextafter(a, math.inf) == b for a, b in itertools.pairwise(around))


def test_says_distances_in_words() -> None:
    """A distance that does not apply is not shown as a number."""
    assert floats.explain(1234) == "1,234 ULP"
    assert floats.explain(floats.INCOMPARABLE) == "not comparable: NaN, infinity or the sign of zero"
