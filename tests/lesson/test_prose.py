"""Formulas within sentences: found where they stand, alike in the three languages, and set as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from sigmoid_parity.cases.texts import LANGUAGES, Texts
from sigmoid_parity.lesson.errata import load_errata
from sigmoid_parity.lesson.rulebook import load_rules
from sigmoid_parity.notation import prose
from tests.lesson.proofs import DERIVATIONS


def sentences() -> Iterator[Texts]:
    """Every sentence of the lesson that may hold formulas."""
    for one in DERIVATIONS.values():
        yield from filter(None, (one.title, one.summary, one.holds))
        for step in one.steps:
            yield from filter(None, (step.why, step.conditions))
    for erratum in load_errata():
        yield from (erratum.where, erratum.mistake)
    yield from filter(None, (rule.conditions for rule in load_rules().values()))


def formulas(text: str) -> list[str]:
    return [part for maths, part in prose.parts(text) if maths]


def spelt(formula: str) -> str:
    """A formula however its signs are typed."""
    for typed, sign in (("−", "-"), ("′", "'"), ("σ(", "sigma("), (" ", "")):
        formula = formula.replace(typed, sign)
    return formula


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(1/u)' = -u'/u^2 with u = 1 + exp(-x).", ["(1/u)' = -u'/u^2", "u = 1 + exp(-x)"]),
        ("A factor of a sum; a is 1 + exp(-a).", ["1 + exp(-a)"]),
        ("the C# method DActivation takes y, not x", ["y", "x"]),
        ("Both are p again: p (1 - p) takes the OUTPUT.", ["p", "p (1 - p)"]),
        ("with |ε| at most 3 · 2^-54 just below 1 (two roundings)", ["|ε|", "3 · 2^-54"]),
        ("令 u = -x，(exp(u))' = exp(u) u'。", ["u = -x", "(exp(u))' = exp(u) u'"]),
        ("forward(x) should take it; do not", []),
        ("one-by-one, D4's 16 steps, x2", []),
    ],
)
def test_formulas_are_found(text: str, found: list[str]) -> None:
    """A formula is found whole, and no article, name or number alone is taken for one."""
    assert formulas(text) == found


def test_nothing_is_lost() -> None:
    """Joined, the parts of each sentence are the sentence."""
    for texts in sentences():
        for language in LANGUAGES:
            assert "".join(part for _, part in prose.parts(texts[language])) == texts[language]


def test_languages_have_the_same_formulas() -> None:
    """What is more than a letter stands in each language, so that none of them is missed or cut in one."""
    for texts in sentences():
        english, *others = ({spelt(one) for one in formulas(texts[name]) if len(one) > 1} for name in LANGUAGES)
        assert all(english <= other for other in others) or english == others[1], texts["en"]


def test_formulas_become_elements() -> None:
    """Each is well-formed MathML with the letters and numbers of its text; exp has become a power of e."""
    for texts in sentences():
        for one in formulas(texts["en"]):
            element = ET.fromstring(f"<math>{prose.mathml(one)}</math>")  # noqa: S314 - our own
            written = "".join(element.itertext()).replace("σ", "sigma")
            letters = [letter for letter in one.replace("exp", "e").replace("σ", "sigma") if letter.isalnum()]
            assert [letter for letter in written if letter.isalnum()] == letters, one
    assert prose.mathml("exp(-x)") == (
        '<msup><mrow><mi>e</mi></mrow><mrow><mo form="prefix">−</mo><mi>x</mi></mrow></msup>'
    )


def test_formulas_become_latex() -> None:
    """Powers keep their exponents together, and signs have their commands."""
    assert prose.latex("exp(-x) ≠ 3 · 2^-54") == r"e^{-x}\ne 3\cdot 2^{-54}"
    assert prose.latex("y = sigma(x)") == r"y=\sigma (x)"
    assert prose.latex("n x^(n-1)") == r"n\,x^{n-1}"
