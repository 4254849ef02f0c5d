"""Check a derivation: is each step equal to the one before it, in both ways, and by the rule that it names?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sigmoid_parity.lesson import numeric, rules, symbolic
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.numeric import Point
from sigmoid_parity.notation import Node, plain

Verdict = Literal["proved", "wrong", "unproved"]


@dataclass(frozen=True)
class Difference:
    """A point at which two formulas have different values.

    :ivar at: where.
    :ivar left: the value of the first, in decimal digits; or why it has none.
    :ivar right: the value of the second, likewise.
    """

    at: Point
    left: str
    right: str


@dataclass(frozen=True)
class Check:
    """What became of one step.

    :ivar step: the step that was checked.
    :ivar before: the formula that it must equal.
    :ivar symbolic: whether SymPy proves it.
    :ivar difference: where the values differ, or None where they agree at every point.
    :ivar misnamed: what was done, where it is not the rule that the step names; else None.
    """

    step: Step
    before: Node
    symbolic: bool
    difference: Difference | None
    misnamed: str | None

    @property
    def verdict(self) -> Verdict:
        """``proved`` in both ways and by its rule; ``wrong`` where values differ; else ``unproved``: no pass."""
        if self.difference is not None:
            return "wrong"
        return "proved" if self.symbolic and self.misnamed is None else "unproved"

    @property
    def problem(self) -> str | None:
        """What is wrong: the step's number, both sides, and a point where they differ; None where it is proved."""
        number = f"step {self.step.number}"
        sides = f"{number}: {plain(self.before)} is not shown to equal {plain(self.step.formula)}"
        if self.difference is not None:
            found = self.difference
            return f"{sides}; at {found.at} the first is {found.left}, the second {found.right}"
        if not self.symbolic:
            return f"{sides}: the values agree, but SymPy finds no proof; take a smaller step"
        return None if self.misnamed is None else f"{number}: {self.misnamed}"


def check(derivation: Derivation) -> Iterator[Check]:
    """Check each step of a derivation against the one before it, the first against the left side of the statement.

    :raises MissingError: SymPy or mpmath is not installed.
    """
    formulas = [derivation.left, *(step.formula for step in derivation.steps)]
    for step, (before, after) in zip(derivation.steps, pairwise(formulas), strict=True):
        scope = derivation.scope
        proved, found = symbolic.equal(before, after, scope), difference(before, after, scope)
        yield Check(step, before, proved, found, rules.misnamed(before, step, scope))


def difference(one: Node, other: Node, scope: Scope) -> Difference | None:
    """Find a point at which two formulas have different values, among the seeded ones; None where there is none.

    A formula without a value there has a different one.

    :raises MissingError: mpmath is not installed.
    """
    return next(filter(None, (_compare(one, other, scope, point) for point in numeric.points(scope))), None)


def _compare(one: Node, other: Node, scope: Scope, point: Point) -> Difference | None:
    try:
        left, right = (numeric.evaluate(node, scope, point) for node in (one, other))
    except ArithmeticError as error:
        return Difference(point, f"without a value ({error})", "not compared")
    return None if numeric.same(left, right) else Difference(point, numeric.digits(left), numeric.digits(right))
