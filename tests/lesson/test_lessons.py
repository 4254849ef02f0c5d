"""The notebook, the page and the graphs that teach the derivations."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbclient
import nbformat
import numpy as np
import pytest

from sigmoid_parity import activation, d_activation, derivative
from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.figures import canvas
from sigmoid_parity.lesson import check, notebook, page
from sigmoid_parity.lesson import graphs as sigmoid
from sigmoid_parity.lesson.derivations import load_derivations

TOP = Path(__file__).parent.parent.parent
KEPT = TOP / "python" / "notebooks" / "derivations.ipynb"
DERIVATIONS = load_derivations()


def sources(text: str, kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == kind]


def test_the_kept_notebook_is_what_is_composed_today() -> None:
    """The file that is kept is the command's own, byte for byte; ids of cells are unique."""
    text = KEPT.read_text(encoding="utf-8")
    assert text == notebook.compose(DERIVATIONS, "en"), "write it anew: make derivations"
    ids = [cell["id"] for cell in json.loads(text)["cells"]]
    assert len(set(ids)) == len(ids)


# The kernel's own: it opens sockets and leaves loops behind when it ends.
@pytest.mark.filterwarnings("default")
def test_the_kept_notebook_runs(tmp_path: Path) -> None:
    """Every cell runs in a kernel: all steps are proved, and each graph is drawn."""
    read = nbformat.read(KEPT, 4)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(
        read, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    outputs = [output for cell in read["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]
    printed = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
    assert printed.count(": proved\n") == sum(len(one.steps) for one in DERIVATIONS)
    drawn = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    assert len(drawn) == len(sigmoid.GRAPHS)


def test_notebooks_in_other_languages_run_the_same_code() -> None:
    """Only words differ between languages: formulas are the same, and code but for its comments."""
    code, formulas = [], []
    for language in LANGUAGES:
        text = notebook.compose(DERIVATIONS, language)
        code.append([re.sub("#.*", "", source) for source in sources(text, "code")])
        formulas.append([source for source in sources(text, "markdown") if "\\begin{align}" in source])
    assert code[0] == code[1] == code[2]
    assert formulas[0] == formulas[1] == formulas[2]
    assert len(formulas[0]) == len(DERIVATIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_by_itself(language: str) -> None:
    """Well-formed, every step in it with its rule, its reason and its mark, and nothing that would be fetched."""
    checks = {one.id: list(check(one)) for one in DERIVATIONS[:2]}
    text = page.compose(DERIVATIONS[:2], checks, language)
    body = ET.fromstring(re.search(r"<body>.*</body>", text, re.DOTALL)[0])  # type: ignore[index]  # noqa: S314
    steps = [item for item in body.findall(".//ol[@class='steps']/li") if item.find("p") is not None]
    told = ["".join(item.find("p").itertext()) for item in steps]  # type: ignore[union-attr]
    expected = [f"✓ {step.rule[language]} — {step.why[language]}" for one in DERIVATIONS[:2] for step in one.steps]
    assert told == expected
    assert all(item.find(".//math") is not None for item in steps)
    assert not re.search(r"https?:|src=|@import|<script|<link|url\(", text)
    assert f'<html lang="{language}' in text


def test_marks_stand_for_checks() -> None:
    """A page that nothing was checked for has no marks, and does not say that anything was proved."""
    text = page.compose(DERIVATIONS[:1], {}, "en")
    assert "✓" not in text
    assert "proved by SymPy" not in text


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> Iterator[list[Any]]:
    """The axes of a graph."""
    with canvas.settings():
        whole, (part,) = canvas.figure(1)
        sigmoid.GRAPHS[request.param](part)
        whole.canvas.draw()
        yield part.axes


@pytest.mark.parametrize("drawn", sigmoid.GRAPHS, indirect=True)
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


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_figures_are_the_same_bytes_in_every_process(ending: str, start: bytes, tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same file, whatever the user's settings of matplotlib."""
    written = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.{ending}"
        (tmp_path / "matplotlibrc").write_text(f"lines.linewidth: {seed}\nbackend: TkAgg\n", encoding="utf-8")
        command = [sys.executable, "-m", "sigmoid_parity", "plot", "sigmoid", "--output", str(file)]
        environment = {"PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(tmp_path), "HOME": str(tmp_path)}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        written.append(file.read_bytes())
    assert written[0] == written[1]
    assert written[0].startswith(start)


def test_all_graphs_make_one_figure() -> None:
    """Without a name, all of them are drawn in one SVG, and every title is in the file in some form."""
    content = sigmoid.draw(list(sigmoid.GRAPHS), "svg").decode()
    root = ET.fromstring(content)  # noqa: S314 - our own
    axes = [one for one in root.iter() if re.fullmatch(r"axes_\d+", one.get("id", ""))]
    assert len(axes) == len(sigmoid.GRAPHS) + 1


def test_the_readme_shows_every_graph() -> None:
    """Each graph is kept as SVG, and shown in the README; the Makefile writes them all."""
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\((python/notebooks/[^)]+)\)", readme)
    assert sorted(shown) == sorted(f"python/notebooks/{name}.svg" for name in sigmoid.GRAPHS)
    for name in shown:
        ET.parse(TOP / name)  # noqa: S314 - our own
    assert f"GRAPHS := {' '.join(sigmoid.GRAPHS)}\n" in (TOP / "Makefile").read_text(encoding="utf-8")
