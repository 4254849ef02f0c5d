"""Tallies: what they count, and that they combine in any order to the same result."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from sigmoid_parity import floats, formats
from sigmoid_parity.sweep import tally
from sigmoid_parity.sweep.counting import Counter
from sigmoid_parity.sweep.tally import Tally, combined

FORMATS = tuple(map(formats.dtype, formats.NAMES))
N = 16


def values(dtype: np.dtype[Any]) -> st.SearchStrategy[NDArray[Any]]:
    """Any encodings, those of few values often, so that equal ones, zeros, infinities and NaNs meet."""
    size = 8 * dtype.itemsize
    near = st.integers(0, 6).flatmap(lambda n: st.sampled_from([n, (1 << (size - 1)) + n]))
    with np.errstate(invalid="ignore"):
        numbers = np.array([np.inf, -np.inf, np.nan, 1.0, -1.0], np.float32).astype(dtype)
    special = numbers.view(f"u{dtype.itemsize}").tolist()
    words = st.one_of(near, st.sampled_from(special), st.integers(0, 2**size - 1))
    return arrays.arrays(np.dtype(f"u{dtype.itemsize}"), N, elements=words).map(lambda array: array.view(dtype))


@st.composite
def sides(draw: st.DrawFn) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Points, and two results at each."""
    dtype: np.dtype[Any] = draw(st.sampled_from(FORMATS))
    return draw(values(dtype)), draw(values(dtype)), draw(values(dtype))


def count(start: int, x: NDArray[Any], expected: NDArray[Any], actual: NDArray[Any]) -> Tally:
    counter = Counter(expected.dtype)
    counter.add(start, x, expected, actual)
    return counter.tally()


@given(sides())
def test_what_is_counted(given_sides: tuple[NDArray[Any], NDArray[Any], NDArray[Any]]) -> None:
    """Each number is what `floats.distance` says of the points, counted one by one."""
    x, expected, actual = given_sides
    counted = count(1000, x, expected, actual)
    steps = [int(one) for one in floats.distance(expected, actual)]
    classes: dict[int, list[int]] = {}
    for place, distance in enumerate(steps):
        if distance == floats.INCOMPARABLE:
            with np.errstate(invalid="ignore"):
                pair = [float(expected[place]), float(actual[place])]
            kind = tally.NAN if np.isnan(pair).any() else tally.INFINITY if np.isinf(pair).any() else tally.ZERO
        else:
            kind = next(kind for kind in range(66) if tally.bounds(kind)[0] <= distance <= tally.bounds(kind)[1])
        classes.setdefault(kind, []).append(place)
    assert counted.kinds == {kind: len(places) for kind, places in classes.items()}
    assert {kind: point.index for kind, point in counted.first.items()} == {
        kind: 1000 + places[0] for kind, places in classes.items() if kind
    }
    finite = sorted((-one, place) for place, one in enumerate(steps) if 0 < one < floats.INCOMPARABLE)[: tally.KEPT]
    assert [(point.index, point.steps) for point in counted.worst] == [(1000 + place, -one) for one, place in finite]
    odd = [1000 + place for place, one in enumerate(steps) if one == floats.INCOMPARABLE][: tally.KEPT]
    assert [point.index for point in counted.odd] == odd
    assert counted.differ == sum(one > 0 for one in steps)
    with np.errstate(invalid="ignore"):
        binades = floats.bits(x.astype(np.float64)) >> np.uint64(52)
    for binade in {int(one) for one in binades}:
        there = [one for one, of in zip(steps, binades, strict=True) if of == binade and one > 0]
        assert counted.binades.get(binade, (0, 0)) == (len(there), max(there, default=0))


@given(st.integers(1, 2000), st.data())
def test_long_blocks(size: int, data: st.DataObject) -> None:
    """In a block of any length one bit is found at any place, and no NaN with other bits counts."""
    at, nan = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    x = np.arange(size, dtype=np.float64)
    expected = floats.from_bits(np.full(size, 0x3FE0000000000000, np.uint64))
    actual = expected.copy()
    expected[nan], actual[nan] = floats.from_bits(np.array([0x7FF8000000000001, 0xFFF8000000000002], np.uint64))
    assert count(0, x, expected, actual).kinds == {0: size}
    actual.view(np.uint64)[at] ^= np.uint64(1)
    found = count(0, x, expected, actual)
    assert [point.index for point in found.worst] == ([at] if at != nan else [])


@given(sides(), st.lists(st.integers(1, N - 1), max_size=5), st.randoms(), st.booleans())
def test_parts_combine_in_any_order(given_sides: Any, borders: list[int], random: Any, nested: bool) -> None:
    """The tallies of any parts combine to that of the whole, in any order and grouping."""
    x, expected, actual = given_sides
    edges = [0, *sorted(set(borders)), N]
    parts = [count(low, x[low:high], expected[low:high], actual[low:high]) for low, high in pairwise(edges)]
    random.shuffle(parts)
    middle = len(parts) // 2
    together = combined(parts[:middle]) + combined(parts[middle:]) if nested else combined(parts)
    assert together == count(0, x, expected, actual)


@given(sides())
def test_json(given_sides: Any) -> None:
    """A tally that was written as JSON reads back the same."""
    counted = count(2**62, *given_sides)
    assert Tally.from_json(json.loads(json.dumps(counted.to_json()))) == counted


@given(sides(), arrays.arrays(np.bool_, N), arrays.arrays(np.bool_, N))
def test_skipped(given_sides: Any, one: NDArray[np.bool_], other: NDArray[np.bool_]) -> None:
    """Points that a side skips are counted as such, and the others are compared as if they stood alone."""
    x, expected, actual = given_sides
    counted = count(0, x, np.ma.masked_array(expected, one), np.ma.masked_array(actual, other))
    left = one | other
    assert counted.skipped == int(left.sum())
    alone = [count(int(i), x[i : i + 1], expected[i : i + 1], actual[i : i + 1]) for i in np.flatnonzero(~left)]
    together = combined(alone)
    assert (counted.kinds, counted.worst, counted.first) == (together.kinds, together.worst, together.first)


def test_nothing() -> None:
    """The tally of no points changes nothing."""
    x = np.array([1.0])
    counted = count(0, x, x, -x)
    assert counted + Tally() == Tally() + counted == counted
    assert Tally().compared == 0


def test_classes_do_not_overlap() -> None:
    """The classes of distances cover every distance once."""
    ends = [tally.bounds(kind) for kind in range(66)]
    assert ends[0] == (0, 0)
    assert all(low == high + 1 for (_, high), (low, _) in pairwise(ends))
    assert ends[-1][1] >= floats.INCOMPARABLE


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 8, 9, 2**30, 2**52 + 1])
def test_a_distance(steps: int) -> None:
    """One point that is so many ULP off is in the class that has this distance, and the furthest."""
    expected = np.array([1.0])
    actual = floats.from_bits(floats.bits(expected) + np.uint64(steps))
    counted = count(5, expected, expected, actual)
    (kind,) = counted.kinds
    low, high = tally.bounds(kind)
    assert low <= steps <= high
    assert (counted.max_ulp, counted.worst[0].index) == (steps, 5)
