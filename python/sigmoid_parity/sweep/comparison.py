"""What one comparison of a sweep is, whoever computes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.sweep.domains import Domain
from sigmoid_parity.sweep.sides import Side

_SIDES: Final = 3  # Both sides, and what is left to be done.


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides that compute a function at the points of a domain.

    :ivar function: its name in Python.
    :ivar format: of the results, one of `formats.NAMES`; what is wider is rounded once to it.
    :ivar expected: what the other side is held to.
    :ivar actual: the side that is judged.
    :ivar domain: the points; where they are wider than the format they are rounded once to it too.
    :ivar folder: in which programs and modules are looked for.
    :ivar time_limit: for each call, in seconds.
    """

    function: str
    format: str
    expected: Side
    actual: Side
    domain: Domain
    folder: str
    time_limit: float

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format."""
        return formats.dtype(self.format)

    @property
    def name(self) -> str:
        """Both sides, for a line."""
        return f"{self.actual.name} against {self.expected.name}"

    @property
    def block(self) -> int:
        """How many points both sides are given at a time."""
        return max(self.expected.block, self.actual.block)

    @property
    def patience(self) -> float:
        """How long a block may take, in seconds; each side has a limit of its own where it has a process of its own."""
        return _SIDES * self.time_limit if self.expected.apart or self.actual.apart else self.time_limit

    def identity(self) -> dict[str, Any]:
        """Return what must be the same for a sweep to be gone on with, as JSON has it."""
        return {
            "function": self.function,
            "format": self.format,
            "expected": self.expected.identity(),
            "actual": self.actual.identity(),
            "domain": self.domain.describe(),
        }
