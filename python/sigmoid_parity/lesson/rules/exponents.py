"""The laws of exponents: exp(a) exp(b) = exp(a + b), exp(a)^n = exp(n a), 1/exp(a) = exp(-a)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.algebra import Parts, fraction
from sigmoid_parity.lesson.rules.canonical import canonical, lead
from sigmoid_parity.lesson.rules.sums import collected, monomials
from sigmoid_parity.notation import Call, Minus, Node, Number, Operation

Powers = list[tuple[Node, int]]
"""Arguments of exp, each with the whole number to which exp of it is raised."""


def exponent_laws(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: the exponents add up to the same, and are written in another way; no other factor changes."""
    (sign, left), (other, right) = lead(before), lead(after)
    (ours, rest), (theirs, remaining) = _powers(left), _powers(right)
    rewritten = _written(ours) != _written(theirs)
    return sign == other and rewritten and rest == remaining and _sum(ours) == _sum(theirs)


def _powers(node: Node, sign: int = 1) -> tuple[Powers, tuple[Parts, Parts]]:
    """Split a product into its powers of e, and the other factors above and below the bars."""
    match node:
        case Operation("*" | "/" as operator, left, right):
            ours, (top, bottom) = _powers(left, sign)
            theirs, (over, under) = _powers(right, sign if operator == "*" else -sign)
            return ours + theirs, (top + over, bottom + under)
        case Call("exp", (argument,)):
            return [(argument, sign)], (Counter(), Counter())
        case Operation("**", Call("exp", (argument,)), Number(count)):
            return [(argument, sign * count)], (Counter(), Counter())
        case Operation("**", Call("exp", (argument,)), Minus(Number(count))):
            return [(argument, -sign * count)], (Counter(), Counter())
        case _:
            top, bottom = fraction(node)
            return [], (top, bottom) if sign == 1 else (bottom, top)


def _written(powers: Powers) -> Counter[Hashable]:
    return Counter((canonical(argument), count) for argument, count in powers)


def _sum(powers: Powers) -> dict[frozenset[tuple[Hashable, int]], int]:
    return collected([(times * count, letters) for argument, times in powers for count, letters in monomials(argument)])
