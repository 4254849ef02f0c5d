"""The picture of distances: every point has its place, 0 and "not comparable" among them; the same bytes every time."""

from __future__ import annotations

from typing import Any, Final
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.errors import UsageError
from sigmoid_parity.figures import canvas, distances, scales
from sigmoid_parity.figures.canvas import FORMATS
from sigmoid_parity.figures.distances import Panel, Series

LARGEST: Final = 2**64 - 2


def steps(*values: int) -> NDArray[np.uint64]:
    return np.array(values, np.uint64)


def panels(*found: int) -> list[Panel]:
    inputs = np.linspace(-3.0, 900.0, len(found))
    one = Series("Acme", inputs, steps(*found))
    return [Panel("Activation", "x", [one, Series("other", inputs, steps(*found[::-1]))]), Panel("D", "y", [one])]


@given(st.lists(st.integers(0, floats.INCOMPARABLE), min_size=1))
def test_distances_stand_in_their_order(values: list[int]) -> None:
    """A larger distance stands higher, 0 at the foot, and what has none above all; every place is on the axis."""
    axis = scales.Distances.upto(steps(*values))
    ordered = sorted(values)
    places = axis.place(steps(*ordered))
    assert (np.diff(places) >= 0.0).all()
    assert all((place == 0.0) == (value == 0) for place, value in zip(places, ordered, strict=True))
    assert places.max() <= axis.top + 1e-9
    if floats.INCOMPARABLE in values:
        below = places[np.array(ordered, np.uint64) != floats.INCOMPARABLE]
        assert below.max(initial=0.0) < axis.top - 0.5


@pytest.mark.parametrize("largest", [0, 1, 2, 10, 11, 1000, 10**7, LARGEST])
@pytest.mark.parametrize("level", [False, True])
def test_ticks_of_distances(largest: int, level: bool) -> None:
    """0 and 1 have ticks, at most ten in all, that do not touch; each stands at the place of what it says."""
    given = steps(0, largest, *([floats.INCOMPARABLE] if level else []))
    axis = scales.Distances.upto(given)
    places, labels = axis.ticks("none")
    assert labels[:2] == ["0", "1"]
    assert ("none" in labels) == level
    assert len(labels) <= 11
    assert np.diff(places).min() >= 0.05 * axis.top
    powers = [10 ** int(label[5:-2]) if label.startswith("$") else int(label) for label in labels if label != "none"]
    assert places[: len(powers)] == pytest.approx(axis.place(np.array(powers, np.uint64)).tolist())


@pytest.mark.parametrize("axis", [scales.INPUT, scales.OUTPUT])
@given(values=st.lists(st.floats(allow_nan=True), min_size=2))
def test_arguments_stand_in_their_order(axis: scales.Arguments, values: list[float]) -> None:
    """Whatever the argument, its place is on the axis; what is beyond a bound stands apart, NaN on the right."""
    ordered = np.array(sorted(values, key=lambda one: (np.isnan(one), one)))
    places = axis.place(ordered)
    assert (np.diff(places) >= 0.0).all()
    assert axis.ends[0] < places.min() <= places.max() < axis.ends[1]
    inside = axis.place(np.array(axis.bounds))
    beyond = (ordered < axis.bounds[0]) | ~(ordered <= axis.bounds[1])
    assert ((places < inside[0]) | (places > inside[1])).tolist() == beyond.tolist()


def test_thinning_leaves_the_picture_as_it_is() -> None:
    """Every point left out has one that is left upon it; those far apart are all left."""
    generator = np.random.default_rng(1)
    x, y = generator.uniform(0.0, 1.0, (2, 20_000))
    kept = np.stack(scales.thinned(x, y))
    assert kept.shape[1] < 20_000
    for point in np.stack([x, y])[:, :500].T:
        assert (np.abs(kept.T - point).max(axis=1) <= 0.01).any()
    far = np.arange(100.0)
    assert np.array_equal(scales.thinned(far, far), (far, far))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_call_writes_the_same_bytes(ending: str) -> None:
    """In every format, with every kind of distance; another distance gives other bytes."""
    (_, found) = panels(0, 1, 2, 10**15, floats.INCOMPARABLE)
    once = distances.draw([found], ending)
    assert once == distances.draw([found], ending)
    assert once.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending])
    assert once != distances.draw(panels(0, 1, 2, 10**14, floats.INCOMPARABLE)[1:], ending)


def words(monkeypatch: pytest.MonkeyPatch, *found: int) -> list[str]:
    """The words of an English picture, which SVG keeps if asked to."""
    monkeypatch.setitem(canvas._SETTINGS, "svg.fonttype", "none")
    root = ET.fromstring(distances.draw(panels(*found), "svg"))  # noqa: S314 - our own
    texts: Any = (node.itertext() for node in root.iter("{http://www.w3.org/2000/svg}text"))
    return ["".join(text) for text in texts]


def test_the_picture_names_counts_and_the_worst_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each series with how many differ, and the worst point with its argument and its distance."""
    text = words(monkeypatch, 0, 3, 12_345, 0)
    assert "Acme: 2 of 4 differ" in text
    assert "12,345 ULP" in text
    assert "x = 298.0" in text  # The other one, reversed, has it nearer to 0.
    assert "y = 599.0" in text


def test_what_has_no_distance_is_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands above all others; nothing is annotated where nothing differs."""
    assert words(monkeypatch, 0, LARGEST, floats.INCOMPARABLE).count("not comparable") == 4
    text = words(monkeypatch, 0, 0)
    assert "Acme: same bits" in text
    assert not any("x = " in one for one in text)


def test_a_language_without_a_font_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the language, a font and the way without."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    with pytest.raises(UsageError, match="letters of a figure in 'ja'; install one, such as Noto Sans CJK JP, or take"):
        distances.draw(panels(0), "svg", "ja")
