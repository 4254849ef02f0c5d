"""The derivations, each checked once for all tests, and one step of them checked alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sigmoid_parity.lesson import Check, check
from sigmoid_parity.lesson.derivations import Derivation, Step, load_derivations
from sigmoid_parity.notation import Node

DERIVATIONS = {derivation.id: derivation for derivation in load_derivations()}


@cache
def checked(name: str) -> Sequence[Check]:
    """What became of each step of a derivation."""
    return list(check(DERIVATIONS[name]))


def before(derivation: Derivation, step: Step) -> Node:
    """The formula that a step must equal."""
    return derivation.left if step.number == 1 else derivation.steps[step.number - 2].formula


def alone(derivation: Derivation, number: int, formula: Node) -> Check:
    """Check one step with another formula, against the step before it."""
    step = derivation.steps[number - 1]
    (one,) = check(replace(derivation, left=before(derivation, step), steps=[replace(step, formula=formula)]))
    return one
