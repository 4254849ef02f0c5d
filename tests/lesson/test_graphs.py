"""The graphs: what they draw, that they can be read, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sigmoid_parity import activation, d_activation, derivative
from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.errors import UsageError
from sigmoid_parity.figures import canvas, palette
from sigmoid_parity.figures.graph import Graph
from sigmoid_parity.lesson import graphs

TOP = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"


def graph(name: str, language: str = "en") -> Graph:
    return graphs.GRAPHS[name](language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", graphs.GRAPHS)
def test_graphs_can_be_read(name: str, language: str) -> None:
    """Axes are labelled, curves of one panel differ in stroke and are named beside them, and nothing lies outside."""
    found = graph(name, language)
    assert found.title
    for panel in found.panels:
        assert panel.across.label
        curves = [curve for curve in panel.curves if curve.role != "soft"]
        assert len({curve.stroke for curve in curves}) == len(curves)
        if len(curves) > 1:
            assert {curve.role for curve in curves} <= {note.role for note in panel.notes}
        for axis, values in ((panel.across, [n.x for n in panel.notes]), (panel.up, [n.y for n in panel.notes])):
            assert all(axis.low <= value <= axis.high for value in (*values, *axis.ticks))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK])
def test_colours_have_contrast(colours: dict[str, str]) -> None:
    """Everything that must be seen has 4.5:1 on its ground, which words need; lines need 3:1."""
    ground = luminance(colours["ground"])
    for name in colours.keys() - {"ground", "rule"}:
        one = luminance(colours[name])
        assert (max(one, ground) + 0.05) / (min(one, ground) + 0.05) >= 4.5, name


def test_the_documents_graph_has_its_points() -> None:
    """D2's 100 points, and the sigmoid at each; 0.5 at 0 is marked."""
    (panel,) = graph("sigmoid").panels
    (curve,) = panel.curves
    np.testing.assert_array_equal(curve.x, np.arange(-5.0, 5.0, 0.1))
    np.testing.assert_allclose(curve.y, 1 / (1 + np.exp(-curve.x)), rtol=1e-15)
    assert (panel.points[0].x, panel.points[0].y) == (0.0, 0.5)


def test_the_tangent_at_zero_touches() -> None:
    """It has the slope 0.25, and the sigmoid leaves it by the cube of x at most: x^3/48."""
    curves = graph("sigmoid-curve").panels[0].curves
    (tangent,) = (curve for curve in curves if curve.role == "d")
    assert np.diff(tangent.y) / np.diff(tangent.x) == 0.25
    x = np.linspace(-2.0, 2.0, 101)
    assert (np.abs(activation(x) - np.interp(x, tangent.x, tangent.y)) <= np.abs(x) ** 3 / 48 + 1e-16).all()


def test_the_parabola_is_beside_the_bell() -> None:
    """One derivative: over x, and over y as (1 - y) y; the marked points have equal heights in both."""
    left, right = graph("derivative-from-output").panels
    np.testing.assert_allclose(left.curves[0].y, derivative(left.curves[0].x), rtol=0, atol=1e-15)
    np.testing.assert_allclose(right.curves[0].y, right.curves[0].x - right.curves[0].x ** 2, rtol=0, atol=1e-15)
    for here, there in zip(left.points, right.points, strict=True):
        assert (activation(here.x), here.y) == (there.x, there.y)


def test_the_mistakes_are_drawn() -> None:
    """DActivation of x falls below zero; the double sigmoid never falls below 0.1966; the derivative does neither."""
    right, wrong = graph("x-passed-for-y").panels[0].curves
    np.testing.assert_array_equal(wrong.y, d_activation(wrong.x))
    assert (right.y > 0.0).all()
    assert wrong.y.min() < 0.0
    right, wrong = graph("double-sigmoid").panels[0].curves
    np.testing.assert_array_equal(wrong.y, d_activation(activation(activation(wrong.x))))
    assert 0.1966 < wrong.y.min() < 0.1967
    assert right.y.min() < 1e-4


def test_the_relative_error_grows_to_one() -> None:
    """The error stays below 3 * 2^-54 (1 + exp(x)) and the product's rounding, and is 1 from x = 36.74 on."""
    curve = next(curve for curve in graph("relative-error").panels[0].curves if curve.role == "d")
    x, error = curve.x, curve.y
    assert (error[x > 36.7368005696771] == 1.0).all()
    assert (error <= 3 * 2.0**-54 * (1 + np.exp(x)) + 2.0**-52).all()
    assert np.median(error[(x > 5.0) & (x < 36.0)] / np.exp(x[(x > 5.0) & (x < 36.0)])) > 2.0**-57


@pytest.mark.processes
def test_figures_are_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """A process with another hash seed, and other settings of matplotlib, writes the same files as this one."""
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\nbackend: TkAgg\n", encoding="utf-8")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(tmp_path)}
    code = "import sys; from sigmoid_parity.lesson import graphs\n"
    code += "for ending in sys.argv[1:]: open(f'drawn.{ending}', 'wb').write(graphs.draw(['sigmoid'], ending))"
    subprocess.run([sys.executable, "-c", code, *canvas.FORMATS], check=True, cwd=tmp_path, env=environment)
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")):
        here = graphs.draw(["sigmoid"], ending)
        assert here == (tmp_path / f"drawn.{ending}").read_bytes()
        assert here.startswith(start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_graphs_make_one_figure(language: str) -> None:
    """Without a name, all of them are drawn in one SVG, with every title and note in the language's own letters."""
    root = ET.fromstring(graphs.draw(list(graphs.GRAPHS), "svg", language))  # noqa: S314 - our own
    words = {text.text for text in root.iter(f"{SVG}text")}
    for name in graphs.GRAPHS:
        found = graph(name, language)
        assert {found.title, *(note.text for panel in found.panels for note in panel.notes)} <= words
    assert all(ET.tostring(one) for one in root.iter(f"{SVG}path"))


def test_curves_are_drawn_where_they_belong() -> None:
    """Read back from the SVG by its ticks' places, D2's points are the sigmoid's, to a tenth of a pixel."""
    root = ET.fromstring(graphs.svg("sigmoid"))  # noqa: S314 - our own
    ticks = [one for one in root.iter(f"{SVG}text") if one.get("class") == "tick"]
    across = {float((one.text or "").replace("−", "-")): float(one.get("x", "")) for one in ticks[:5]}
    up = {float(one.text or ""): float(one.get("y", "")) - 4 for one in ticks[5:]}
    (path,) = (one.get("d", "") for one in root.iter(f"{SVG}path") if "dots" in one.get("class", ""))
    places = np.array([tuple(map(float, place)) for place in re.findall(r"M([\d.]+) ([\d.]+)h0", path)])
    x = (places[:, 0] - across[-5.0]) / (across[5.0] - across[-5.0]) * 10 - 5
    y = (places[:, 1] - up[0.0]) / (up[1.0] - up[0.0])
    assert len(places) == 100
    np.testing.assert_allclose(y, activation(x), rtol=0, atol=0.001)


def test_a_font_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """PNG and PDF in Japanese need a font with its letters; without one the error says what to do."""
    monkeypatch.setattr(canvas, "_FONTS", {"ja": ("No Such Font",)})
    with pytest.raises(UsageError, match=r"install one, such as No Such Font, or take --language en"):
        graphs.draw(["sigmoid"], "png", "ja")
    assert graphs.draw(["sigmoid"], "svg", "ja").startswith(b"<svg")
    assert graphs.draw(["sigmoid"], "png", "en").startswith(b"\x89PNG")


def test_the_docs_show_every_graph() -> None:
    """Each graph is kept as SVG, and shown in python/docs/lesson.md; the Makefile writes them all."""
    lesson = TOP / "python" / "docs" / "lesson.md"
    shown = re.findall(r"!\[[^]]+\]\(([^)]+\.svg)\)", lesson.read_text(encoding="utf-8"))
    assert shown == [f"../notebooks/{name}.svg" for name in graphs.GRAPHS]
    for name in shown:
        ET.parse(lesson.parent / name)  # noqa: S314 - our own
    assert f"GRAPHS := {' '.join(graphs.GRAPHS)}\n" in (TOP / "Makefile").read_text(encoding="utf-8")
