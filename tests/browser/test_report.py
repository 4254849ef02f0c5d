"""The page of a comparison in a real browser, headless, in three languages; run by ``make test-browser``."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.compare import page
from tests.browser.test_page import chromium
from tests.compare.test_differing import report

pytestmark = pytest.mark.browser

FRAME: Final = """\
<!DOCTYPE html><meta charset="utf-8"><style>body {{ margin: 0 }} iframe {{ border: 0 }}</style>
<iframe width="{width}" height="800" srcdoc="{page}"></iframe><output></output>
<script>
document.querySelector("iframe").onload = event => {{
  const inner = event.target.contentDocument, root = inner.documentElement, width = one => one.getBoundingClientRect().width;
  document.querySelector("output").textContent = JSON.stringify({{
    page: [root.scrollWidth, root.clientWidth],
    pictures: [...inner.querySelectorAll("figure svg")].map(width),
    loaded: performance.getEntriesByType("resource").length,
  }});
}};
</script>
"""  # noqa: E501


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1100])
def test_the_page_is_laid_out(language: str, width: int, tmp_path: Path) -> None:
    """Nothing is cut off sideways, on a phone the pictures stand below one another, and nothing is fetched."""
    framed = tmp_path / "framed.html"
    content = html.escape(page.compose(report("float"), {"cpu": "x" * 300}, language))
    framed.write_text(FRAME.format(width=width, page=content), encoding="utf-8")
    dom = chromium(tmp_path / "profile", "--virtual-time-budget=5000", "--dump-dom", framed.as_uri())
    found = json.loads(html.unescape(re.findall(r"<output>(.*?)</output>", dom)[0]))
    assert found["page"] == [width, width]
    assert len(found["pictures"]) == 3
    assert min(found["pictures"]) > (320 if width == 360 else 400)
    assert found["loaded"] == 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_painted_light_and_dark(dark: bool, tmp_path: Path) -> None:
    """The ground is light or dark, the pictures' too, and what differs is drawn in blue, or in a light blue."""
    content, shot = tmp_path / "page.html", tmp_path / "page.png"
    content.write_text(page.compose(report("accurate"), {}, "en"), encoding="utf-8")
    setting = [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    chromium(tmp_path / "profile", *setting, "--window-size=1100,900", f"--screenshot={shot}", content.as_uri())
    from matplotlib.image import imread

    pixels = imread(shot)[:, :, :3]
    assert (pixels.mean(axis=2) < 0.2).mean() > 0.8 if dark else (pixels.mean(axis=2) > 0.8).mean() > 0.8
    red, _, blue = pixels.transpose(2, 0, 1)
    assert np.count_nonzero((blue > 0.6) & (red < 0.4)) > 200
