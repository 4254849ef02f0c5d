"""The rules of 0 and 1, of products and of fractions: what must be the same before and after, and what not.

Derivatives, limits and functions stay as they are: to these rules they are letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from fractions import Fraction

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import (
    Parts,
    bag,
    canonical,
    factors,
    is_number,
    is_sum,
    lead,
    multiply,
    multiset,
    one_left_out,
    same,
    term_bag,
    terms,
)
from sigmoid_parity.notation import OPERATORS, Minus, Node, Number, Operation


def adding_zero(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a term 0 is dropped."""
    kept = [(sign, term) for sign, term in terms(before) if term != Number(0)]
    fewer = 0 < len(kept) < len(terms(before))
    return fewer and term_bag(kept) == term_bag(terms(after))


def multiplying_by_zero(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a product with a factor 0 is 0."""
    parts = factors(before)
    return len(parts) > 1 and Number(0) in parts and after == Number(0)


def multiplying_by_one(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a factor 1 is dropped, or written."""
    (sign, left), (other, right) = lead(before), lead(after)
    ours, theirs = factors(left), factors(right)
    kept = one_left_out(ours)
    counts = ours.count(Number(1)) != theirs.count(Number(1))
    return bool(kept) and counts and sign == other and bag(kept) == bag(one_left_out(theirs))


def arithmetic(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: numbers are worked out."""
    written = isinstance(after, Number) or (isinstance(after, Minus) and isinstance(after.operand, Number))
    return written and is_number(before) and _number(before) == _number(after)


def product_of_fractions(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a/b c/d is (ac)/(bd), and a/b/c is a/(bc)."""
    (sign, left), (other, right) = lead(before), lead(after)
    return sign == other and _bars(left) != _bars(right) and fraction(left) == fraction(right)


def cancelling(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a common factor of numerator and denominator is left out."""
    (sign, left), (other, right) = lead(before), lead(after)
    (top, bottom), (over, under) = fraction(left, True), fraction(right, True)
    gone = top - over
    possible = bool(gone) and canonical(Number(0)) not in gone
    return sign == other and possible and top == over + gone and bottom == under + gone


def extending(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: numerator and denominator are given a common factor."""
    return cancelling(after, before, scope)


def term_by_term(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (a + b)/c is a/c + b/c."""
    match before:
        case Operation("/", top, bottom) if is_sum(after) and is_sum(top):
            split: list[tuple[int, Node]] = []
            for sign, term in terms(after):
                if not isinstance(term, Operation) or term.operator != "/" or not same(term.right, bottom):
                    return False
                split += [(sign * one, part) for one, part in terms(term.left)]
            return term_bag(split) == term_bag(terms(top))
        case _:
            return False


def common_denominator(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a/b + c/d is (ad + cb)/(bd)."""
    match after:
        case Operation("/", top, bottom) if is_sum(before):
            whole, raised = bag(factors(bottom)), []
            for sign, term in terms(before):
                over, under = _over_under(term)
                own = bag(one_left_out(factors(under)))
                if own - whole:
                    return False
                lacking = Counter(whole - own)
                factor = [one for one in factors(bottom) if _take(lacking, canonical(one))]
                raised.append((sign, multiply(one_left_out((*factors(over), *factor)))))
            return any(map(_is_fraction, (term for _, term in terms(before)))) and term_bag(raised) == term_bag(
                terms(top)
            )
        case _:
            return False


def _over_under(term: Node) -> tuple[Node, Node]:
    match term:
        case Operation("/", top, bottom):
            return top, bottom
        case _:
            return term, Number(1)


def fraction(node: Node, split: bool = False) -> tuple[Parts, Parts]:
    """Collect the factors above and below all bars of a product; a number 1 is none.

    :param node: the product.
    :param split: whether u^n counts as n factors.
    """
    match node:
        case Operation("*", left, right):
            (top, bottom), (over, under) = fraction(left, split), fraction(right, split)
            return top + over, bottom + under
        case Operation("/", left, right):
            (top, bottom), (over, under) = fraction(left, split), fraction(right, split)
            return top + under, bottom + over
        case Operation("**", base, Number(count)) if split and count > 1:
            return Counter({canonical(base): count}), Counter()
        case _:
            return bag(one_left_out((node,))), Counter()


def _bars(node: Node) -> Parts:
    fractions = [part for part in factors(node) if _is_fraction(part)]
    return Counter(
        (multiset(bag(one_left_out(factors(one.left))).elements()), canonical(one.right))
        for one in fractions
        if isinstance(one, Operation)
    )


def _take(parts: Parts, key: Hashable) -> bool:
    parts[key] -= 1
    return parts[key] >= 0


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Operation) and node.operator == "/"


def _number(node: Node) -> Fraction | None:
    match node:
        case Number(value):
            return Fraction(value)
        case Minus(operand):
            found = _number(operand)
            return None if found is None else -found
        case Operation(operator, left, right):
            one, other = _number(left), _number(right)
            if one is None or other is None or (operator in ("/", "**") and other <= 0):
                return None
            return Fraction(OPERATORS[operator](one, other))
        case _:
            return None
