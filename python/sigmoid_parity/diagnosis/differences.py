"""The differences of two arrays of results by kind: a last bit at ordinary inputs is another matter than an overflow.

A point has one kind, the first of these that fits: NaN beside a number, an infinity beside something else, +0 beside
-0; then by the argument, where exp(-x) overflows, where y is 1, and y outside [0, 1]; then results of which one is
subnormal. What is left are ordinary inputs, and there the distance counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from math import log
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, formats
from sigmoid_parity.functions import OVERFLOW_BELOW, SATURATED_FROM

Floats = NDArray[np.floating[Any]]
Argument = Literal["x", "y"]

FEW: Final = 8
"""Up to this many ULP are a few: what another exp or another order of the operations costs."""


class Kind(Enum):
    """What kind of difference it is; ordinary inputs first."""

    FEW = "few-ulp"
    """An ordinary input, `FEW` ULP apart at most."""

    MANY = "many-ulp"
    """An ordinary input, more than that apart."""

    OVERFLOW = "overflow"
    """exp(-x) is beyond the largest number of the format."""

    SATURATION = "saturation"
    """The computed y is exactly 1."""

    OUTSIDE = "outside"
    """The argument y is outside [0, 1], where no sigmoid has it."""

    SUBNORMAL = "subnormal"
    """One of the results is subnormal."""

    NAN = "nan"
    """One of the results is NaN."""

    INFINITY = "infinity"
    """One of the results is an infinity, and the other is something else, but no NaN."""

    ZERO = "zero-sign"
    """The results are zeros of different sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """The points that differ in one way.

    :ivar kind: in which.
    :ivar places: which points, in their order; shape (count,).
    :ivar max_ulp: the largest distance, in ULP of the format; `floats.INCOMPARABLE` where none applies.
    :ivar worst: the point with that distance; of several, the one whose argument is nearest to 0.
    :ivar nearer: at how many points each side is nearer to the true value, the expected results first; or None where
        the true values are not known.
    """

    kind: Kind
    places: NDArray[np.intp]
    max_ulp: int
    worst: int
    nearer: tuple[int, int] | None

    @property
    def count(self) -> int:
        """How many points."""
        return int(self.places.size)


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """How results differ from those expected.

    :ivar points: how many points were compared.
    :ivar steps: the distance at each, in ULP of the format; uint64 of shape (points,).
    :ivar kinds: what differs, by kind, ordinary inputs first; empty where nothing does.
    :ivar float32: whether each side looks like float32, the expected results first: all of its results are float32
        values, while the other side's are not.
    """

    points: int
    steps: NDArray[np.uint64]
    kinds: tuple[Difference, ...]
    float32: tuple[bool, bool]

    @property
    def count(self) -> int:
        """How many points differ."""
        return sum(difference.count for difference in self.kinds)

    @property
    def ordinary(self) -> tuple[Difference, ...]:
        """The differences at ordinary inputs: those of a few ULP, and of many."""
        return tuple(one for one in self.kinds if one.kind in {Kind.FEW, Kind.MANY})


def differences(
    inputs: Floats,
    expected: Floats,
    actual: Floats,
    *,
    argument: Argument | None,
    exact: Floats | None = None,
    amplifications: NDArray[np.uint64] | None = None,
) -> Differences:
    """Sort the differences of results by kind.

    :param inputs: the arguments, of any format of 8 to 64 bits, of shape (n,).
    :param expected: the results to compare with, of the same dtype and shape.
    :param actual: the results, likewise.
    :param argument: what the inputs are: ``"x"``, the sigmoid's input, ``"y"``, its output, or neither.
    :param exact: the true values, likewise.
    :param amplifications: how many ULP of each result one ULP on the way to it may become, uint64 of shape (n,).
    :raises ValueError: the shapes or the dtypes differ.
    """
    steps = floats.distance(expected, actual)
    few = FEW * (np.uint64(1) if amplifications is None else amplifications)
    left = steps > 0
    found = []
    for kind, where in _conditions(inputs, expected, actual, argument, steps <= few):
        chosen = left & where
        left &= ~chosen
        if chosen.any():
            found.append(_difference(kind, np.flatnonzero(chosen), steps, inputs, _nearer(expected, actual, exact)))
    order = list(Kind)
    found.sort(key=lambda one: order.index(one.kind))
    return Differences(steps.size, steps, tuple(found), _float32(expected, actual))


def _conditions(
    inputs: Floats, expected: Floats, actual: Floats, argument: Argument | None, few: NDArray[np.bool_]
) -> Iterator[tuple[Kind, NDArray[np.bool_]]]:
    overflow, saturated = _borders(inputs.dtype)
    yield Kind.NAN, np.isnan(expected) | np.isnan(actual)
    yield Kind.INFINITY, np.isinf(expected) | np.isinf(actual)
    yield Kind.ZERO, (expected == 0.0) & (actual == 0.0)
    if argument == "x":
        yield Kind.OVERFLOW, inputs < overflow
        yield Kind.SATURATION, inputs >= saturated
    if argument == "y":
        yield Kind.SATURATION, inputs == 1.0
        yield Kind.OUTSIDE, ~((inputs >= 0.0) & (inputs <= 1.0))
    yield Kind.SUBNORMAL, _subnormal(expected) | _subnormal(actual)
    yield Kind.FEW, few
    yield Kind.MANY, ~few


def _borders(dtype: np.dtype[Any]) -> tuple[float, float]:
    """Return below which x exp(-x) overflows, and from which on 1 + exp(-x) is 1."""
    if dtype == np.float64:
        return OVERFLOW_BELOW, SATURATED_FROM
    return -log(formats.largest(dtype)), log(2.0) - log(formats.epsilon(dtype))


def _subnormal(values: Floats) -> NDArray[np.bool_]:
    return np.asarray((values != 0.0) & (np.abs(values) < formats.smallest_normal(values.dtype)), np.bool_)


def _difference(
    kind: Kind,
    places: NDArray[np.intp],
    steps: NDArray[np.uint64],
    inputs: Floats,
    nearer: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None,
) -> Difference:
    largest = steps[places].max()
    furthest = places[steps[places] == largest]
    size = np.abs(inputs[furthest])
    worst = furthest[np.where(np.isnan(size), np.inf, size).argmin()]
    counts = None if nearer is None else (int(nearer[0][places].sum()), int(nearer[1][places].sum()))
    return Difference(kind, places, int(largest), int(worst), counts)


def _nearer(
    expected: Floats, actual: Floats, exact: Floats | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    if exact is None:
        return None
    one, other = floats.distance(exact, expected), floats.distance(exact, actual)
    return one < other, other < one


def _float32(expected: Floats, actual: Floats) -> tuple[bool, bool]:
    if expected.dtype != np.float64:
        return False, False
    one, other = _all_float32(expected), _all_float32(actual)
    return one and not other, other and not one


def _all_float32(values: Floats) -> bool:
    with np.errstate(all="ignore"):  # What is beyond float32 becomes an infinity, which is not equal.
        return bool(np.array_equal(values, values.astype(np.float32), equal_nan=True))
