"""Where brackets go and in which order the parts stand; how each part looks is the business of a `Style`."""

from __future__ import annotations

from typing import Final, Protocol

from sigmoid_parity.notation.tree import COMPARISONS, Call, Minus, Name, Node, Number, Operation

GREEK: Final = {"sigma": "σ", "delta": "δ", "epsilon": "ε"}
"""The names that stand for Greek letters."""

_COMPARISON: Final = 0
_SUM: Final = 1
_PRODUCT: Final = 2
_FRACTION: Final = 3
_POWER: Final = 4
_ATOM: Final = 5
_BINDING: Final[dict[str, int]] = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_BINDING.update(dict.fromkeys(COMPARISONS, _COMPARISON))


class Style(Protocol):
    """How the parts of a formula look in one notation.

    :ivar boxed: whether bars and raised exponents keep their operands apart, so that these need no brackets.
    """

    boxed: bool

    def number(self, text: str) -> str:
        """Write a number, whose digits are given."""

    def name(self, name: str) -> str:
        """Write a variable or a function's name."""

    def minus(self, operand: str) -> str:
        """Write a term with a minus sign before it."""

    def operation(self, operator: str, left: str, right: str) -> str:
        """Write two terms joined by + - * / < <= > >= or ·: the last is a product that needs to be seen."""

    def power(self, base: str, exponent: str) -> str:
        """Write a power."""

    def brackets(self, inner: str) -> str:
        """Write brackets around a term."""

    def call(self, function: str, argument: str) -> str:
        """Write a function of an argument, or of several with commas between; they stand without brackets."""

    def derivative(self, formula: str, variable: str) -> str:
        """Write the derivative of a term, which has brackets if it needs them."""

    def limit(self, formula: str, variable: str, point: str) -> str:
        """Write the limit of a term, which has brackets if it needs them."""

    def at(self, formula: str, variable: str, value: str) -> str:
        """Write a term, without brackets, at a value of a variable."""


def write(node: Node, style: Style) -> str:
    """Write a formula in a style."""
    match node:
        case Number():
            return style.number(node.text)
        case Name(name):
            return style.name(name)
        case Minus(operand):
            return style.minus(_after_sign(operand, style, _PRODUCT))
        case Operation(operator, left, right):
            return _operation(operator, left, right, style)
        case Call():
            return _call(node, style)


def _operation(operator: str, left: Node, right: Node, style: Style) -> str:
    if operator == "**":
        exponent = write(right, style) if style.boxed else _within(right, style, _ATOM)
        return style.power(_within(left, style, _ATOM), exponent)
    if operator == "/" and style.boxed:
        return style.operation("/", write(left, style), write(right, style))
    binding = _BINDING[operator]
    if binding == _PRODUCT and _open(left):
        first = style.brackets(write(left, style))
    else:
        # A sign at the very left of a product or sum needs no brackets.
        first = write(left, style) if isinstance(left, Minus) else _within(left, style, binding)
    sign = "·" if operator == "*" and _dotted(left, right) else operator
    last = write(right, style) if operator in COMPARISONS else _after_sign(right, style, binding + 1)
    return style.operation(sign, first, last)


def _dotted(left: Node, right: Node) -> bool:
    match right:
        case Number() | Operation("/", _, _) | Operation("**", Number(), _):
            return True
        case Call("Derivative", _):
            return isinstance(left, Number)
        case _:
            return False


def _call(node: Call, style: Style) -> str:
    formula, *rest = node.arguments
    parts = [write(part, style) for part in rest]
    match node.function:
        case "Derivative":
            return style.derivative(_within(formula, style, _POWER), parts[0])
        case "Limit":
            return style.limit(_within(formula, style, _PRODUCT), *parts)
        case "Subs":
            return style.at(write(formula, style), *parts)
        case function:
            return style.call(function, ", ".join([write(formula, style), *parts]))


def _within(node: Node, style: Style, binding: int) -> str:
    written = write(node, style)
    return written if _binds(node, style) >= binding else style.brackets(written)


def _after_sign(node: Node, style: Style, binding: int) -> str:
    """Write a term that stands behind a sign: in brackets if it starts with a sign itself."""
    return style.brackets(write(node, style)) if _signed(node, style) else _within(node, style, binding)


def _signed(node: Node, style: Style) -> bool:
    match node:
        case Minus():
            return True
        case Operation("/", _, _) if style.boxed:
            return False
        case Operation("+" | "-" | "*" | "/", left, _):
            return _signed(left, style)
        case _:
            return False


def _binds(node: Node, style: Style) -> int:
    match node:
        case Minus():
            return _SUM
        case Operation("/", _, _) if style.boxed:
            return _FRACTION
        case Operation(operator, _, _):
            return _BINDING[operator]
        case Call("Derivative" | "Limit" | "Subs", _):
            return _FRACTION
        case Call("exp", _) if style.boxed:
            return _POWER
        case _:
            return _ATOM


def _open(node: Node) -> bool:
    """Tell whether a term ends in a derivative or limit, which would seem to take in a factor that follows."""
    match node:
        case Minus(operand):
            return _open(operand)
        case Operation("*", _, right):
            return _open(right)
        case Call("Derivative" | "Limit", _):
            return True
        case _:
            return False
