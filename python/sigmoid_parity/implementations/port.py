"""The port as something to compare: called with one scalar after another, and with whole arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role
from sigmoid_parity.port import functions

_FUNCTIONS: Final[Mapping[str, Callable[[Any], Any]]] = {name: getattr(functions, name) for name in FUNCTIONS}


class PythonScalar:
    """The port, one Python float at a time."""

    name = "python-scalar"
    role = Role.PORT
    functions = frozenset(_FUNCTIONS)

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`."""
        compute = _FUNCTIONS[function]
        return np.array([compute(value) for value in inputs.tolist()], np.float64)


class PythonArray:
    """The port, given the whole array."""

    name = "python-array"
    role = Role.PORT
    functions = frozenset(_FUNCTIONS)

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`."""
        return np.asarray(_FUNCTIONS[function](inputs), np.float64)
