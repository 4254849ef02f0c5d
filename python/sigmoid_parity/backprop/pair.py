"""The pair that back-propagation needs, for whole arrays: the sigmoid, and its derivative from the OUTPUT.

A layer or network takes any `Pair`: the port (`PORT`), the C# class on a runtime (`implementations.AsPair`), or D4's
mistake (`DOUBLE_SIGMOID`).
"""

from __future__ import annotations

from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

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
