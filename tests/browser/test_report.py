"""The page of a comparison in a real browser, headless, in three languages; run by ``make test-browser``."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.compare import page
from tests.browser.conftest import Open
from tests.compare.test_differing import report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1100])
def test_the_page_is_laid_out(language: str, width: int, tmp_path: Path, visit: Open) -> None:
    """Nothing is cut off sideways, on a phone the pictures stand below one another, and nothing is fetched."""
    content = tmp_path / "page.html"
    content.write_text(page.compose(report("float"), {"cpu": "x" * 300}, language), encoding="utf-8")
    found = visit(content, width).evaluate(
        """() => ({page: [document.documentElement.scrollWidth, innerWidth],
        pictures: [...document.querySelectorAll("figure svg")].map(one => one.getBoundingClientRect().width)})"""
    )
    assert found["page"] == [width, width]
    assert len(found["pictures"]) == 3
    assert min(found["pictures"]) > (320 if width == 360 else 400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_painted_light_and_dark(scheme: str, tmp_path: Path, visit: Open) -> None:
    """The ground is light or dark, the pictures' too, and what differs is drawn in blue, or in a light blue."""
    content = tmp_path / "page.html"
    content.write_text(page.compose(report("accurate"), {}, "en"), encoding="utf-8")
    from matplotlib.image import imread

    pixels = imread(BytesIO(visit(content, 1100, color_scheme=scheme).screenshot()))[:, :, :3]
    shade = pixels.mean(axis=2)
    assert (shade < 0.2).mean() > 0.8 if scheme == "dark" else (shade > 0.8).mean() > 0.8
    red, _, blue = pixels.transpose(2, 0, 1)
    assert np.count_nonzero((blue > 0.6) & (red < 0.4)) > 200
