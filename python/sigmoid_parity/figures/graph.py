"""A graph as data: what is drawn, not how. `drawing` makes SVG of it, `painting` PNG and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Role = Literal["y", "d", "wrong", "ink", "soft"]
"""What a thing means, which gives it its colour: a name of `palette`."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Axis:
    """An axis.

    :ivar label: what runs along it.
    :ivar low: its least value.
    :ivar high: its greatest value.
    :ivar ticks: where it has a number and a line of the grid.
    :ivar log: whether equal steps are equal factors.
    """

    label: str
    low: float
    high: float
    ticks: Sequence[float]
    log: bool = False


@dataclass(frozen=True)
class Curve:
    """A curve, or points.

    :ivar x: where.
    :ivar y: how high.
    :ivar role: what it means.
    :ivar stroke: how it is drawn; two curves of a panel differ in it or in their role.
    """

    x: Doubles
    y: Doubles
    role: Role
    stroke: Literal["solid", "dashed", "thin", "dots"] = "solid"


@dataclass(frozen=True)
class Point:
    """A point that is marked.

    :ivar x: where.
    :ivar y: how high.
    :ivar role: what it means.
    """

    x: float
    y: float
    role: Role


@dataclass(frozen=True)
class Note:
    """Words in a panel: the name of a curve beside it, a value at a point. Never a box of names over the curves.

    :ivar x: where its anchor stands.
    :ivar y: how high the foot of its letters stands.
    :ivar text: the words.
    :ivar role: what it speaks of.
    :ivar anchor: which end of it stands at x.
    """

    x: float
    y: float
    text: str
    role: Role = "ink"
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Panel:
    """What shares two axes.

    :ivar across: the horizontal axis.
    :ivar up: the vertical axis.
    :ivar curves: in the order in which they are drawn.
    :ivar points: over the curves.
    :ivar notes: over all.
    """

    across: Axis
    up: Axis
    curves: Sequence[Curve]
    points: Sequence[Point] = ()
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class Graph:
    """A titled drawing.

    :ivar title: what it shows.
    :ivar panels: side by side.
    """

    title: str
    panels: Sequence[Panel]
