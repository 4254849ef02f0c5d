"""Sigmoids of 16 and 8 bits that go wrong in known ways; rounding is written anew here, by scaled significands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np

from sigmoid_parity import activation, d_activation

Array = Any
# Fraction bits, and the exponent of the smallest normal number.
SHAPES = {"float16": (10, -14), "bfloat16": (7, -126), "float8_e4m3fn": (3, -6), "float8_e5m2": (2, -14)}
LARGEST = {"float16": 65504.0, "float8_e4m3fn": 448.0, "float8_e5m2": 57344.0}


def quantised(values: Array, name: str, round_: Callable[[Array], Array]) -> Array:
    """Round doubles below the largest number of a format, as multiples of its quantum there; the result is exact."""
    bits, lowest = SHAPES[name]
    exponent = np.maximum(np.frexp(values)[1] - 1, lowest) - bits
    whole = round_(np.ldexp(values, -exponent))
    with np.errstate(invalid="ignore"):
        return np.ldexp(whole, exponent).astype(dtype(name))


def odd(values: Array) -> Array:
    """Round whole numbers with a fraction to the odd neighbour."""
    down = np.trunc(values)
    return np.where((values != down) & (down % 2 == 0), down + np.copysign(1.0, values), down)


def dtype(name: str) -> np.dtype[Any]:
    """The dtype of a format."""
    return np.dtype(getattr(ml_dtypes, name, name))


def wide(x: Array) -> Array:
    """C#'s result, of a narrow argument."""
    return activation(x.astype(np.float64))


def wide_derivative(y: Array) -> Array:
    """C#'s result, likewise."""
    return d_activation(y.astype(np.float64))


def once(x: Array) -> Array:
    """Rounded once, ties to even."""
    return quantised(wide(x), x.dtype.name, np.rint)


def twice(x: Array) -> Array:
    """By way of float32."""
    return quantised(wide(x).astype(np.float32).astype(np.float64), x.dtype.name, np.rint)


def toward_zero(x: Array) -> Array:
    """Truncated."""
    return quantised(wide(x), x.dtype.name, np.trunc)


def to_odd(x: Array) -> Array:
    """Rounded to odd."""
    return quantised(wide(x), x.dtype.name, odd)


def flushed(x: Array) -> Array:
    """Without subnormal numbers."""
    found = once(x)
    return np.where(found.astype(np.float64) < 2.0 ** SHAPES[x.dtype.name][1], np.zeros_like(found), found)


def saturated(y: Array) -> Array:
    """The derivative, whose size is at most the format's largest number."""
    most = LARGEST[y.dtype.name]
    return np.clip(wide_derivative(y), -most, most).astype(np.float32).astype(y.dtype)


def in_the_format(x: Array) -> Array:
    """Every operation in the format itself."""
    one = x.dtype.type(1)
    with np.errstate(all="ignore"):
        return one / (one + np.exp(-x))


def in_float32(x: Array) -> Array:
    """In float32, rounded at the end."""
    with np.errstate(all="ignore"):
        return (np.float32(1) / (np.float32(1) + np.exp(-x.astype(np.float32)))).astype(x.dtype)


def looked_up(x: Array) -> Array:
    """A table of 65 entries from -8 to 8."""
    table = activation(np.linspace(-8.0, 8.0, 65))
    places = np.clip(np.nan_to_num(np.rint((x.astype(np.float64) + 8.0) * 4.0)), 0, 64).astype(int)
    return np.where(np.isnan(x), np.nan, table[places]).astype(x.dtype)
