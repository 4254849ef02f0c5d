"""The page of derivations in a real browser, headless; run by ``make test-browser``, which installs Chromium."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.lesson import Check, page
from tests.lesson.proofs import DERIVATIONS as KNOWN
from tests.lesson.proofs import checked

pytestmark = pytest.mark.browser

DERIVATIONS = list(KNOWN.values())
# The page stands in a frame of the width of a phone, and the script outside it measures what the browser made of it.
FRAME = """\
<!DOCTYPE html><meta charset="utf-8"><style>body {{ margin: 0 }} iframe {{ border: 0 }}</style>
<iframe width="{width}" height="{height}" srcdoc="{page}"></iframe><output></output>
<script>
document.querySelector("iframe").onload = event => {{
  const inner = event.target.contentDocument, box = one => one.getBoundingClientRect();
  const all = name => [...inner.querySelectorAll(name)];
  document.querySelector("output").textContent = JSON.stringify({{
    page: [inner.documentElement.scrollWidth, inner.documentElement.clientWidth],
    math: all("math").map(one => [box(one).width, box(one).height]),
    fractions: all("mfrac").map(one => [box(one.children[0]).bottom, box(one.children[1]).top]),
    powers: all("msup").map(one => [box(one.children[0]).bottom, box(one.children[1]).bottom]),
    wide: all(".formula").filter(one => one.scrollWidth > one.clientWidth).length,
    outside: all("h1, h2, p, li").filter(one => box(one).right > inner.documentElement.clientWidth).length,
    size: parseFloat(getComputedStyle(inner.querySelector(".steps p")).fontSize),
    language: inner.documentElement.lang,
    loaded: performance.getEntriesByType("resource").length,
  }});
}};
</script>
"""


def checks() -> dict[str, Sequence[Check]]:
    """Every derivation's steps, checked once."""
    return {derivation.id: checked(derivation.id) for derivation in DERIVATIONS}


def chromium(profile: Path, *arguments: str) -> str:
    """Run the browser in a profile of its own."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "there is no Chromium; `make test-browser` installs it"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    options += ["--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]
    done = subprocess.run(
        [program, *options, f"--user-data-dir={profile}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def measure(content: str, width: int, folder: Path) -> dict[str, Any]:
    """Lay the page out in a frame of this width, and measure it."""
    framed = folder / "framed.html"
    framed.write_text(FRAME.format(width=width, height=800, page=html.escape(content)), encoding="utf-8")
    dom = chromium(folder / "profile", "--virtual-time-budget=5000", "--dump-dom", framed.as_uri())
    (found,) = re.findall(r"<output>(.*?)</output>", dom)
    measured: dict[str, Any] = json.loads(html.unescape(found))
    return measured


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1000])
def test_the_page_is_laid_out(language: str, width: int, tmp_path: Path) -> None:
    """Nothing is cut off sideways, formulas are set as formulas, words are large enough, and nothing is fetched."""
    found = measure(page.compose(DERIVATIONS, checks(), language), width, tmp_path)
    assert found["page"] == [width, width]
    assert found["outside"] == 0
    formulas = sum(len(one.steps) + 3 + len(one.scope.definitions) for one in DERIVATIONS)
    assert len(found["math"]) == formulas
    assert (np.array(found["math"]) >= 8.0).all()
    # Numerators stand above denominators, and exponents above the foot of their base: MathML was understood.
    top, bottom = np.transpose(found["fractions"])
    assert (top <= bottom).all()
    base, exponent = np.transpose(found["powers"])
    assert (exponent < base).all()
    assert found["size"] >= 14.0
    assert found["language"].startswith(language)
    assert found["loaded"] == 0
    # On a phone four of five formulas fit, and on a wide screen all but steps 10 to 12 of network-hidden-weight; the
    # others scroll by themselves.
    assert found["wide"] <= (formulas // 5 if width < 500 else 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_painted(language: str, tmp_path: Path) -> None:
    """The screenshot has ink in each tenth of its height, on a ground of one colour, and the marks' green."""
    content, shot = tmp_path / "page.html", tmp_path / "page.png"
    content.write_text(page.compose(DERIVATIONS[:2], checks(), language), encoding="utf-8")
    chromium(tmp_path / "profile", "--window-size=800,1600", f"--screenshot={shot}", content.as_uri())
    from matplotlib.image import imread

    pixels = imread(shot)[:, :, :3]
    assert pixels.shape[:2] == (1600, 800)
    ink = (pixels < 0.5).any(axis=2)
    assert 0.005 < ink.mean() < 0.2
    assert all(band.any() for band in np.array_split(ink, 10))
    red, green, blue = pixels.transpose(2, 0, 1)
    assert ((green > 0.4) & (red < 0.25) & (blue < 0.35)).sum() > 50


def test_a_page_that_is_too_wide_is_found(tmp_path: Path) -> None:
    """The measure is put to the test: a page with something wider than a phone does not pass."""
    wide = page.compose(DERIVATIONS[:1], {}, "en").replace("</main>", '<div style="width: 500px">x</div></main>')
    assert measure(wide, 360, tmp_path)["page"] == [516, 360]
