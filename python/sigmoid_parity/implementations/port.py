"""The port as something to compare: called with one scalar after another, and with whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role
from sigmoid_parity.port import functions


class _Port:
    role = Role.PORT
    functions = frozenset(FUNCTIONS)

    @staticmethod
    def of(function: str) -> Callable[[Any], Any]:
        """Return a function of the port."""
        found: Callable[[Any], Any] = getattr(functions, function)
        return found


class PythonScalar(_Port):
    """The port, one Python float at a time."""

    name = "python-scalar"

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`."""
        compute = self.of(function)
        return np.array([compute(value) for value in inputs.tolist()], np.float64)


class PythonArray(_Port):
    """The port, given the whole array."""

    name = "python-array"

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`."""
        return np.asarray(self.of(function)(inputs), np.float64)
