"""The points at which functions are observed, and how one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.cases import load_all
from sigmoid_parity.diagnosis import Observation

Floats = NDArray[np.floating[Any]]
SEEDED = 2_000


@cache
def points(seeded: int = SEEDED) -> tuple[NDArray[np.float64], int]:
    """The fixtures' inputs and seeded ones: those that are x first, and how many these are."""
    loaded = {fixture.function: fixture.inputs for fixture in load_all()}
    random = np.random.default_rng(12)
    near, far = random.uniform(-40.0, 40.0, seeded), random.uniform(-745.0, 745.0, seeded // 2)
    x = np.concatenate([loaded["activation"], loaded["derivative"], near, far])
    y = np.concatenate([loaded["d_activation"], random.random(seeded)])
    return np.concatenate([x, y]), len(x)


def observe(
    compute: Callable[[Floats], Floats], *, asked: bool = True, seeded: int = SEEDED, dtype: Any = np.float64
) -> Observation:
    """Observe a function of an array."""
    inputs, count = points(seeded)
    with np.errstate(over="ignore"):
        given = inputs.astype(dtype)
    is_x = np.arange(len(given)) < count
    return Observation((given,), compute(given), is_x, ~is_x, compute if asked else None)


def scalar(function: Callable[[float], float]) -> Callable[[Floats], Floats]:
    """Make a function of a float one of an array."""
    return lambda values: np.array([function(value) for value in values.tolist()], values.dtype)
