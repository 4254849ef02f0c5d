"""Binary formats of floats, from 64 bits to 8: their names, all of their numbers, and rounding to them, once.

float64, float32 and float16 are NumPy's; bfloat16 (1 sign, 8 exponent and 7 fraction bits), float8_e4m3fn and
float8_e5m2 are those of ml_dtypes, the extra ``formats``. float8_e4m3fn has no infinity: what is too large is NaN.
Source of the 8-bit formats: OCP 8-bit Floating Point Specification (OFP8), revision 1.0.

`rounded` goes from the wide number to the narrow one in one step. ml_dtypes goes from float64 by way of float32, which
is one rounding too many: 1 + 2^-8 + 2^-40 is above the middle between two neighbours in bfloat16, and in float32 on it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import extras

Floats = NDArray[np.floating[Any]]

Rounding = Literal["nearest", "toward-zero", "odd"]
"""``nearest``, ties to even; ``toward-zero``; ``odd``: what is not exact becomes the neighbour whose last bit is 1."""

NAMES: Final = ("float64", "float32", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2")
"""The formats, the widest first."""

BYTES: Final = dict(zip(NAMES, (8, 4, 2, 2, 1, 1), strict=True))
"""Their sizes."""

_NUMPY: Final = NAMES[:3]
_NARROW: Final = 2  # Bytes.


def dtype(name: str) -> np.dtype[Any]:
    """Return the dtype of a format.

    :param name: one of `NAMES`.
    :raises MissingError: it is one of ml_dtypes, which is not installed.
    """
    if name in _NUMPY:
        return np.dtype(name)
    with extras.needed("ml_dtypes", "bfloat16 and the float8 formats", "formats"):
        import ml_dtypes
    found: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
    return found


def available() -> tuple[str, ...]:
    """Return the formats that can be used here: without ml_dtypes those of NumPy."""
    return NAMES if find_spec("ml_dtypes") else _NUMPY


def is_narrow(of: np.dtype[Any]) -> bool:
    """Tell whether a format has 8 or 16 bits, so that all of its numbers can be tried."""
    return of.itemsize <= _NARROW


def every(of: np.dtype[Any]) -> Floats:
    """Return each encoding of a narrow format once, in the order of the encodings, NaNs included."""
    return np.arange(1 << (8 * of.itemsize), dtype=np.uint64).astype(f"u{of.itemsize}").view(of)


def largest(of: np.dtype[Any]) -> float:
    """Return the largest finite number of a format."""
    return float(_magnitudes(of)[-1]) if is_narrow(of) else float(np.finfo(of).max)


def smallest_normal(of: np.dtype[Any]) -> float:
    """Return the smallest positive number of a format that is not subnormal: below it, all are equally far apart."""
    if not is_narrow(of):
        return float(np.finfo(of).smallest_normal)
    values = _magnitudes(of)
    return float(values[:-1][np.diff(values) > values[1]][0] / 2)


def epsilon(of: np.dtype[Any]) -> float:
    """Return the distance from 1 to the next number above in a format."""
    if not is_narrow(of):
        return float(np.finfo(of).eps)
    values = _magnitudes(of)
    return float(values[np.searchsorted(values, 1.0) + 1] - 1.0)


def rounded(
    values: NDArray[Any], to: np.dtype[Any], rounding: Rounding = "nearest", *, saturated: bool = False
) -> Floats:
    """Round numbers to a format in one step.

    :param values: floats of any format, any shape.
    :param to: the format; one of 8 or 16 bits, unless the rounding is to nearest.
    :param rounding: which neighbour is taken.
    :param saturated: give the largest finite number where the format would have infinity or, without one, NaN.
    :returns: of that format and shape; the array itself where it has the format.
    """
    if values.dtype == to:
        return values
    plain = rounding == "nearest" and not saturated
    if not is_narrow(to) or (to.name in _NUMPY and plain):
        with np.errstate(all="ignore"):
            return values.astype(to)
    with np.errstate(all="ignore"):  # Comparing with a signalling NaN.
        wide = values if values.dtype.itemsize > np.dtype(np.float64).itemsize else values.astype(np.float64)
        return _encoded(wide, _PLACES[rounding](np.abs(wide), to), to, saturated)


def _encoded(values: Floats, places: NDArray[np.intp], to: np.dtype[Any], saturated: bool) -> Floats:
    if saturated:
        places = np.minimum(places, _magnitudes(to).size - 1)
    words = places.astype(f"u{to.itemsize}") | (np.signbit(values).astype(f"u{to.itemsize}") << (8 * to.itemsize - 1))
    found = np.asarray(words.astype(f"u{to.itemsize}")).view(to)
    return np.where(np.isnan(values), np.asarray(np.nan, to), found)


def _nearest(sizes: Floats, to: np.dtype[Any]) -> NDArray[np.intp]:
    middles = _middles(to)
    places = np.searchsorted(middles, sizes)
    tie = middles[np.minimum(places, middles.size - 1)] == sizes
    return np.where(tie & (places % 2 == 1), places + 1, places)


def _toward_zero(sizes: Floats, to: np.dtype[Any]) -> NDArray[np.intp]:
    values = _magnitudes(to)
    below = np.searchsorted(values, sizes, side="right") - 1
    return np.where(np.isinf(sizes), values.size, below)


def _odd(sizes: Floats, to: np.dtype[Any]) -> NDArray[np.intp]:
    values = _magnitudes(to)
    below = _toward_zero(sizes, to)
    exact = values[np.minimum(below, values.size - 1)] == sizes
    return np.where(exact | np.isinf(sizes), below, np.minimum(below | 1, values.size - 1))


_PLACES: Final = {"nearest": _nearest, "toward-zero": _toward_zero, "odd": _odd}


@cache
def _magnitudes(of: np.dtype[Any]) -> NDArray[np.float64]:
    """Return the finite numbers from 0 on, whose places are their encodings; the next encoding is infinity, or NaN."""
    with np.errstate(invalid="ignore"):
        values = np.asarray(every(of)[: 1 << (8 * of.itemsize - 1)], np.float64)
    return values[: int(np.argmin(np.isfinite(values)))]


@cache
def _middles(of: np.dtype[Any]) -> NDArray[np.float64]:
    """Return what lies between each of these and the next; after the last one there would be another, as far away."""
    values = _magnitudes(of)
    return np.asarray((values + np.append(values[1:], 2.0 * values[-1] - values[-2])) / 2.0, np.float64)
