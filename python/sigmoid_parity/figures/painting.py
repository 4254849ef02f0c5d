"""Graphs as PNG and PDF, by matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sigmoid_parity.errors import UsageError
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
# Files of fonts with Japanese and Chinese letters, on the usual systems; the first that is there is taken.
_FILES: Final = (
    "NotoSansCJK-Regular",
    "SourceHanSans",
    "ipaexg",
    "Hiragino",
    "PingFang",
    "YuGoth",
    "msyh",
    "wqy-zenhei",
)


def paint(graphs: Sequence[Graph], ending: str) -> bytes:
    """Paint graphs, two a row.

    :param graphs: what to paint.
    :param ending: ``"png"`` or ``"pdf"``.
    :returns: the file's content; the same for the same version of matplotlib and the same fonts.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: there are Japanese or Chinese letters, and no font for them.
    """
    with canvas.settings(), canvas.library().rc_context({"font.family": _fonts(graphs)}):
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


def _fonts(graphs: Sequence[Graph]) -> list[str]:
    """Return which fonts to take letters from, in order.

    :raises UsageError: there are Japanese or Chinese letters, and no font for them.
    """
    words = "".join(part for graph in graphs for part in _words(graph))
    usual = ["DejaVu Sans"]
    if not any("\u3000" <= letter <= "\u9fff" for letter in words):
        return usual
    return [*usual, _with_cjk()]


@cache
def _with_cjk() -> str:
    from matplotlib.font_manager import FontProperties, findSystemFonts, fontManager

    there = sorted(findSystemFonts())
    found = next((path for name in _FILES for path in there if name in path), None)
    if found is None:
        problem = "no font here has Japanese and Chinese letters; install one, such as Noto Sans CJK, or write an .svg"
        raise UsageError(f"cannot draw the figure: {problem}")
    fontManager.addfont(found)  # matplotlib's own list may be older than the font.
    return str(FontProperties(fname=found).get_name())


def _words(graph: Graph) -> list[str]:
    notes = [note.text for panel in graph.panels for note in panel.notes]
    return [graph.title, *notes, *(axis.label for panel in graph.panels for axis in (panel.across, panel.up))]
