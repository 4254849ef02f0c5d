"""The units of work: parts of a domain that are computed, kept in the journal and sent to a cluster as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1 << 24
"""Points of a unit at most, but for sweeps of more than 2^40: a fraction of a second for compiled code."""

_LEAST: Final = 1 << 16
_MOST: Final = 16  # There are 2^16 units at most, for a scheduler and a journal to bear.
_UNITS: Final = 64  # So many at least, for several workers to have their share, and a progress bar to move.


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A part of a domain.

    :ivar first: the index of its first point.
    :ivar count: how many points it has.
    """

    first: int
    count: int

    @property
    def end(self) -> int:
        """The index behind its last point."""
        return self.first + self.count


def size(points: int) -> int:
    """Return how many points a unit has: a power of two that depends on the number of points alone."""
    wanted = max(points // _UNITS, 1)
    most = max(LARGEST, 1 << max(points.bit_length() - _MOST, 0))
    return min(max(1 << (wanted.bit_length() - 1), _LEAST), most)


def split(points: int) -> Iterator[Unit]:
    """Cut a domain into units, in order."""
    step = size(points)
    for first in range(0, points, step):
        yield Unit(first, min(step, points - first))
