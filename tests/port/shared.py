"""What the tests of the port share."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pytest

from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.port import functions

ALL: Final = [getattr(functions, name) for name in FUNCTIONS]
"""The public functions."""

by_name = pytest.mark.parametrize("function", ALL, ids=FUNCTIONS)
"""Run a test for each of them."""


def bits_of(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The bits, with every NaN made the same one."""
    return np.where(np.isnan(values), np.nan, values).astype(values.dtype).view(f"u{values.itemsize}")


def scalars(name: str, inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What a function's record gives for each input, rounded once to the inputs' dtype."""
    values = np.array([FUNCTIONS[name].scalar(x) for x in inputs.ravel().tolist()], np.float64)
    with np.errstate(all="ignore"):
        return values.astype(inputs.dtype).reshape(inputs.shape)
