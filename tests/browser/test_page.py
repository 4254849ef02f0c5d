"""How the page looks: laid out, within its limits, readable by all, on paper and without a script."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.lesson.graphs import GRAPHS
from tests.browser.conftest import Open
from tests.lesson.proofs import DERIVATIONS

pytestmark = pytest.mark.browser

LARGEST = 400_000
STEPS = sum(len(one.steps) for one in DERIVATIONS.values())
FONT = Path("python/sigmoid_parity/lesson/page/font/math.woff")
MEASURE = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
PLACES = Path(__file__).with_name("places.js").read_text(encoding="utf-8")


UNFOLD = """async () => {
  document.querySelectorAll(".stepping button:nth-child(3)").forEach(one => one.click());
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""


def unfold(page: Any) -> None:
    """Show all steps of all derivations, and wait until they are laid out: sizes are observed a frame later."""
    page.evaluate(UNFOLD)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1000])
def test_it_is_laid_out(language: str, width: int, open_page: Open) -> None:
    """Nothing is cut off sideways; formulas are set as formulas, and only those that scroll can be reached by tab."""
    page = open_page(language, width)
    unfold(page)
    found = page.evaluate(MEASURE)
    assert found["page"] == [width, width]
    assert found["outside"] == 0
    top, bottom = np.transpose(found["fractions"])
    assert (top <= bottom).all()
    base, exponent = np.transpose(found["powers"])
    assert (exponent < base).all()
    assert found["size"] >= 14.0
    assert found["font"]
    assert found["formulas"] > STEPS
    assert found["stops"] == found["wide"]
    # Seven of eight formulas fit on a phone, and on a wide screen nearly all.
    assert found["wide"] <= found["formulas"] / (8 if width < 500 else 60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_small(language: str, written: dict[str, Path]) -> None:
    """A page has 400 kB at most."""
    assert written[language].stat().st_size <= LARGEST


def test_the_font_has_every_letter_of_the_formulas(open_page: Open) -> None:
    """No letter of a formula is taken from another font; letters that stand alone are slanted by the browser."""
    from fontTools.ttLib import TTFont

    known = set(TTFont(FONT)["cmap"].getBestCmap())
    page = open_page()
    leaves = page.evaluate("[...document.querySelectorAll('mi, mn, mo')].map(one => [one.tagName, one.textContent])")
    for tag, text in leaves:
        slanted = tag == "mi" and len(text) == 1
        assert all(_slanted(letter) if slanted else ord(letter) in known for letter in text), text
        assert not slanted or _slanted(text) in known, text


def _slanted(letter: str) -> int:
    """The code of an italic letter of mathematics; Planck's h stands apart."""
    if letter == "h":
        return 0x210E
    if letter in "ΣΠσδε":
        return {"σ": 0x1D70E, "δ": 0x1D6FF, "ε": 0x1D700, "Σ": ord("Σ"), "Π": ord("Π")}[letter]
    return (0x1D44E - ord("a") if letter.islower() else 0x1D434 - ord("A")) + ord(letter)


LOOKS = [("en", 1000, "light"), ("en", 1000, "dark"), ("en", 360, "light"), ("ja", 1000, "light"), ("zh", 360, "dark")]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_axe_finds_no_violation(language: str, width: int, scheme: str, open_page: Open) -> None:
    """Deque's axe-core checks roles, names, contrast and order, with all steps unfolded and a card open."""
    page = open_page(language, width, color_scheme=scheme)
    unfold(page)
    page.click("#quotient-rule .rule >> nth=2")
    page.check("#bits")
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]
    assert told == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_lie_over_a_curve(language: str, open_page: Open) -> None:
    """In every still figure, notes keep clear of curves, points and each other, and lie within the drawing."""
    page = open_page(language)
    unfold(page)
    found = page.evaluate(PLACES)
    assert len(found) == len(GRAPHS)
    for one in found:
        curve = np.array(one["curves"])
        boxes = np.array(one["texts"])
        assert (boxes[:, :2] >= -1).all(), one["title"]
        assert (boxes[:, 2:] <= np.array(one["frame"]) + 1).all(), one["title"]
        for left, top, right, bottom in one["notes"]:
            # The box of a text is taller than its letters.
            inside = (curve > [left, top + 4]).all(axis=1) & (curve < [right, bottom - 4]).all(axis=1)
            assert not inside.any(), (one["title"], left, top)
        for number, (left, top, right, bottom) in enumerate(boxes):
            others = np.delete(boxes, number, axis=0)
            over = (
                (others[:, 0] < right) & (others[:, 2] > left) & (others[:, 1] < bottom - 3) & (others[:, 3] > top + 3)
            )
            assert not over.any(), (one["title"], left, top)


def test_without_a_script_all_is_there(open_page: Open) -> None:
    """The figures, every step, the rules, the errata; no control that does nothing."""
    page = open_page(java_script_enabled=False)
    assert page.locator(".without").is_visible()
    assert page.locator("svg.graph >> visible=true").count() == len(GRAPHS)
    assert page.locator("#network").is_visible()
    assert page.locator(".steps > li >> visible=true").count() == STEPS
    assert page.locator(".card >> visible=true").count() > 25
    assert page.locator("button >> visible=true").count() == page.locator("input >> visible=true").count() == 0


def test_on_paper(open_page: Open) -> None:
    """The PDF has every step and the rules at its end, and neither buttons nor the live figures."""
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator(".steps > li >> visible=true").count() == STEPS
    assert page.locator("button >> visible=true").count() == 0
    assert not page.locator("#loop").is_visible()
    assert page.locator("#rules").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    content = page.pdf(format="A4")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") > 15


def test_it_is_painted(open_page: Open) -> None:
    """The first screen has ink in each tenth of its height, on light ground by day and on dark ground by night."""
    from matplotlib.image import imread

    for scheme, ground in (("light", 1.0), ("dark", 0.09)):
        pixels = imread(BytesIO(open_page(color_scheme=scheme).screenshot()))[:, :, :3]
        assert abs(float(np.median(pixels)) - ground) < 0.01
        ink = (np.abs(pixels - np.median(pixels)) > 0.3).any(axis=2)
        assert all(band.any() for band in np.array_split(ink, 10))


def test_a_page_that_is_too_wide_is_found(open_page: Open) -> None:
    """The measure is put to the test: something wider than a phone does not pass."""
    page = open_page("en", 360)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"width: 500px\">x</p>')")
    found = page.evaluate(MEASURE)
    assert found["page"] != [360, 360]
    assert found["outside"] >= 1
