"""Every number that the page shows is the formula's, rounded step by step."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from sigmoid_parity.cases import load_trainings
from sigmoid_parity.cases.texts import LANGUAGES
from tests.browser.conftest import Open
from tests.browser.live import formula, move, shown

pytestmark = pytest.mark.browser

POINTS = 100_000

# The page's own modules once more, with what they compute given out.
TESTED = """() => {
  const own = document.querySelector("script[type=module]").textContent;
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = `${own}\\nwindow.tested = { at, decimal, bits };`;
  document.head.append(script);
}"""


def test_every_number_has_the_formula_s_bits(open_page: Open) -> None:
    """At 10^5 points, half of them in [-8, 8): y, both derivatives, bit for bit; Math.exp is not used."""
    source = np.random.default_rng(18)
    x = np.concatenate([source.uniform(-8, 8, POINTS // 2), source.uniform(-745, 745, POINTS // 2)])
    page = open_page()
    page.evaluate(TESTED)
    page.wait_for_function("window.tested")
    page.evaluate("Math.exp = () => NaN")
    found = page.evaluate(
        """points => points.map(x => { const one = tested.at(x); return [one.y, one.slope, one.stable]
        .map(value => tested.bits(value).hex).join(""); })""",
        x.tolist(),
    )
    expected = [struct.pack(">3d", *formula(one)).hex() for one in x.tolist()]
    assert found == expected


def test_what_the_slider_shows_is_the_formula(open_page: Open) -> None:
    """Over its range the table has x, y and both derivatives, as decimals that read back, and their bits."""
    page = open_page()
    page.check("#bits")
    for hundredths in range(-800, 801, 25):
        move(page, "#x", hundredths)
        y, slope, stable = formula(hundredths / 100)
        numbers = shown(page)
        assert numbers == {"x": hundredths / 100, "y": y, "slope": slope, "claimed": slope, "stable": stable}
    assert page.locator("#numbers tr[data-of=y] .hex").inner_text() == struct.pack(">d", formula(8.0)[0]).hex()
    fields = page.locator("#numbers tr[data-of=y] .fields").inner_text().replace("\n", "")
    assert fields == f"{int.from_bytes(struct.pack('>d', formula(8.0)[0])):064b}"


def test_saturation_is_shown(open_page: Open) -> None:
    """From 36.74 on the derivative is 0, and stable_derivative is not; the words say so."""
    page = open_page()
    for hundredths in (3600, 3673, 3674, 3850):
        move(page, "#far", hundredths)
        y, slope, stable = formula(hundredths / 100)
        assert shown(page, "#far-numbers") == {"x": hundredths / 100, "y": y, "slope": slope, "stable": stable}
        assert (slope == 0.0) == (hundredths >= 3674)
        told = page.locator("#saturation-says").inner_text()
        assert ("DActivation(y) is 0" in told) == (slope == 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_has_the_fixtures_bits(language: str, open_page: Open) -> None:
    """After 1, 10 and 100 steps the loss is the one of fixtures/network.yaml, to the bit; the mistake's is another."""
    (training,) = (one for one in load_trainings() if one.id == "d4")
    expected = {after.epochs: float(after.loss.formula[0, 0]) for after in training.after}
    page = open_page(language)
    done = 0
    for button, count in (("1", 1), ("1", 9), ("10", 9)):
        for _ in range(count):
            page.click(f"button[data-epochs='{button}']")
        done += int(button) * count
        assert float(page.locator("[data-loss='0']").inner_text()) == expected[done]
    assert float(page.locator("[data-loss='1']").inner_text()) < expected[100]
    before = page.locator("[data-d='2-0']").text_content()
    page.check("input[value=mistaken]")
    assert page.locator("[data-d='2-0']").text_content() != before
    page.click("button[data-epochs='0']")
    assert float(page.locator("[data-loss='0']").inner_text()) == expected[1]
