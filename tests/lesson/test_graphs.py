"""The graphs: what they draw, that they can be read, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sigmoid_parity import activation, d_activation, derivative
from sigmoid_parity.figures import canvas
from sigmoid_parity.lesson import graphs

TOP = Path(__file__).parent.parent.parent


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> Iterator[list[Any]]:
    """The axes of a graph."""
    with canvas.settings():
        whole, (part,) = canvas.figure(1)
        graphs.GRAPHS[request.param](part)
        whole.canvas.draw()
        yield part.axes


@pytest.mark.parametrize("drawn", graphs.GRAPHS, indirect=True)
def test_graphs_can_be_read(drawn: list[Any]) -> None:
    """Axes are labelled; curves in one graph differ in stroke or marker, and in lightness, so that grey is enough."""
    for axes in drawn:
        assert axes.get_xlabel()
        assert axes.get_ylabel() or axes is not drawn[0]
        lines = [line for line in axes.lines if not line.get_label().startswith("_")]
        strokes = {(line.get_linestyle(), line.get_marker()) for line in lines}
        assert len(strokes) == len(lines)
        lightness = [np.dot(rgb(line.get_color()), [0.2126, 0.7152, 0.0722]) for line in lines]
        assert all(abs(one - other) > 0.15 for i, one in enumerate(lightness) for other in lightness[:i])
        if len(lines) > 1:
            assert axes.get_legend() is not None


def rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))


def data(axes: Any, index: int = 0) -> tuple[Any, Any]:
    line = axes.lines[index]
    return np.asarray(line.get_xdata()), np.asarray(line.get_ydata())


@pytest.mark.parametrize("drawn", ["sigmoid"], indirect=True)
def test_the_documents_graph_has_its_points(drawn: list[Any]) -> None:
    """D2's 100 points, and the sigmoid at each."""
    x, y = data(drawn[0])
    np.testing.assert_array_equal(x, np.arange(-5.0, 5.0, 0.1))
    np.testing.assert_allclose(y, 1 / (1 + np.exp(-x)), rtol=1e-15)


@pytest.mark.parametrize("drawn", ["derivative-from-output"], indirect=True)
def test_the_parabola_is_beside_the_bell(drawn: list[Any]) -> None:
    """One derivative: over x, and over y as (1 - y) y; the marked points have equal heights in both."""
    left, right = drawn
    (x, slope), (y, parabola) = data(left), data(right)
    np.testing.assert_allclose(slope, derivative(x), rtol=0, atol=1e-15)
    np.testing.assert_allclose(parabola, y - y * y, rtol=0, atol=1e-15)
    for index in (1, 2, 3):
        (at, height), (out, same) = data(left, index), data(right, index)
        assert (activation(at), height) == (out, same)


@pytest.mark.parametrize("drawn", ["x-passed-for-y"], indirect=True)
def test_the_mistake_is_drawn(drawn: list[Any]) -> None:
    """DActivation of x itself, which falls below zero, beside the derivative, which never does."""
    (x, right), (_, wrong) = data(drawn[0], 0), data(drawn[0], 1)
    np.testing.assert_array_equal(wrong, d_activation(x))
    assert (right > 0.0).all()
    assert wrong.min() < 0.0


@pytest.mark.parametrize("drawn", ["relative-error"], indirect=True)
def test_the_relative_error_grows_to_one(drawn: list[Any]) -> None:
    """The error stays below 3 * 2^-54 (1 + exp(x)) and the product's rounding, and is 1 from x = 36.74 on."""
    x, error = data(drawn[0])
    assert (error[x > 36.7368005696771] == 1.0).all()
    assert (error <= 3 * 2.0**-54 * (1 + np.exp(x)) + 2.0**-52).all()
    assert np.median(error[(x > 5.0) & (x < 36.0)] / np.exp(x[(x > 5.0) & (x < 36.0)])) > 2.0**-57


def test_figures_are_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """A process with another hash seed, and other settings of matplotlib, writes the same files as this one."""
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\nbackend: TkAgg\n", encoding="utf-8")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(tmp_path)}
    code = "import sys; from sigmoid_parity.lesson import graphs\n"
    code += "for ending in sys.argv[1:]: open(f'drawn.{ending}', 'wb').write(graphs.draw(['sigmoid'], ending))"
    subprocess.run([sys.executable, "-c", code, *canvas.FORMATS], check=True, cwd=tmp_path, env=environment)
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        here = graphs.draw(["sigmoid"], ending)
        assert here == (tmp_path / f"drawn.{ending}").read_bytes()
        assert here.startswith(start)


def test_all_graphs_make_one_figure() -> None:
    """Without a name, all of them are drawn in one SVG, and every title is in the file in some form."""
    content = graphs.draw(list(graphs.GRAPHS), "svg").decode()
    root = ET.fromstring(content)  # noqa: S314 - our own
    axes = [one for one in root.iter() if re.fullmatch(r"axes_\d+", one.get("id", ""))]
    assert len(axes) == len(graphs.GRAPHS) + 1


def test_the_docs_show_every_graph() -> None:
    """Each graph is kept as SVG, and shown in python/docs/lesson.md; the Makefile writes them all."""
    lesson = TOP / "python" / "docs" / "lesson.md"
    shown = re.findall(r"!\[[^]]+\]\(([^)]+\.svg)\)", lesson.read_text(encoding="utf-8"))
    assert shown == [f"../notebooks/{name}.svg" for name in graphs.GRAPHS]
    for name in shown:
        ET.parse(lesson.parent / name)  # noqa: S314 - our own
    assert f"GRAPHS := {' '.join(graphs.GRAPHS)}\n" in (TOP / "Makefile").read_text(encoding="utf-8")
