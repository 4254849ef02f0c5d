"""The plain backend: Python calls libm's exp for one element after the other. Slow, and always there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import D_ACTIVATION, FUNCTIONS

_CHUNK: Final = 8192  # Elements that are Python objects at a time.

Chunk = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _mapped(scalar: Callable[[float], float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.fromiter(map(scalar, values.tolist()), np.float64, values.size)


def _run(chunk: Chunk, source: NDArray[Any], target: NDArray[Any]) -> None:
    for start in range(0, source.size, _CHUNK):
        part = slice(start, start + _CHUNK)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            target[part] = chunk(source[part].astype(np.float64))


_CHUNKS: Final[Mapping[str, Chunk]] = {
    **{name: partial(_mapped, function.scalar) for name, function in FUNCTIONS.items()},
    D_ACTIVATION.name: lambda y: (1.0 - y) * y,  # No exp: NumPy has the bits too.
}

KERNELS: Final = {name: partial(_run, chunk) for name, chunk in _CHUNKS.items()}
"""The functions over arrays; see `loop.KERNELS`."""


def direct(name: str, otherwise: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:  # noqa: ARG001 - as others
    """Return what computes any array: here the detour through Python is the way."""
    return otherwise
