"""What a step changed: the smallest parts of a formula that the one before it does not have in their place."""

from __future__ import annotations

from sigmoid_parity.lesson.rules.trees import parts
from sigmoid_parity.notation import Call, Minus, Name, Node, Number, Operation


def changed(before: Node, after: Node) -> frozenset[int]:
    """Find what is new in a formula.

    :param before: the formula of the step before.
    :param after: the formula that it became.
    :returns: the identities, as ``id`` gives them, of parts of the second.
    """
    if before == after:
        return frozenset()
    inner, other = parts(before), parts(after)
    if _head(before) != _head(after) or len(inner) != len(other):
        return frozenset({id(after)})
    if all(one != new for one, new in zip(inner, other, strict=True)) and len(other) > 1:
        return frozenset({id(after)}) if _head(after) in ("*", "/") else _within(inner, other)
    return _within(inner, other)


def _within(inner: tuple[Node, ...], other: tuple[Node, ...]) -> frozenset[int]:
    return frozenset().union(*(changed(one, new) for one, new in zip(inner, other, strict=True)))


def _head(node: Node) -> object:
    match node:
        case Operation(operator, _, _):
            return operator
        case Call(function, _):
            return function
        case Minus():
            return "minus"
        case Name() | Number():
            return node
