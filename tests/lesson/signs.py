"""Every way to flip one sign of a formula."""

from __future__ import annotations

from collections.abc import Iterator

from sigmoid_parity.notation import Call, Minus, Node, Operation

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
