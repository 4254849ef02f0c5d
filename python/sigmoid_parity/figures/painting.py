"""Graphs as PNG and PDF, by matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sigmoid_parity.figures import canvas
from sigmoid_parity.figures.drawing import number
from sigmoid_parity.figures.graph import Axis, Curve, Graph, Panel
from sigmoid_parity.figures.palette import LIGHT

_STROKES: Final[Mapping[str, Mapping[str, Any]]] = {
    "solid": {"linewidth": 2.0},
    "dashed": {"linewidth": 2.0, "dashes": (4, 2.5)},
    "thin": {"linewidth": 1.0, "dashes": (4, 3)},
    "dots": {"linestyle": "", "marker": ".", "markersize": 3},
}
_ANCHORS: Final = {"start": "left", "middle": "center", "end": "right"}


def paint(graphs: Sequence[Graph], ending: str, language: str = "en") -> bytes:
    """Paint graphs, two a row.

    :param graphs: what to paint.
    :param ending: ``"png"`` or ``"pdf"``.
    :param language: whose letters are needed: ``"en"``, ``"ja"`` or ``"zh"``.
    :returns: the file's content; the same for the same version of matplotlib and the same fonts.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    with canvas.settings(language):
        whole, parts = canvas.figure(len(graphs))
        for graph, part in zip(graphs, parts, strict=False):
            fill(part, graph)
        return canvas.save(whole, ending)


def fill(part: Any, graph: Graph) -> None:
    """Paint one graph into a part of a figure."""
    part.suptitle(graph.title, fontsize=11)
    for axes, panel in zip(part.subplots(1, len(graph.panels), squeeze=False).flat, graph.panels, strict=True):
        _panel(axes, panel)


def _panel(axes: Any, panel: Panel) -> None:
    for axis, name in ((panel.across, "x"), (panel.up, "y")):
        _axis(axes, axis, name)
    axes.grid(color=LIGHT["rule"], linewidth=0.7)
    axes.spines[["top", "right"]].set_visible(False)
    for curve in panel.curves:
        _curve(axes, curve)
    for point in panel.points:
        axes.plot([point.x], [point.y], "o", color=LIGHT[point.role], markeredgecolor="white", markersize=8)
    for note in panel.notes:
        axes.text(note.x, note.y, note.text, color=LIGHT[note.role], ha=_ANCHORS[note.anchor], fontsize=9)


def _axis(axes: Any, axis: Axis, name: str) -> None:
    labels = [number(tick) for tick in axis.ticks]
    axes.set(**{f"{name}label": axis.label, f"{name}scale": "log" if axis.log else "linear"})
    axes.set(**{f"{name}lim": (axis.low, axis.high)})
    getattr(axes, f"set_{name}ticks")(axis.ticks, labels)
    getattr(axes, f"set_{name}ticks")([], minor=True)


def _curve(axes: Any, curve: Curve) -> None:
    axes.plot(curve.x, curve.y, color=LIGHT[curve.role], **_STROKES[curve.stroke])
