"""Graphs as SVG, written here: small, in the reader's own fonts, light or dark as the reader's device is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from pathlib import Path
from typing import Final

import numpy as np

from sigmoid_parity.figures import palette
from sigmoid_parity.figures.graph import Axis, Curve, Doubles, Graph, Note, Panel, Point

WIDTH: Final = 480
HEIGHT: Final = 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 54, 44
_GAP: Final = 50
_SMALL, _LARGE = 1e-3, 1e5  # Outside, a tick's number is written as a power of ten.


def style() -> str:
    """Return what gives the classes in a drawing their colours, without the colours themselves."""
    return Path(__file__).with_name("drawing.css").read_text(encoding="utf-8")


def standalone(graphs: Sequence[Graph]) -> str:
    """Draw graphs, two a row, as a file that needs nothing else; the same text every time."""
    columns = min(2, len(graphs))
    rows = -(-len(graphs) // columns)
    size = f'viewBox="0 0 {WIDTH * columns} {HEIGHT * rows}" width="{WIDTH * columns}" height="{HEIGHT * rows}"'
    inner = (_placed(graph, n % columns, n // columns) for n, graph in enumerate(graphs))
    ground = '<rect width="100%" height="100%" style="fill: var(--ground)"/>\n'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>\n{palette.variables()}{style()}</style>\n'
    return f"{head}{ground}{''.join(inner)}</svg>\n"


def inline(graph: Graph) -> str:
    """Draw a graph as an element of a page, which has the style; the title is its text alternative."""
    title = escape(graph.title)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg {size} class="graph" role="img" aria-label="{title}">\n{"".join(_graph(graph))}</svg>'


def _placed(graph: Graph, column: int, row: int) -> str:
    at = f'x="{WIDTH * column}" y="{HEIGHT * row}" width="{WIDTH}" height="{HEIGHT}"'
    return f"<svg {at}>\n{''.join(_graph(graph))}</svg>\n"


def _graph(graph: Graph) -> Iterator[str]:
    yield f'<text class="title" x="{_LEFT - 7}" y="17">{escape(graph.title)}</text>\n'
    count = len(graph.panels)
    width = (WIDTH - _LEFT - _RIGHT - _GAP * (count - 1)) / count
    for number, panel in enumerate(graph.panels):
        yield from _Box(panel, _LEFT + number * (width + _GAP), width).draw()


class _Box:
    """A panel and its place in the drawing."""

    def __init__(self, panel: Panel, left: float, width: float) -> None:
        self._panel = panel
        self._left, self._width = left, width
        self._top, self._height = _TOP, HEIGHT - _TOP - _BOTTOM

    def draw(self) -> Iterator[str]:
        yield from self._axes()
        yield from map(self._curve, self._panel.curves)
        yield from map(self._point, self._panel.points)
        yield from map(self._note, self._panel.notes)

    def _x(self, value: Doubles | float) -> Doubles:
        return self._left + _share(self._panel.across, value) * self._width

    def _y(self, value: Doubles | float) -> Doubles:
        return self._top + (1.0 - _share(self._panel.up, value)) * self._height

    def _axes(self) -> Iterator[str]:
        left, right, top, foot = self._left, self._left + self._width, self._top, self._top + self._height
        for tick in self._panel.across.ticks:
            x = _short(self._x(tick))
            yield f'<path class="grid" d="M{x} {top}V{foot}"/>'
            yield f'<text class="tick" x="{x}" y="{foot + 17}" text-anchor="middle">{number(tick)}</text>\n'
        for tick in self._panel.up.ticks:
            y = self._y(tick)
            yield f'<path class="grid" d="M{_short(left)} {_short(y)}H{_short(right)}"/>'
            at = f'x="{_short(left - 7)}" y="{_short(y + 4)}" text-anchor="end"'
            yield f'<text class="tick" {at}>{number(tick)}</text>\n'
        label = escape(self._panel.across.label)
        yield f'<text class="axis" x="{_short(right)}" y="{foot + 36}" text-anchor="end">{label}</text>\n'
        if self._panel.up.label:
            yield f'<text class="axis" x="{_short(left - 7)}" y="{top - 13}">{escape(self._panel.up.label)}</text>\n'

    def _curve(self, curve: Curve) -> str:
        # What lies outside the panel is left out, and ends a line.
        low, high = self._panel.up.low, self._panel.up.high
        inside = (curve.y >= low) & (curve.y <= high)
        places = list(zip(self._x(curve.x), self._y(np.clip(curve.y, low, high)), strict=True))
        if curve.stroke == "dots":
            d = "".join(f"M{_short(x)} {_short(y)}h0" for (x, y), seen in zip(places, inside, strict=True) if seen)
        else:
            d = _path(places, inside.tolist())
        return f'<path class="curve {curve.role} {curve.stroke}" d="{d}"/>\n'

    def _point(self, point: Point) -> str:
        at = f'cx="{_short(self._x(point.x))}" cy="{_short(self._y(point.y))}"'
        return f'<circle class="point {point.role}" {at} r="5.5"/>\n'

    def _note(self, note: Note) -> str:
        at = f'x="{_short(self._x(note.x))}" y="{_short(self._y(note.y))}" text-anchor="{note.anchor}"'
        return f'<text class="note {note.role}" {at}>{escape(note.text)}</text>\n'


def number(value: float) -> str:
    """Write a tick's number: with a minus sign, and a power of ten where it is very small or large."""
    if value and not _SMALL <= abs(value) < _LARGE:
        return f"10{str(round(log10(value))).translate(_RAISED)}"
    return f"{value:g}".replace("-", "−")


_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _share(axis: Axis, value: Doubles | float) -> Doubles:
    scale = np.log10 if axis.log else np.asarray
    low, high = scale(axis.low), scale(axis.high)
    return np.asarray((scale(value) - low) / (high - low), dtype=np.float64)


def _path(places: Sequence[tuple[float, float]], seen: Sequence[bool]) -> str:
    """Write lines between the places that are seen, each from the one before it, which is shorter."""
    written, last = "", None
    for place, shown in zip(places, seen, strict=True):
        x, y = (round(float(value), 1) for value in place)
        if shown:
            written += f"M{_short(x)} {_short(y)}" if last is None else f"l{_short(x - last[0])} {_short(y - last[1])}"
        last = (x, y) if shown else None
    return written.replace(" -", "-")


def _short(value: Doubles | float) -> str:
    return f"{float(value) + 0.0:.1f}".removesuffix(".0").replace("-0", "-").removesuffix("-") or "0"
