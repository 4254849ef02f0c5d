"""What is known of the points that were compared: counts, and the points that show how far apart two sides are.

Tallies of disjoint sets of points combine to that of all of them, in any order and grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

KINDS: Final = 69
"""The classes of distances: 0, 1, 2, 3 to 4, 5 to 8 and so on up to 2^64, and the three below."""

NAN: Final = 66
"""One of the two results is NaN."""

INFINITY: Final = 67
"""One of them is an infinity, the other one a number or the other infinity."""

ZERO: Final = 68
"""They are zeros of different sign."""

BINADES: Final = 1 << 12
"""The signs and exponents of float64."""

KEPT: Final = 10
"""How many of the furthest points are kept."""

NONE: Final = 2**64 - 1
"""No point; the distance of two results to which none applies (`floats.INCOMPARABLE`)."""


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A point at which the results differ.

    :ivar index: its place in the domain.
    :ivar steps: the distance in ULP; `floats.INCOMPARABLE` where none applies.
    :ivar x: the encoding of the argument, as float64.
    :ivar expected: the encoding of the one result.
    :ivar actual: that of the other.
    """

    index: int
    steps: int
    x: int
    expected: int
    actual: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a set of points.

    :ivar kinds: how many points are of each class of distances; those with none are left out.
    :ivar binades: how many points differ, and the largest distance, for each binade of the argument in which any does:
        by the upper 12 bits of its encoding as float64.
    :ivar first: of each class from 1 on, the point with the lowest index.
    :ivar worst: the furthest `KEPT` points that have a distance, the furthest first, of equal ones the lower index.
    :ivar odd: the first `KEPT` points that have none.
    :ivar skipped: at how many points a side said that it cannot represent the argument or the result.
    """

    kinds: Mapping[int, int] = field(default_factory=dict)
    binades: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    first: Mapping[int, Point] = field(default_factory=dict)
    worst: tuple[Point, ...] = ()
    odd: tuple[Point, ...] = ()
    skipped: int = 0

    @classmethod
    def of(
        cls,
        counts: NDArray[np.uint64],
        binades: NDArray[np.uint64],
        first: NDArray[np.uint64],
        worst: NDArray[np.uint64],
        odd: NDArray[np.uint64],
        skipped: int,
    ) -> Self:
        """Make one of the arrays that a `counting.Counter` fills."""
        used = np.flatnonzero(binades[0])
        return cls(
            {int(kind): int(counts[kind]) for kind in np.flatnonzero(counts)},
            {int(one): (int(binades[0, one]), int(binades[1, one])) for one in used},
            {kind: Point(*row) for kind, row in enumerate(first.tolist()) if row[0] != NONE},
            tuple(Point(*row) for row in worst.tolist() if row[0] != NONE),
            tuple(Point(*row) for row in odd.tolist() if row[0] != NONE),
            skipped,
        )

    @property
    def compared(self) -> int:
        """At how many points both sides gave a result."""
        return sum(self.kinds.values())

    @property
    def differ(self) -> int:
        """At how many of them the results differ; two NaNs are the same."""
        return self.compared - self.kinds.get(0, 0)

    @property
    def max_ulp(self) -> int:
        """The largest distance that there is, in ULP; points without one are not counted."""
        return self.worst[0].steps if self.worst else 0

    @property
    def unequal(self) -> int:
        """At how many points no distance applies."""
        return sum(self.kinds.get(kind, 0) for kind in (NAN, INFINITY, ZERO))

    def __add__(self, other: Tally) -> Tally:
        """Combine with the tally of other points."""
        return combined((self, other))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "kinds": {str(kind): count for kind, count in sorted(self.kinds.items())},
            "binades": {str(binade): list(pair) for binade, pair in sorted(self.binades.items())},
            "first": {str(kind): _row(point) for kind, point in sorted(self.first.items())},
            "worst": [_row(point) for point in self.worst],
            "odd": [_row(point) for point in self.odd],
            "skipped": self.skipped,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what `to_json` returned.

        :raises KeyError, TypeError, ValueError: it is something else.
        """
        return cls(
            {int(kind): int(count) for kind, count in content["kinds"].items()},
            {int(binade): (int(count), int(most)) for binade, (count, most) in content["binades"].items()},
            {int(kind): Point(*map(int, row)) for kind, row in content["first"].items()},
            tuple(Point(*map(int, row)) for row in content["worst"]),
            tuple(Point(*map(int, row)) for row in content["odd"]),
            int(content["skipped"]),
        )


def combined(tallies: Iterable[Tally]) -> Tally:
    """Combine the tallies of disjoint sets of points."""
    parts = list(tallies)
    kinds: dict[int, int] = {}
    binades: dict[int, tuple[int, int]] = {}
    first: dict[int, Point] = {}
    for part in parts:
        for kind, count in part.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + count
        for binade, (count, most) in part.binades.items():
            before = binades.get(binade, (0, 0))
            binades[binade] = before[0] + count, max(before[1], most)
        for kind, point in part.first.items():
            first[kind] = min(first.get(kind, point), point)
    worst = sorted((point for part in parts for point in part.worst), key=lambda point: (-point.steps, point.index))
    odd = sorted(point for part in parts for point in part.odd)
    skipped = sum(part.skipped for part in parts)
    return Tally(kinds, binades, first, tuple(worst[:KEPT]), tuple(odd[:KEPT]), skipped)


def bounds(kind: int) -> tuple[int, int]:
    """Return the smallest and the largest distance of a class below `NAN`."""
    return (kind, kind) if kind <= 1 else ((1 << (kind - 2)) + 1, 1 << (kind - 1))


def _row(point: Point) -> list[int]:
    return [point.index, point.steps, point.x, point.expected, point.actual]
