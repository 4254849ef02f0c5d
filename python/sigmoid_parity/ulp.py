"""How far apart are two doubles? In ULP, counted on the doubles themselves.

Line all finite doubles up by value, with -0 and +0 in one place. The distance of two of them is the number of
steps from one to the other: 0 for equal ones, 1 for neighbours, whatever their size or sign. Some pairs have no
distance, because a bound on rounding must never excuse them: NaN against a number, an infinity against anything
else, +0 against -0. Their distance is `INCOMPARABLE`, which exceeds every bound. NaN against NaN is 0: sign and
payload of a NaN differ between platforms and mean nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

INCOMPARABLE: Final = 2**64 - 1
"""The distance of two doubles that are not a rounding apart; more than that of any two finite doubles."""

_SIGN: Final = np.uint64(1 << 63)


def bits(values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the IEEE 754 binary64 encodings of doubles, as uint64 of the same shape."""
    return np.ascontiguousarray(values, dtype=np.float64).view(np.uint64).reshape(np.shape(values))


def from_bits(encodings: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return the doubles with these IEEE 754 binary64 encodings, as float64 of the same shape."""
    return np.ascontiguousarray(encodings, dtype=np.uint64).view(np.float64).reshape(np.shape(encodings))


def ordered(values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Map doubles to numbers in order of value: neighbours get neighbouring numbers, -0 and +0 the same one.

    :param values: float64, any shape; NaN gets a number too, but a meaningless one.
    :returns: uint64 of the same shape.
    """
    encodings = bits(values)
    magnitude = encodings & ~_SIGN
    return np.where(encodings & _SIGN, _SIGN - magnitude, _SIGN + magnitude)


def distance(expected: NDArray[np.float64], actual: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Measure how far apart doubles are, in ULP, element by element.

    :param expected: float64, any shape.
    :param actual: float64, the same shape.
    :returns: uint64 of that shape; 0 says equal (or both NaN), `INCOMPARABLE` that no distance applies.
    :raises ValueError: the shapes differ.
    """
    expected, actual = np.asarray(expected, np.float64), np.asarray(actual, np.float64)
    if expected.shape != actual.shape:
        raise ValueError(f"distance: expected has shape {expected.shape} and actual {actual.shape}; they must match")
    left, right = ordered(expected), ordered(actual)
    steps = np.where(left > right, left - right, right - left)
    steps[_incomparable(expected, actual)] = INCOMPARABLE
    steps[np.isnan(expected) & np.isnan(actual)] = 0
    return steps


def _incomparable(expected: NDArray[np.float64], actual: NDArray[np.float64]) -> NDArray[np.bool_]:
    differ = bits(expected) != bits(actual)
    special = ~(np.isfinite(expected) & np.isfinite(actual))
    zeros = (expected == 0.0) & (actual == 0.0)
    return np.asarray(differ & (special | zeros), np.bool_)


def explain(steps: int) -> str:
    """Say a distance in words: ``"0 ULP"``, ``"1,234 ULP"``, or that none applies."""
    return "not comparable: NaN, infinity or the sign of zero" if steps == INCOMPARABLE else f"{steps:,} ULP"


def neighbours(center: float, reach: int) -> NDArray[np.float64]:
    """Return the doubles within ``reach`` steps of ``center``, in ascending order: 2 * reach + 1 of them.

    :param center: a finite, nonzero double, more than ``reach`` steps from zero and from infinity.
    :param reach: steps to each side.
    """
    encoding = int(bits(np.array(center)))
    around = range(encoding - reach, encoding + reach + 1)
    return from_bits(np.array(around if center > 0.0 else around[::-1], np.uint64))
