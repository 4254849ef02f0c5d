"""The loss over the epochs of a training, as a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Final

import numpy as np

from sigmoid_parity.figures.graph import Axis, Curve, Graph, Note, Panel, Role

_LOSS: Final = "loss: half the sum of the squared errors"
_MOST: Final = 400  # Points of a curve; more cannot be told apart.
_LINE: Final = 0.075  # Of the height, for a name.
_KEYS: Final = {"solid": "━━", "dashed": "╺╸╺╸", "thin": "┄┄┄", "dots": "· · ·"}
_LINES: Final[Sequence[tuple[Role, str]]] = (("d", "solid"), ("wrong", "dashed"), ("y", "thin"), ("ink", "dots"))


def loss(title: str, losses: Mapping[str, Sequence[float]]) -> Graph:
    """Compose a graph with a curve per training; trainings with the same losses share one. Names stand above them all.

    :param title: what was trained.
    :param losses: of each training, the loss of every epoch, in order.
    """
    curves = _shared(losses)
    lowest, highest = _decades([value for curve in curves.values() for value in curve])
    height = log10(highest / lowest) / (1.0 - _LINE * len(curves))
    last = max(map(len, curves.values()))
    drawn = [_curve(curve, number) for number, curve in enumerate(curves.values())]
    notes = [
        Note(
            last, lowest * 10.0 ** (height * (1.0 - _LINE * number)), f"{_KEYS[curve.stroke]} {name}", curve.role, "end"
        )
        for number, (name, curve) in enumerate(zip(curves, drawn, strict=True), 1)
    ]
    across = Axis("epoch", 0, last, sorted({last * share // 4 for share in range(5)}))
    powers = range(round(log10(lowest)), round(log10(highest)) + 1)
    up = Axis(_LOSS, lowest, lowest * 10.0**height, [10.0**power for power in powers], log=True)
    return Graph(title, [Panel(across, up, drawn, (), notes)])


def _shared(losses: Mapping[str, Sequence[float]]) -> dict[str, Sequence[float]]:
    """Give curves that are the same one name: the names of all of them."""
    names: dict[tuple[float, ...], list[str]] = {}
    for name, curve in losses.items():
        names.setdefault(tuple(curve), []).append(name)
    return {" = ".join(alike): curve for curve, alike in names.items()}


def _curve(curve: Sequence[float], number: int) -> Curve:
    role, stroke = _LINES[number % len(_LINES)]
    places = np.unique(np.linspace(1, len(curve), min(len(curve), _MOST)).round().astype(int))
    return Curve(places.astype(np.float64), np.asarray(curve, dtype=np.float64)[places - 1], role, stroke)  # type: ignore[arg-type]


def _decades(values: Sequence[float]) -> tuple[float, float]:
    """Return the powers of ten around all values that have a logarithm, one decade at least."""
    sizes = [log10(value) for value in values if 0.0 < value < float("inf")] or [0.0]
    low, high = floor(min(sizes)), ceil(max(sizes))
    return 10.0**low, 10.0 ** max(high, low + 1)
