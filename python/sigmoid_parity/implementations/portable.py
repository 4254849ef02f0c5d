"""The portable pair as something to compare: in Python as scalars and as arrays; in C#, `CLASS`, by a `Host`."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role

CLASS: Final = "SigmoidParity.PortableSigmoid"
"""The C# class with the portable pair, by its full name."""


class PortableScalar:
    """The portable functions, one Python float at a time."""

    name = "portable-scalar"
    role = Role.PORT
    functions = frozenset(FUNCTIONS)

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`.

        :raises UsageError: the processor does not compute as they need.
        """
        from sigmoid_parity import portable

        compute = getattr(portable, function)
        return np.array([compute(value) for value in inputs.tolist()], np.float64)


class PortableArray:
    """The portable functions, given the whole array."""

    name = "portable-array"
    role = Role.PORT
    functions = frozenset(FUNCTIONS)

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`.

        :raises UsageError: the processor does not compute as they need.
        """
        from sigmoid_parity import portable

        return np.asarray(getattr(portable, function)(inputs), np.float64)
