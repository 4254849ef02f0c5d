"""Where numbers stand on the axes of a figure: arguments of every size, and distances with 0 among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.float64]

_TICKS: Final = 8  # From 1 on, at most.
_LABEL: Final = 0.07  # The height of a tick's label, as a share of the axis.
_GRID: Final = 200.0  # Of two points that are nearer than one unit of the axis by this, one is drawn.


@dataclass(frozen=True, slots=True)
class Arguments:
    """An axis of arguments: within its bounds each at its place, beyond them at one place on either side.

    :ivar bounds: the smallest and the largest that have places of their own.
    :ivar labelled: those with a tick.
    :ivar logarithmic: whether places go by ``log10(1 + abs(x))``, so that 0.1 and 700 are both seen.
    """

    bounds: tuple[float, float]
    labelled: Sequence[float]
    logarithmic: bool

    def place(self, values: Floats) -> Places:
        """Return the places of arguments; NaN stands with what is beyond the upper bound.

        :param values: of shape (n,).
        :returns: float64 of that shape.
        """
        low, high = self.bounds
        wide = values.astype(np.float64)
        inside = self._scale(np.clip(np.nan_to_num(wide, nan=high), low, high))
        below, above = self._beyond
        return np.where(wide < low, below, np.where(wide > high, above, np.where(np.isnan(wide), above, inside)))

    def share(self, place: float) -> float:
        """Return how far along the axis a place is, from 0 to 1."""
        first, last = self.ends
        return (place - first) / (last - first)

    @property
    def ends(self) -> tuple[float, float]:
        """The first and the last place on the axis."""
        below, above = self._beyond
        return below - 0.4 * self._margin, above + 0.4 * self._margin

    def ticks(self) -> tuple[list[float], list[str]]:
        """Return the ticks' places and their labels."""
        low, high = self.bounds
        below, above = self._beyond
        places = [below, *self._scale(np.array(self.labelled)).tolist(), above]
        return places, [f"< {low:g}", *(f"{one:g}" for one in self.labelled), f"> {high:g}"]

    @property
    def _margin(self) -> float:
        low, high = self._scale(np.array(self.bounds)).tolist()
        return float(0.08 * (high - low))

    @property
    def _beyond(self) -> tuple[float, float]:
        low, high = self._scale(np.array(self.bounds)).tolist()
        return low - self._margin, high + self._margin

    def _scale(self, values: Places) -> Places:
        return np.sign(values) * np.log10(1.0 + np.abs(values)) if self.logarithmic else values


INPUT: Final = Arguments((-1000.0, 1000.0), (-100.0, -10.0, -1.0, 0.0, 1.0, 10.0, 100.0), logarithmic=True)
"""For x, the sigmoid's input."""

OUTPUT: Final = Arguments((0.0, 1.0), (0.0, 0.25, 0.5, 0.75, 1.0), logarithmic=False)
"""For y, the sigmoid's output."""


@dataclass(frozen=True, slots=True)
class Distances:
    """An axis of distances: 0 at its foot, then the logarithms, and at the top a level where no distance applies.

    :ivar decades: how many powers of ten the distances span, from 1 on.
    :ivar level: whether there is that level.
    """

    decades: int
    level: bool

    @classmethod
    def upto(cls, steps: NDArray[np.uint64]) -> Self:
        """Make an axis for some distances, in ULP."""
        finite = steps[steps != floats.INCOMPARABLE]
        most = int(finite.max(initial=np.uint64(0)))
        return cls(len(str(max(most - 1, 0))), bool(finite.size < steps.size))

    @property
    def one(self) -> float:
        """The place of 1, away from that of 0 by at least a label's height."""
        return max(1.0, _LABEL * self.decades)

    @property
    def top(self) -> float:
        """The highest place."""
        end = self.one + self.decades
        return end + max(1.0, 2.0 * _LABEL * self.decades) if self.level else end

    def place(self, steps: NDArray[np.uint64]) -> Places:
        """Return the places of distances, float64 of the same shape."""
        places = np.where(steps > 0, self.one + np.log10(np.maximum(steps, 1).astype(np.float64)), 0.0)
        return np.where(steps == floats.INCOMPARABLE, self.top, places)

    def ticks(self, incomparable: str) -> tuple[list[float], list[str]]:
        """Return the ticks' places and their labels.

        :param incomparable: the label of the level at the top.
        """
        powers = range(0, self.decades + 1, -(-self.decades // _TICKS))
        places = [0.0, *(self.one + power for power in powers)]
        labels = ["0", *(f"$10^{{{power}}}$" if power > 1 else str(10**power) for power in powers)]
        return ([*places, self.top], [*labels, incomparable]) if self.level else (places, labels)


def thinned(x: Places, y: Places) -> tuple[Places, Places]:
    """Leave out points that another one covers, so that a figure of many points stays small.

    :param x: places across, of shape (n,).
    :param y: places upwards, of shape (n,).
    :returns: the places of those that are left, in their order.
    """
    cells = np.round(np.stack([x, y]) * _GRID)
    _, first = np.unique(cells, axis=1, return_index=True)
    first.sort()
    return x[first], y[first]
