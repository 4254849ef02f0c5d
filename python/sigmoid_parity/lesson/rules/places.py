"""Where two formulas differ, and whether a rule explains each of the places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from typing import Final, TypeVar

from sigmoid_parity.lesson.rules.trees import (
    Term,
    add,
    canonical,
    factors,
    is_sum,
    lead,
    multiply,
    same,
    signed,
    terms,
)
from sigmoid_parity.notation import Call, Minus, Node, Operation

Relation = Callable[[Node, Node], bool]
"""Whether the second formula comes of the first by a rule, applied to the whole of it."""

Pairs = list[tuple[Node, Node]]

_Part = TypeVar("_Part")

_MOST: Final = 4  # Places in one sum or product: all the ways to pair them are tried.


def explained(before: Node, after: Node, relation: Relation) -> bool:
    """Tell whether a rule, at one place or more, makes the second formula of the first, and nothing else changed."""
    return not same(before, after) and _explained(before, after, relation)


def smallest(before: Node, after: Node) -> tuple[Node, Node]:
    """Find the smallest parts whose exchange makes the second formula of the first."""
    found = next(iter(_pairings(before, after)), [])
    differing = [(one, other) for one, other in found if not same(one, other)]
    if len(differing) == 1 and differing[0] != (before, after):
        return smallest(*differing[0])
    return before, after


def _explained(before: Node, after: Node, relation: Relation) -> bool:
    if same(before, after) or relation(before, after):
        return True
    return any(all(_explained(*pair, relation) for pair in pairs) for pairs in _pairings(before, after))


@lru_cache(maxsize=4096)  # Asked again for every rule.
def _pairings(before: Node, after: Node) -> tuple[Pairs, ...]:
    """Find the ways to see one formula as another with parts of it exchanged."""
    return tuple(_paired(before, after))


def _paired(before: Node, after: Node) -> Iterator[Pairs]:
    (one, left), (other, right) = lead(before), lead(after)
    if one == other == -1:
        yield [(left, right)]
        return
    match left, right:
        case Call(first, ours), Call(second, theirs) if (one, first) == (other, second):
            yield list(zip(ours, theirs, strict=True))
        case Minus(ours), Minus(theirs) if one == other:
            yield [(ours, theirs)]
        case Operation("**", base, exponent), Operation("**", other_base, other_exponent) if one == other:
            yield [(base, other_base), (exponent, other_exponent)]
        case Operation("/", top, bottom), Operation("/", over, under):
            yield [(signed(one, top), signed(other, over)), (bottom, under)]
        case _ if is_sum(left) and is_sum(right) and one == other:
            yield from _sums(terms(left), terms(right))
        case _ if "*" in (_operator(left), _operator(right)):
            yield from _products(one * other, factors(left), factors(right))


def _operator(node: Node) -> str | None:
    return node.operator if isinstance(node, Operation) else None


def _sums(ours: Sequence[Term], theirs: Sequence[Term]) -> Iterator[Pairs]:
    left, right = _without_common(ours, theirs, lambda term: (term[0], canonical(term[1])))
    yield from _partly(add(left), add(right), 0 < len(left) < len(ours) and bool(right))
    if len(left) == len(right) <= _MOST:
        for order in permutations(right):
            yield from _changed([_pair(first, second) for first, second in zip(left, order, strict=True)])


def _pair(first: Term, second: Term) -> tuple[Node, Node]:
    if first[0] == second[0]:
        return first[1], second[1]
    return signed(*first), signed(*second)


def _products(sign: int, ours: Sequence[Node], theirs: Sequence[Node]) -> Iterator[Pairs]:
    left, right = _without_common(ours, theirs, canonical)
    yield from _partly(multiply(left), signed(sign, multiply(right)), 0 < len(left) < len(ours) and bool(right))
    if len(left) == len(right) <= _MOST:
        for order in permutations(right):
            pairs = list(zip(left, order, strict=True))
            if sign == 1:
                yield from _changed(pairs)
            else:
                # The sign in front belongs to one of the parts that changed.
                for at, (one, other) in enumerate(pairs):
                    yield from _changed([*pairs[:at], (one, Minus(other)), *pairs[at + 1 :]])


def _partly(before: Node, after: Node, some: bool) -> Iterator[Pairs]:
    if some:
        yield from _changed([(before, after)])


def _changed(pairs: Pairs) -> Iterator[Pairs]:
    # Parts that are the same only with their signs moved have changed, and no rule has been asked.
    if not any(same(one, other) for one, other in pairs):
        yield pairs


def _without_common(
    ours: Sequence[_Part], theirs: Sequence[_Part], key: Callable[[_Part], object]
) -> tuple[list[_Part], list[_Part]]:
    left, right = [], list(theirs)
    for part in ours:
        found = next((other for other in right if key(other) == key(part)), None)
        if found is None:
            left.append(part)
        else:
            right.remove(found)
    return left, right
