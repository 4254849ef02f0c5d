"""An implementation as the pair of a layer or a network: so that the C# class can stand in for the port."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.implementations import Implementation

Doubles = NDArray[np.float64]


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
