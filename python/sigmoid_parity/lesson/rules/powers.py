"""The rules of powers: products of equal factors, negative exponents, and exp(a) exp(b) = exp(a + b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.algebra import fraction
from sigmoid_parity.lesson.rules.sums import collected, monomials
from sigmoid_parity.lesson.rules.trees import Parts, canonical, factors, lead, one_left_out
from sigmoid_parity.notation import Call, Minus, Node, Number, Operation

Powers = list[tuple[Node, int]]
"""Arguments of exp, each with the whole number to which exp of it is raised."""


def power_as_product(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: u^n is n factors u."""
    (sign, left), (other, right) = lead(before), lead(after)
    ours, theirs = factors(left), factors(right)
    return sign == other and len(ours) != len(theirs) and _powers(ours) == _powers(theirs)


def negative_exponent(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: u^-n is 1/u^n, alone or among factors."""
    (sign, left), (other, right) = lead(before), lead(after)
    ours, theirs = _exponents(left), _exponents(right)
    return sign == other and _negative(left) != _negative(right) and ours == theirs


def exponent_laws(before: Node, after: Node, _: Scope) -> bool:
    """Recognise exp(a) exp(b) = exp(a + b), exp(a)^n = exp(n a), 1/exp(a) = exp(-a).

    The exponents add up to the same, and are written in another way; no other factor changes.
    """
    (sign, left), (other, right) = lead(before), lead(after)
    (ours, rest), (theirs, remaining) = _split(left), _split(right)
    rewritten = _written(ours) != _written(theirs)
    return sign == other and rewritten and rest == remaining and _sum(ours) == _sum(theirs)


def _powers(parts: tuple[Node, ...]) -> Parts:
    found: Parts = Counter()
    for part in parts:
        match part:
            case Operation("**", base, Number(count)) if count > 1:
                found[canonical(base)] += count
            case _:
                found[canonical(part)] += 1
    return found


def _exponents(node: Node, sign: int = 1) -> Parts:
    match node:
        case Operation("*", left, right):
            return _exponents(left, sign) + _exponents(right, sign)
        case Operation("/", left, right):
            return _exponents(left, sign) + _exponents(right, -sign)
        case Operation("**", base, Number(value)):
            return Counter([(canonical(base), sign * value)])
        case Operation("**", base, Minus(Number(value))):
            return Counter([(canonical(base), -sign * value)])
        case _:
            return Counter((canonical(one), sign) for one in one_left_out((node,)))


def _negative(node: Node) -> int:
    match node:
        case Operation("*" | "/", left, right):
            return _negative(left) + _negative(right)
        case Operation("**", _, Minus(Number())):
            return 1
        case _:
            return 0


def _split(node: Node, sign: int = 1) -> tuple[Powers, tuple[Parts, Parts]]:
    """Split a product into its powers of e, and the other factors above and below the bars."""
    match node:
        case Operation("*" | "/" as operator, left, right):
            ours, (top, bottom) = _split(left, sign)
            theirs, (over, under) = _split(right, sign if operator == "*" else -sign)
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
