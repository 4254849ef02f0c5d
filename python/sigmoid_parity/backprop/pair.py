"""The pair that back-propagation needs, for whole arrays: the sigmoid, and its derivative from the OUTPUT.

A layer or network takes any `Pair`: the port (`PORT`), an implementation such as the C# class on a runtime (`AsPair`),
or D4's mistake (`DOUBLE_SIGMOID`).
"""

from __future__ import annotations

from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.implementations import Implementation
from sigmoid_parity.port.functions import activation, d_activation, derivative

Doubles = NDArray[np.float64]


class Pair(Protocol):
    """The sigmoid and its derivative, element by element; float64 of any shape in, float64 of that shape out."""

    def activation(self, x: Doubles, /) -> Doubles:
        """Compute y from the input x."""

    def d_activation(self, y: Doubles, /) -> Doubles:
        """Compute dy/dx from the OUTPUT y."""


class _Functions:
    """A pair made of two functions of this package."""

    def __init__(self, function: Any, derivative: Any) -> None:
        self.activation = function
        self.d_activation = derivative


PORT: Final[Pair] = _Functions(activation, d_activation)
"""The port: the bits of the C# pair. Source: D2."""

DOUBLE_SIGMOID: Final[Pair] = _Functions(activation, derivative)
"""D4's mistake, to see how it trains: its derivative takes the input x and is given the output, so that the sigmoid is
applied twice."""


class AsPair:
    """An implementation's ``activation`` and ``d_activation``, for arrays of any shape; one call an array."""

    def __init__(self, implementation: Implementation) -> None:
        """Make a pair of an implementation, such as a `Host`, which stays the caller's to close."""
        self._implementation = implementation

    def activation(self, x: Doubles, /) -> Doubles:
        """Compute y from the input x.

        :raises HostError: a .NET runtime, or the code it ran, failed.
        """
        return self._apply("activation", x)

    def d_activation(self, y: Doubles, /) -> Doubles:
        """Compute dy/dx from the OUTPUT y.

        :raises HostError: a .NET runtime, or the code it ran, failed.
        """
        return self._apply("d_activation", y)

    def _apply(self, function: str, values: Doubles) -> Doubles:
        return self._implementation.apply(function, values.ravel()).reshape(values.shape)
