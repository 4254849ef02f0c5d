"""The libm loop: one element after the other, compiled by Numba, with the platform's own exp.

Importing this module imports Numba; the first call compiles, later processes find the code in Numba's cache on disk.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from numba import float32, float64, intp, njit, types, void

from sigmoid_parity.port.numbers import ACTIVATION, D_ACTIVATION, DERIVATIVE, STABLE_DERIVATIVE

_FLOATS: Final = (float64, float32)
# An argument that may be read-only takes the others too, so that there is one compiled form for each dtype.
_SIGNATURES: Final = [
    void(intp, types.Array(kind, 1, "C", readonly=True), types.Array(kind, 1, "C")) for kind in _FLOATS
]


def compiled(function: Callable[..., Any]) -> Any:
    """Compile ``function(number, source, target)`` for float64 and float32, releasing the GIL, and cache it on disk."""
    # Numba's cache looks at this file's date alone, and would keep code made of older versions of the others.
    function.__qualname__ += f"_{_sources_digest()}"
    return njit(_SIGNATURES, nogil=True, cache=True, error_model="numpy")(function)


@cache
def _sources_digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@njit(error_model="numpy")
def one(function: int, x: float) -> float:
    """Compute one of the functions that need exp, for one double."""
    if function == STABLE_DERIVATIVE:
        x = abs(x)
    if x != x:  # noqa: PLR0124 - the NaN that the vector kernel gives, whose elements this computes too
        return x + x
    if function == ACTIVATION:
        return 1.0 / (1.0 + math.exp(-x))
    if function == DERIVATIVE:
        y = 1.0 / (1.0 + math.exp(-x))
        return (1.0 - y) * y
    z = math.exp(-x)
    w = z + z + z * z
    d = 1.0 + w
    if z < 0.125:  # noqa: PLR2004 - where the formula has two branches
        return z - z * (w / d)
    q = z / d
    return q - q * (w - (d - 1.0)) * (1.0 - z)


@njit
def each(function: int, source: Any, target: Any, start: int, stop: int) -> None:
    """Compute `one` for the elements from start to stop."""
    for index in range(start, stop):
        target[index] = one(function, float64(source[index]))


@njit
def products(source: Any, target: Any) -> None:
    """Compute (1 - y) y for each element, in binary64."""
    for index in range(source.size):
        y = float64(source[index])
        target[index] = (1.0 - y) * y


@compiled
def run(function: int, source: Any, target: Any) -> None:
    """Compute a function for each element.

    :param function: the function's number.
    :param source: float64 or float32 of shape (n,), contiguous.
    :param target: of the same dtype and shape, without a byte of ``source``.
    """
    if function == D_ACTIVATION:
        products(source, target)
    else:
        each(function, source, target, 0, source.size)
