"""The plain loop: Python calls libm's exp for one element after the other. Slow, and always there."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.port import scalars
from sigmoid_parity.port.numbers import D_ACTIVATION

_CHUNK: Final = 8192  # Elements that are Python objects at a time.


def run(function: int, source: NDArray[Any], target: NDArray[Any]) -> None:
    """Compute a function for each element; see `loop.run`."""
    for start in range(0, source.size, _CHUNK):
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            part = source[start : start + _CHUNK].astype(np.float64)
            target[start : start + _CHUNK] = (
                (1.0 - part) * part if function == D_ACTIVATION else _mapped(function, part)
            )


def _mapped(function: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.fromiter(map(scalars.BY_NUMBER[function], values.tolist()), np.float64, values.size)
