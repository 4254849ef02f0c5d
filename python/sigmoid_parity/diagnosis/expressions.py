"""The language of the conventions: that of the derivations, with decimals, conditions and libm's functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sigmoid_parity import notation
from sigmoid_parity.diagnosis import libm
from sigmoid_parity.notation import SELECT, Call, Minus, Name, Node, Number, Operation


def formula(text: str, names: Collection[str]) -> Node:
    """Read an expression.

    :param text: the expression.
    :param names: the names that may stand in it.
    :raises ValueError: it does not parse, or holds what has no value at a point: a derivative, limit or substitution.
    """
    node = notation.parse(text, names, libm.ARITIES, decimals=True)
    _check(node, text)
    return node


def condition(text: str, names: Collection[str]) -> Node:
    """Read a comparison of two expressions.

    :raises ValueError: as `formula`.
    """
    node = formula(f"{SELECT}({text}, 1, 0)", names)
    return node.arguments[0] if isinstance(node, Call) else node


def put(node: Node, meanings: Mapping[str, Node]) -> Node:
    """Put expressions for names."""
    match node:
        case Name(name):
            return meanings.get(name, node)
        case Minus(operand):
            return Minus(put(operand, meanings))
        case Operation(operator, left, right):
            return Operation(operator, put(left, meanings), put(right, meanings))
        case Call(function, arguments):
            return Call(function, tuple(put(one, meanings) for one in arguments))
        case Number():
            return node


def calls(node: Node) -> frozenset[str]:
    """Return the functions that an expression calls."""
    match node:
        case Minus(operand):
            return calls(operand)
        case Operation(operator, left, right):
            return calls(left) | calls(right) | (frozenset({"pow"}) if operator == "**" else frozenset())
        case Call(function, arguments):
            return frozenset({function}).union(*map(calls, arguments))
        case Number() | Name():
            return frozenset()


def _check(node: Node, text: str) -> None:
    if unknown := sorted(calls(node) - libm.ARITIES.keys()):
        raise ValueError(f"{text!r} has {unknown[0]}, which has no value at a point; only functions are taken")
