"""The rules of sums: brackets multiplied out, factors taken out, like terms collected, 1 added and subtracted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from functools import reduce

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import (
    canonical,
    factors,
    is_number,
    is_sum,
    lead,
    multiset,
    one_left_out,
    term_bag,
    terms,
)
from sigmoid_parity.notation import Minus, Node, Number, Operation

Monomial = tuple[int, tuple[Hashable, ...]]
"""A coefficient and letters, in which whatever is no sum, product or power is a letter."""


def expansion(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a product of sums is multiplied out; no terms are collected."""
    return _listed(before) == _listed(after) and bracketed(before) > bracketed(after)


def factoring(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: a common factor of all terms is taken out."""
    return expansion(after, before, scope)


def like_terms(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: terms that differ in their coefficients alone are made one, or none."""
    written, left = monomials(before), monomials(after)
    plain = not (bracketed(before) or bracketed(after) or is_number(before)) and all(count for count, _ in written)
    return plain and 0 < len(left) < len(written) and collected(written) == collected(left)


def add_and_subtract_one(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: two terms come in, 1 and -1, and nothing else."""
    one = Counter([(1, canonical(Number(1))), (-1, canonical(Number(1)))])
    return term_bag(terms(before)) + one == term_bag(terms(after))


def monomials(node: Node) -> list[Monomial]:
    """Multiply a formula out to a list of monomials, like ones kept apart."""
    match node:
        case Minus(operand):
            return [(-count, letters) for count, letters in monomials(operand)]
        case Operation("+" | "-" as operator, left, right):
            return monomials(left) + monomials(right if operator == "+" else Minus(right))
        case Operation("*", left, right):
            return _product(monomials(left), monomials(right))
        case Operation("**", base, Number(count)) if count > 0:
            return reduce(_product, [monomials(base)] * count)
        case Number(value):
            return [(value, ())]
        case _:
            sign, letter = canonical(node)
            return [(sign, (letter,))]


def collected(parts: list[Monomial]) -> dict[frozenset[tuple[Hashable, int]], int]:
    """Add up the coefficients of like monomials, and leave out those that vanish."""
    sums: Counter[frozenset[tuple[Hashable, int]]] = Counter()
    for count, letters in parts:
        sums[multiset(letters)] += count
    return {letters: count for letters, count in sums.items() if count}


def bracketed(node: Node) -> int:
    """Count the sums that are factors."""
    sign, rest = lead(node)
    if sign == -1:
        return bracketed(rest)
    if is_sum(node):
        return sum(bracketed(term) for _, term in terms(node))
    match node:
        case Operation("*", _, _):
            parts = one_left_out(factors(node))
            return sum((len(parts) > 1 and _brackets(part)) + bracketed(part) for part in parts)
        case Operation("**", _, _):
            return _brackets(node)
        case _:
            return 0


def _brackets(factor: Node) -> int:
    match factor:
        case Operation("**", base, Number(count)):
            return count * _brackets(base)
        case Minus(operand):
            return _brackets(operand)
        case _:
            return int(is_sum(factor))


def _product(ours: list[Monomial], theirs: list[Monomial]) -> list[Monomial]:
    return [(one * other, left + right) for one, left in ours for other, right in theirs]


def _listed(node: Node) -> Counter[tuple[int, frozenset[tuple[Hashable, int]]]]:
    return Counter((count, multiset(letters)) for count, letters in monomials(node))
