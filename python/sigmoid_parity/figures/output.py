"""Graphs to a file's content."""

from __future__ import annotations

from collections.abc import Sequence

from sigmoid_parity.figures import drawing, painting
from sigmoid_parity.figures.graph import Graph


def render(graphs: Sequence[Graph], ending: str, language: str = "en") -> bytes:
    """Draw graphs, two a row.

    :param graphs: what to draw.
    :param ending: of `canvas.FORMATS`.
    :param language: in which they are: ``"en"``, ``"ja"`` or ``"zh"``.
    :returns: the file's content; the same for the same version of matplotlib, which an SVG does not need.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no font has the letters; an SVG needs none.
    """
    return drawing.standalone(graphs).encode() if ending == "svg" else painting.paint(graphs, ending, language)
