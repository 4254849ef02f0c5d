"""A share of the numbers of a format, evenly spread: for programs that would take days for all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.sweep.domains import Every


@dataclass(frozen=True, slots=True)
class OneIn:
    """One encoding in so many of a format, from +0 on, in the order of the encodings.

    :ivar step: how many; an odd number, for the last bits to vary.
    :ivar name: of the format, one of `formats.NAMES`.
    """

    step: int
    name: str = "float32"

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format; see `domains.Domain`."""
        return formats.dtype(self.name)

    @property
    def size(self) -> int:
        """How many encodings are taken."""
        return -(-Every(self.name).size // self.step)

    def describe(self) -> dict[str, Any]:
        """See `domains.Domain`."""
        return {"kind": "one-in", **asdict(self)}

    def points(self, first: int, count: int) -> Floats:
        """See `domains.Domain`."""
        words = np.arange(first, first + count, dtype=np.uint64) * np.uint64(self.step)
        points: Floats = words.astype(f"u{self.dtype.itemsize}").view(self.dtype)
        return points
