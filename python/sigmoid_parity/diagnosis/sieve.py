"""Tell at a dozen points what can be neither a sigmoid nor a derivative of one: a library has a thousand methods.

Whatever takes the place of the sigmoid, or of its derivative from x, hardly changes far out on both sides; whatever
takes the place of the derivative from y is about quadratic between 0 and 1. All else needs no closer look.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_FAR: Final = {8: (600.0, 700.0), 4: (70.0, 85.0)}  # By the format's bytes: where exp still has a value.
_FAR_IN_SMALL_FORMATS: Final = (8.0, 9.0)
_UNIT: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_SLIGHT: Final = 0.06
"""How much of its range a sigmoid may still change far out, and of its curvature a derivative from y."""

_ROUNDED: Final = 1e-6  # What bends less is a straight line, but for rounding.


def points(dtype: np.dtype[Any]) -> Floats:
    """Return the points at which `possible` wants the values, in a format: shape (9,)."""
    near, far = _FAR.get(dtype.itemsize, _FAR_IN_SMALL_FORMATS)
    return np.array([-far, -near, near, far, *_UNIT], dtype)


def possible(values: Floats) -> bool:
    """Tell whether a function may be a sigmoid, or a derivative of one.

    :param values: at `points`, shape (9,).
    """
    found = np.asarray(np.ma.filled(values, np.nan), np.float64)
    if not np.isfinite(found).all():
        return True  # Who overflows or skips there is looked at more closely.
    return bool(np.ptp(found)) and (_saturates(found) or _is_quadratic(found[4:]))


def _saturates(values: NDArray[np.float64]) -> bool:
    changes = abs(values[1] - values[0]), abs(values[3] - values[2])
    return bool(max(changes) <= _SLIGHT * np.abs(values).max())


def _is_quadratic(unit: NDArray[np.float64]) -> bool:
    second, third = np.diff(unit, 2), np.diff(unit, 3)
    bends = np.abs(second).min() > _ROUNDED * np.abs(unit).max()
    return bool(bends and np.abs(third).max() <= _SLIGHT * np.abs(second).max())
