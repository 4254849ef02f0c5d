"""What tests of functions of Python share: the names of the ways to call one, values, and functions as targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from sigmoid_parity.implementations.candidates import Candidate, Found
from sigmoid_parity.implementations.module import FunctionTarget

FLOAT, DOUBLES, SINGLES = "f(float)", "f(float64 array)", "f(float32 array)"
ALL: Final = [FLOAT, DOUBLES, SINGLES]
ARRAYS: Final = [DOUBLES, SINGLES]
EDGES: Final = np.array([0.0, -0.0, 5e-324, 0.5, -36.8, -745.2, 1e308, np.inf, -np.inf, np.nan])


def bits(values: np.ndarray[Any, Any]) -> list[int]:
    return [int(bit) for bit in values.view(f"u{values.itemsize}")]


def names(found: Found) -> list[str]:
    return [candidate.name for candidate in found.candidates]


def in_process(function: Callable[..., Any]) -> Found:
    """Find the ways to call a function of this process."""
    with FunctionTarget(function, "f").open() as found:
        return found


def one(function: Callable[..., Any], name: str = FLOAT) -> Candidate:
    (found,) = (candidate for candidate in in_process(function).candidates if candidate.name == name)
    return found
