"""What is marked in a step as new: part of its formula, and no more than what changed."""

from __future__ import annotations

import re

import pytest

from sigmoid_parity.lesson.changes import changed
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import walk
from sigmoid_parity.notation import mathml, plain, terms
from tests.lesson.proofs import DERIVATIONS, before

SCOPE = Scope(dict.fromkeys("abcx", (1.0, 2.0)), {}, frozenset({"f"}))


@pytest.mark.parametrize(
    ("left", "right", "new"),
    [
        ("a*(b + 0)", "a*b", ["b"]),
        ("exp(a)/(1 + b)", "exp(a)/(b + 1)", ["b", "1"]),
        ("f(a) + 1*b", "f(a) + b", ["b"]),
        ("a + b*1", "a + c*1", ["c"]),
        ("f(a*1) + f(b*1)", "f(a) + f(b)", ["a", "b"]),
        ("a", "-a", ["-a"]),
        ("a*b", "b*a", ["b · a"]),
        ("a + b", "a + b", []),
    ],
)
def test_the_smallest_new_parts_are_found(left: str, right: str, new: list[str]) -> None:
    """Parts that stand where they stood are not marked, even where the same part is new elsewhere."""
    after = SCOPE.read(right)
    found = changed(SCOPE.read(left), after)
    assert [plain(one) for one in walk(after) if id(one) in found] == new


def test_every_step_has_a_mark() -> None:
    """What a step marks is there and not empty, and some hundred steps mark less than the whole."""
    partly = 0
    for one in DERIVATIONS.values():
        for step in one.steps:
            found = changed(before(one, step), step.formula)
            assert found <= {id(part) for part in walk(step.formula)}
            assert mathml(step.formula, found).count('class="new"') == len(found) > 0
            partly += found != {id(step.formula)}
    assert partly > 100


def test_lines_break_before_the_terms_of_the_outermost_sum() -> None:
    """Joined, the pieces are the formula; brackets, fractions and powers are never broken."""
    for one in DERIVATIONS.values():
        for step in one.steps:
            whole = mathml(step.formula)
            pieces = terms(whole)
            assert "".join(pieces).replace(' form="infix"', "") == whole
            for piece in pieces:
                assert len(re.findall(r"<\w[^/>]*>", piece)) == len(re.findall(r"</", piece))
    assert len(terms(mathml(SCOPE.read("a - (b + c)/x + exp(a + b)")))) == 3
    assert len(terms(mathml(SCOPE.read("-a*b")))) == 1
