"""The rule of signs."""

from __future__ import annotations

from collections.abc import Hashable
from math import prod

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import multiset, same
from sigmoid_parity.notation import Call, Minus, Node, Number, Operation


def signs(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: minus signs cancel in pairs, or move: out of a product or fraction, into or out of a sum."""
    return not same(before, after) and unsigned(before) == unsigned(after)


def unsigned(node: Node) -> tuple[int, Hashable]:
    """Write a formula with its signs moved out of products and fractions, and a sum with one of its two signs."""
    match node:
        case Minus(operand):
            sign, rest = unsigned(operand)
            return -sign, rest
        case Operation("+" | "-", _, _):
            return _unsigned_sum(node)
        case Operation("*", _, _):
            return _unsigned_product(node)
        case Operation("/", left, right):
            (one, top), (other, bottom) = unsigned(left), unsigned(right)
            return one * other, ("/", top, bottom)
        case _:
            return 1, _within(node)


def _within(node: Node) -> Hashable:
    match node:
        case Operation(operator, left, right):
            return operator, unsigned(left), unsigned(right)
        case Call(function, arguments):
            return function, *map(unsigned, arguments)
        case _:
            return node


def _unsigned_sum(node: Node) -> tuple[int, Hashable]:
    found: list[tuple[int, Hashable]] = []
    for sign, term in _terms_through_signs(node):
        one, rest = unsigned(term)
        found.append((sign * one, rest))
    # a - b and b - a are one sum with two signs: the one whose text is the lesser is written.
    both = [multiset((sign * one, rest) for one, rest in found) for sign in (1, -1)]
    first = min((0, 1), key=lambda at: sorted(map(repr, both[at])))
    return (1, -1)[first], ("+", both[first])


def _unsigned_product(node: Node) -> tuple[int, Hashable]:
    written = _factors_through_signs(node)
    parts = [unsigned(part) for part in written]
    sign = prod(one for one, _ in parts)
    # A factor -1 is a sign and nothing else.
    kept = [part for (_, part), as_written in zip(parts, written, strict=True) if as_written != Minus(Number(1))]
    return sign, kept[0] if len(kept) == 1 else ("*", multiset(kept))


def _terms_through_signs(node: Node, sign: int = 1) -> list[tuple[int, Node]]:
    match node:
        case Operation("+" | "-" as operator, left, right):
            second = sign if operator == "+" else -sign
            return _terms_through_signs(left, sign) + _terms_through_signs(right, second)
        case Minus(operand):
            return _terms_through_signs(operand, -sign)
        case _:
            return [(sign, node)]


def _factors_through_signs(node: Node) -> list[Node]:
    match node:
        case Operation("*", left, right):
            return _factors_through_signs(left) + _factors_through_signs(right)
        case Minus(Number(1)):
            return [Minus(Number(1))]
        case Minus(operand):
            first, *rest = _factors_through_signs(operand)
            return [Minus(first), *rest]
        case _:
            return [node]
