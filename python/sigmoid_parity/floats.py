"""Doubles as bits, as decimals, and how far apart two of them are.

The distance is in ULP. Line all finite doubles up by value, with -0 and +0 in one place. The distance of two of them is
the number of steps from one to the other: 0 for equal ones, 1 for neighbours, whatever their size or sign. Some pairs
have no distance, because a bound on rounding must never excuse them: NaN against a number, an infinity against anything
else, +0 against -0. Their distance is `INCOMPARABLE`, which exceeds every bound. NaN against NaN is 0: sign and payload
of a NaN differ between platforms and mean nothing.

All this holds for float32 and for the formats of 16 and 8 bits too, in steps of that format. Steps are counted along
the encodings, and no difference is divided by the size of an ULP: that is another one above a power of two than below,
and there is none above the largest number. So the largest number and the one before it are 1 apart, zero and the
smallest subnormal number too, and the smallest subnormal numbers of both signs are 2 apart.
"""

from __future__ import annotations

import hashlib
import math
import re
import struct
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

INCOMPARABLE: Final = 2**64 - 1
"""The distance of two doubles that are not a rounding apart; more than that of any two finite doubles."""

READABLE: Final = 10**7
"""From here on a distance is easier to read in powers of ten."""

_DECIMAL: Final = re.compile(r"-?(?:inf|[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)|nan", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
_NAN_BITS: Final = "7ff8000000000000"


def bits(values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the IEEE 754 binary64 encodings of doubles, as uint64 of the same shape."""
    return np.ascontiguousarray(values, dtype=np.float64).view(np.uint64).reshape(np.shape(values))


def from_bits(encodings: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return the doubles with these IEEE 754 binary64 encodings, as float64 of the same shape."""
    return np.ascontiguousarray(encodings, dtype=np.uint64).view(np.float64).reshape(np.shape(encodings))


def ordered(values: NDArray[np.floating[Any]]) -> NDArray[np.uint64]:
    """Map floats to numbers in order of value: neighbours get neighbouring numbers, -0 and +0 the same one.

    :param values: of any format of 8 to 64 bits, any shape; NaN gets a number too, but a meaningless one.
    :returns: uint64 of the same shape.
    """
    encodings = _encodings(values)
    sign = np.uint64(1 << (8 * values.itemsize - 1))
    magnitude = encodings & ~sign
    return np.where(encodings & sign, sign - magnitude, sign + magnitude)


def distance(expected: NDArray[np.floating[Any]], actual: NDArray[np.floating[Any]]) -> NDArray[np.uint64]:
    """Measure how far apart floats are, in ULP of their format, element by element.

    :param expected: of any format of 8 to 64 bits, any shape.
    :param actual: the same dtype and shape.
    :returns: uint64 of that shape; 0 says equal (or both NaN), `INCOMPARABLE` that no distance applies.
    :raises ValueError: the shapes or the dtypes differ.
    """
    if expected.shape != actual.shape or expected.dtype != actual.dtype:
        raise ValueError(
            f"distance: expected has shape {expected.shape} and dtype {expected.dtype}, actual {actual.shape} and "
            f"{actual.dtype}; they must match"
        )
    left, right = ordered(expected), ordered(actual)
    steps = np.where(left > right, left - right, right - left)
    with np.errstate(invalid="ignore"):  # A signalling NaN of 16 or 8 bits.
        steps[_incomparable(expected, actual)] = INCOMPARABLE
        steps[np.isnan(expected) & np.isnan(actual)] = 0
    return steps


def _encodings(values: NDArray[np.floating[Any]]) -> NDArray[np.uint64]:
    words = np.ascontiguousarray(values).view(f"u{values.itemsize}").reshape(values.shape)
    return words.astype(np.uint64)


def _incomparable(expected: NDArray[np.floating[Any]], actual: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    differ = _encodings(expected) != _encodings(actual)
    special = ~(np.isfinite(expected) & np.isfinite(actual))
    zeros = (expected == 0.0) & (actual == 0.0)
    return np.asarray(differ & (special | zeros), np.bool_)


def explain(steps: int) -> str:
    """Say a distance in words: ``"0 ULP"``, ``"1,234 ULP"``, or that none applies."""
    return "not comparable: NaN, infinity or the sign of zero" if steps == INCOMPARABLE else f"{steps:,} ULP"


def short(steps: int) -> str:
    """Write a distance that is one for a narrow place: ``1,234``, and from `READABLE` on in powers of ten."""
    return f"{steps:,}" if steps < READABLE else f"{steps:.2e}"


def neighbours(center: float, reach: int) -> NDArray[np.float64]:
    """Return the doubles within ``reach`` steps of ``center``, in ascending order: 2 * reach + 1 of them.

    :param center: a finite, nonzero double, more than ``reach`` steps from zero and from infinity.
    :param reach: steps to each side.
    """
    encoding = int(bits(np.array(center)))
    around = range(encoding - reach, encoding + reach + 1)
    return from_bits(np.array(around if center > 0.0 else around[::-1], np.uint64))


def digest(arrays: Iterable[NDArray[np.float64]]) -> str:
    """Return the SHA-256 of doubles, array after array, row after row, 8 bytes each, the sign first; in hex digits."""
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array, dtype=">f8").tobytes())
    return total.hexdigest()


def decimal(value: float) -> str:
    """Write a double as the shortest decimal that reads back as the same double; ``inf``, ``-inf`` or ``nan``."""
    return repr(float(value))


def hexadecimal(value: float) -> str:
    """Write a double's IEEE 754 binary64 encoding as 16 hex digits, the sign first; every NaN as the quiet one."""
    return _NAN_BITS if math.isnan(value) else struct.pack(">d", value).hex()


def digits(value: np.generic) -> str:
    """Write the encoding of a number in its own format as hex digits, the sign first: 16 of float64, 4 of float16."""
    if isinstance(value, np.float64):
        return hexadecimal(float(value))
    return f"{int(np.asarray(value).view(f'u{value.itemsize}')):0{2 * value.itemsize}x}"


def parse_decimal(text: str) -> float:
    """Read a double from a decimal.

    :raises ValueError: another form, such as ``1_0``, ``+1``, `` 1`` or digits of another script.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text!r} is not a number; write digits such as '-0.5' or '1e-05', or 'inf', '-inf', 'nan'")
    return float(text)


def parse_pair(text: str, encoding: str) -> float:
    """Read a double from its decimal and its encoding.

    :raises ValueError: either has another form, or they name different doubles.
    """
    value = parse_decimal(text)
    if not _HEX.fullmatch(encoding):
        raise ValueError(f"{encoding!r} is not an encoding; write 16 lower-case hex digits")
    if hexadecimal(value) != encoding:
        (named,) = struct.unpack(">d", bytes.fromhex(encoding))
        raise ValueError(
            f"the decimal {text} has the bits {hexadecimal(value)}, but {encoding}, which is {decimal(named)}, "
            "stands beside it; mend one of them"
        )
    return value
