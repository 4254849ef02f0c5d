"""What can be compared: implementations of the package's functions, all behind one small interface."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Role(Enum):
    """What an implementation is in a comparison."""

    ORIGINAL = "original"
    """What the others are held to, bit for bit: the C# class on a runtime, or whatever is named in its place."""

    PORT = "port"
    """This package's own."""

    CANDIDATE = "candidate"
    """Anybody's, to be judged."""


class Implementation(Protocol):
    """Something that computes some of the functions, for whole arrays."""

    @property
    def name(self) -> str:
        """What results call it, such as ``python-array`` or ``coreclr-10.0.12``."""

    @property
    def role(self) -> Role:
        """What it is in a comparison."""

    @property
    def functions(self) -> frozenset[str]:
        """The functions it computes, by their names in Python."""

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element.

        :param function: one of `functions`.
        :param inputs: float64 of shape (n,).
        :returns: float64 of shape (n,).
        """
