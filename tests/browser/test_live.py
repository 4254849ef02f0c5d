"""What the page does under the reader's hand, and that every number it shows is the formula's, rounded step by step."""

from __future__ import annotations

import struct
from typing import Any

import gmpy2
import numpy as np
import pytest

from sigmoid_parity.cases import load_trainings
from sigmoid_parity.cases.texts import LANGUAGES
from tests.browser.conftest import Open
from tests.lesson.proofs import DERIVATIONS

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


def formula(x: float) -> tuple[float, float, float]:
    """y, (1 - y) y and stable_derivative with every operation rounded once, by MPFR."""
    with gmpy2.ieee(64):
        one = gmpy2.mpfr(1)
        y = one / (one + gmpy2.exp(gmpy2.mpfr(-x)))
        z = gmpy2.exp(-abs(gmpy2.mpfr(x)))
        w = (z + z) + z * z
        d = one + w
        q = z / d
        stable = z - q * w if z < 0.125 else q - q * ((w - (d - one)) * (one - z))
        return float(y), float((one - y) * y), float(stable)


def shown(page: Any, table: str = "#numbers") -> dict[str, float]:
    """The numbers in a table, by what they are of."""
    rows = page.evaluate(
        """table => [...document.querySelectorAll(`${table} tr[data-of]`)]
        .map(row => [row.dataset.of, row.querySelector(".decimal").dataset.value])""",
        table,
    )
    return {name: float(value) for name, value in rows}


def move(page: Any, slider: str, value: int) -> None:
    """Move a slider to a value in hundredths, and wait for the drawing."""
    page.evaluate(
        """([slider, value]) => new Promise(done => {
          const one = document.querySelector(slider);
          one.value = value;
          one.dispatchEvent(new Event("input"));
          requestAnimationFrame(() => requestAnimationFrame(done));
        })""",
        [slider, value],
    )


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


def heights(page: Any) -> dict[str, list[float]]:
    """The heights of the points in the figure, by their class."""
    found: dict[str, list[float]] = page.evaluate(
        """() => Object.fromEntries(["d", "wrong", "y"].map(name =>
        [name, [...document.querySelectorAll(`#loop .point.${name}`)].map(one => +one.getAttribute("cy"))]))"""
    )
    return found


def test_the_way_closes_with_y_alone(open_page: Open) -> None:
    """With y the points on bell and parabola have one height; with x or the double sigmoid they have not."""
    page = open_page()
    move(page, "#x", 150)
    bell, parabola = heights(page)["d"]
    assert bell == parabola
    for passed, claimed in (("input", -0.75), ("twice", None)):
        page.check(f"input[value={passed}]")
        page.wait_for_selector("#loop .point.wrong")
        found = heights(page)
        assert len(found["d"]) == 1
        assert abs(found["wrong"][0] - found["d"][0]) > 5
        numbers = shown(page)
        y = formula(1.5)[0]
        with gmpy2.ieee(64):
            again = formula(y)[1]
        assert numbers["claimed"] == (claimed if claimed is not None else again)
        assert page.locator("tr[data-of=claimed]").is_visible()
    assert "never falls below 0.1966" in page.locator("#loop-says").inner_text()
    move(page, "#alpha", 1)
    assert "never falls below 0.04915" in page.locator("#loop-says").inner_text()
    page.check("input[value=output]")
    page.wait_for_selector("#loop .point.wrong", state="detached")
    move(page, "#alpha", 8)
    assert shown(page)["slope"] == 2.0 * formula(3.0)[1]


def test_the_point_is_dragged(open_page: Open) -> None:
    """The pointer takes x along; off the drawing it stays within the range; the keys then go on from there."""
    page = open_page()
    for start, end in (((300, 120), (200, 90)), ((300, 380), (380, 400))):
        box = page.locator("#loop").bounding_box()
        page.mouse.move(box["x"] + start[0], box["y"] + start[1])
        page.mouse.down()
        page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=5)
        page.mouse.up()
        page.wait_for_timeout(50)
        x = shown(page)["x"]
        point = page.locator("#loop .point.y").bounding_box()
        assert abs(point["x"] + point["width"] / 2 - (box["x"] + end[0])) < 1.5
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(50)
    assert shown(page)["x"] == pytest.approx(x + 0.01, abs=1e-12)
    before = page.locator("#loop-says").inner_text()
    page.keyboard.press("Home")
    page.wait_for_timeout(50)
    assert shown(page)["x"] == -8.0
    assert page.locator("#loop-says").inner_text() != before
    assert page.locator("#x").get_attribute("aria-valuetext") == "x = −8, y = 0.0003354, slope 0.0003352"


def test_a_finger_drags_too(open_page: Open) -> None:
    """On a phone, a drag along the parabola moves x to the input of that y; the page does not scroll meanwhile."""
    page = open_page("ja", 360, has_touch=True)
    box = page.locator("#loop").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] - 20, box["y"] + box["height"] - 90)
    page.wait_for_timeout(100)
    numbers = shown(page)
    assert 0.75 < numbers["y"] < 1.0


def test_steps_unfold_one_by_one(open_page: Open) -> None:
    """Next, previous, the question, all: the count follows, the rule of the next step is told, and nothing more."""
    page = open_page()
    section = page.locator("#reciprocal-rule")

    def seen() -> int:
        return int(section.locator(".steps > li >> visible=true").count())

    assert seen() == 1
    section.locator(".question").click()
    section.get_by_role("button", name="Next →", exact=True).click()
    assert seen() == 3
    assert "linearity of the derivative" in section.locator(".question").inner_text()
    section.get_by_role("button", name="Previous").click()
    assert seen() == 2
    assert section.locator("[role=status]").inner_text() == "2 of 18"
    section.get_by_role("button", name="All").click()
    assert seen() == 18
    assert not section.locator(".question").is_visible()
    assert section.get_by_role("button", name="Next →", exact=True).is_disabled()
    # What changed is marked in every step.
    assert section.locator(".steps > li:has(.new)").count() == 18


def test_an_earlier_result_is_a_link(open_page: Open) -> None:
    """It leads to the very line of the sixteen, which unfolds."""
    page = open_page()
    page.locator("#port-takes-the-output").get_by_role("button", name="All").click()
    page.click("#port-takes-the-output a[href='#reciprocal-rule-11']")
    page.wait_for_timeout(100)
    assert page.locator("#reciprocal-rule .steps > li >> visible=true").count() == 11
    assert page.locator("#reciprocal-rule-11").is_visible()
    assert DERIVATIONS["reciprocal-rule"].steps[10].line == 10


def test_a_rule_shows_its_card(open_page: Open) -> None:
    """At a tap or under the pointer: statement, conditions, proof; Escape closes it, and so does a tap elsewhere."""
    page = open_page()
    link = page.locator("#exponential-of-minus-x .rule").first
    page.locator("#exponential-of-minus-x").get_by_role("button", name="All").click()
    chain = page.locator("#exponential-of-minus-x a[href='#rule-chain-rule']")
    chain.click()
    card = page.locator(".beside")
    assert "g is differentiable at x, and f at g(x)." in card.text_content()
    assert chain.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert card.count() == 0
    link.hover()
    assert card.count() == 1
    page.mouse.move(5, 5)
    page.wait_for_timeout(50)
    assert card.count() == 0
    chain.focus()
    page.keyboard.press("Enter")
    assert card.count() == 1


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
