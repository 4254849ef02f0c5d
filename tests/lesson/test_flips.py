"""Every sign of every step, flipped: each checker catches it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sigmoid_parity.lesson import checking, rules, symbolic
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.notation import Call, Minus, Node, Operation, plain
from tests.lesson.proofs import DERIVATIONS, before

ONE_IN, MOST = 4, 20
"""SymPy and mpmath, which take 40 seconds for all flips, are asked about one in so many, and about so many at most."""

EQUAL = {
    "the sign of zero, or of what is multiplied by zero": {
        ("port-output-rounded-to-one", 2, "(-(1 - 1) · 1 - (1 - y(x)) · y(x))/((1 - y(x)) · y(x))"),
        ("port-output-rounded-to-one", 3, "(-0 - (1 - y(x)) · y(x))/((1 - y(x)) · y(x))"),
    },
}
"""The flips of one sign that leave a step proved, each with the reason: equal, and still an instance of the rule."""

_FLIPPED = {"+": "-", "-": "+"}


def flips(node: Node) -> Iterator[Node]:
    """Flip the sign of the whole formula, and of each of its parts in turn.

    A part's sign is the ``+`` or ``-`` before it, or none where it comes first in a sum, the argument of exp or of a
    declared function, or an exponent.
    """
    yield _negated(node)
    yield from _within(node)


def _within(node: Node) -> Iterator[Node]:
    match node:
        case Minus(operand):
            yield from (Minus(inner) for inner in _within(operand))
        case Operation(operator, left, right):
            if operator in _FLIPPED:
                yield Operation(_FLIPPED[operator], left, right)
            # The first term of a sum, an exponent, and each factor that has a sign of its own.
            if operator in _FLIPPED or isinstance(left, Minus):
                yield Operation(operator, _negated(left), right)
            if operator == "**" or isinstance(right, Minus):
                yield Operation(operator, left, _negated(right))
            yield from (Operation(operator, inner, right) for inner in _within(left))
            yield from (Operation(operator, left, inner) for inner in _within(right))
        case Call(function, (formula, *rest)):
            yield Call(function, (_negated(formula), *rest))
            yield from (Call(function, (inner, *rest)) for inner in _within(formula))
            if function in ("Limit", "Subs"):
                variable, at = rest
                yield from (Call(function, (formula, variable, inner)) for inner in flips(at))


def _negated(node: Node) -> Node:
    return node.operand if isinstance(node, Minus) else Minus(node)


def flipped(derivation: Derivation) -> Iterator[Step]:
    """Each step with each of its signs flipped, one at a time."""
    for step in derivation.steps:
        for formula in dict.fromkeys(flips(step.formula)):
            yield replace(step, formula=formula)


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_every_flipped_sign_is_no_instance_of_the_rule(derivation: Derivation) -> None:
    """The rules alone catch each flip but those listed, which leave the step right and an instance of its rule."""
    right = {(number, text) for group in EQUAL.values() for name, number, text in group if name == derivation.id}
    left = {
        (step.number, plain(step.formula))
        for step in flipped(derivation)
        if rules.misnamed(before(derivation, step), step, derivation.scope) is None
    }
    assert left == right


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_sympy_and_mpmath_agree_on_flipped_signs(derivation: Derivation) -> None:
    """Where a flip changes the value, there is a point that shows it, and SymPy proves nothing; else SymPy proves it.

    Most flips change the value: those that do not are of zeros, of constants under a derivative, and of even functions.
    """
    every = list(flipped(derivation))
    equal, asked = 0, every[:: max(ONE_IN, len(every) // MOST)]
    for step in asked:
        sides = before(derivation, step), step.formula, derivation.scope
        found = checking.difference(*sides)
        assert symbolic.equal(*sides) is (found is None), plain(step.formula)
        equal += found is None
    assert equal < len(asked) / 4


@pytest.mark.parametrize("group", EQUAL)
def test_the_flips_that_stay_proved_are_right(group: str) -> None:
    """SymPy and mpmath both find them equal to the step before."""
    for name, number, text in EQUAL[group]:
        derivation = DERIVATIONS[name]
        (step,) = (one for one in flipped(derivation) if (one.number, plain(one.formula)) == (number, text))
        sides = before(derivation, step), step.formula, derivation.scope
        assert symbolic.equal(*sides)
        assert checking.difference(*sides) is None


def test_flips_reach_every_sign() -> None:
    """The tester, tested: each + and - of a formula is flipped, and the terms that have no sign are given one."""
    formula = DERIVATIONS["reciprocal-rule"].scope.read("-(1 + exp(-x))**(-2)*(exp(-x)*(-1))")
    shown = {plain(one) for one in flips(formula)}
    assert shown == {
        "-(-(1 + exp(-x))^(-2) · (exp(-x) · (-1)))",
        "(1 + exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(1 - exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(-1 + exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(1 + exp(x))^(-2) · (exp(-x) · (-1))",
        "-(1 + exp(-x))^2 · (exp(-x) · (-1))",
        "-(1 + exp(-x))^(-2) · (exp(x) · (-1))",
        "-(1 + exp(-x))^(-2) · (exp(-x) · 1)",
    }
