"""What can be compared: implementations of the package's functions, all behind one small interface."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Implementation(Protocol):
    """Something that computes some of the functions, for whole arrays."""

    @property
    def name(self) -> str:
        """How results and bounds call it."""

    @property
    def functions(self) -> frozenset[str]:
        """The functions it computes, by their names in Python."""

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element.

        :param function: one of `functions`.
        :param inputs: float64 of shape (n,).
        :returns: float64 of shape (n,).
        """
