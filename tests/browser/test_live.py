"""What the page does under the reader's hand."""

from __future__ import annotations

from typing import Any

import gmpy2
import pytest

from tests.browser.conftest import Open
from tests.browser.live import formula, move, shown
from tests.lesson.proofs import DERIVATIONS

pytestmark = pytest.mark.browser


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
