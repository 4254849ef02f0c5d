"""The functions for one double, compiled by Numba with the platform's own exp: what both compiled backends need.

Importing this module imports Numba.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from numba import float32, float64, njit, types, void

from sigmoid_parity import functions
from sigmoid_parity.functions import BRANCH

_FOLDER: Final = Path(__file__).parent
_FLOATS: Final = (float64, float32)
# An argument that may be read-only takes the others too, so that there is one compiled form for each dtype.
_SIGNATURES: Final = [void(types.Array(kind, 1, "C", readonly=True), types.Array(kind, 1, "C")) for kind in _FLOATS]


def compiled(kernel: Callable[..., Any], signatures: Sequence[Any] = _SIGNATURES, folder: Path = _FOLDER) -> Any:
    """Compile ``kernel(source, target)`` for float64 and float32, releasing the GIL, and cache it on disk.

    :param signatures: of a kernel that takes something else.
    :param folder: the modules that it is made of, besides those here.
    """
    # Numba's cache looks at this file's date alone, and would keep code made of older versions of the others.
    kernel.__qualname__ += f"_{_sources_digest(folder)}"
    return njit(signatures, nogil=True, cache=True, error_model="numpy")(kernel)


@cache
def _sources_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in (Path(functions.__file__), *sorted({*_FOLDER.glob("*.py"), *folder.glob("*.py")})):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


# NaN is tested for, so that it comes out as the vector backend makes it, whose last elements these compute too.
@njit(error_model="numpy", inline="always")
def one_activation(x: float) -> float:
    """Compute `ACTIVATION` for one double."""
    return x + x if math.isnan(x) else 1.0 / (1.0 + math.exp(-x))


@njit(error_model="numpy", inline="always")
def one_d_activation(y: float) -> float:
    """Compute `D_ACTIVATION` for one double."""
    return (1.0 - y) * y


@njit(error_model="numpy", inline="always")
def one_derivative(x: float) -> float:
    """Compute `DERIVATIVE` for one double."""
    if math.isnan(x):
        return x + x
    y = 1.0 / (1.0 + math.exp(-x))
    return (1.0 - y) * y


@njit(error_model="numpy", inline="always")
def one_stable_derivative(x: float) -> float:
    """Compute `STABLE_DERIVATIVE` for one double."""
    x = abs(x)
    if math.isnan(x):
        return x + x
    z = math.exp(-x)
    w = z + z + z * z
    d = 1.0 + w
    q = z / d
    return z - q * w if z < BRANCH else q - q * ((w - (d - 1.0)) * (1.0 - z))


@njit(inline="always")
def each(one: Any, source: Any, target: Any, start: int, stop: int) -> None:
    """Compute a function of one double for the elements from start to stop."""
    for index in range(start, stop):
        target[index] = one(float64(source[index]))


@compiled
def d_activation(source: Any, target: Any) -> None:
    """Compute `D_ACTIVATION` for each element: the same in both backends, for it has no exp."""
    each(one_d_activation, source, target, 0, source.size)
