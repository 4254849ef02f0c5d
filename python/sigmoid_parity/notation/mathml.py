"""Formulas as MathML Core, which browsers show without a script or a network."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from sigmoid_parity.notation.layout import GREEK, write
from sigmoid_parity.notation.tree import Node

_SIGNS: Final = {
    "+": "<mo>+</mo>",
    "-": "<mo>−</mo>",  # The minus sign of formulas.
    "*": '<mo rspace=".17em">\u2062</mo>',
    "·": "<mo>·</mo>",
    "<": "<mo>&lt;</mo>",
    "<=": "<mo>≤</mo>",
    ">": "<mo>&gt;</mo>",
    ">=": "<mo>≥</mo>",
}


_LEAF: Final = re.compile(r"<(m[ino])>[^<]*</\1>")
_TAG: Final = re.compile(r"<(/?)(\w+)[^>]*?(/?)>")


def mathml(node: Node, changed: Collection[int] = ()) -> str:
    """Write a formula as the content of a ``math`` element.

    :param node: the formula.
    :param changed: the identities of parts, as ``id`` gives them, that get the class ``new``.
    """
    return write(node, _MathML(changed))


def terms(content: str) -> list[str]:
    """Split the content of a ``math`` element before each sign of its outermost sum, where a line may break."""
    depth, cuts = 0, [0]
    for tag in _TAG.finditer(content):
        closing, name, empty = tag.groups()
        if not depth and name == "mo" and not closing and content[tag.end()] in "+−" and tag.start():
            cuts.append(tag.start())
        depth += -1 if closing else not empty
    pieces = [content[start:end] for start, end in zip(cuts, [*cuts[1:], len(content)], strict=True)]
    # A sign at the start of a piece still stands between two terms.
    return [pieces[0], *(piece.replace("<mo>", '<mo form="infix">', 1) for piece in pieces[1:])]


def _row(content: str) -> str:
    """Make one element of what may be several."""
    return content if _LEAF.fullmatch(content) else f"<mrow>{content}</mrow>"


class _MathML:
    boxed = True

    def __init__(self, changed: Collection[int]) -> None:
        self._changed = changed

    def part(self, node: Node, written: str) -> str:
        return f'<mrow class="new">{written}</mrow>' if id(node) in self._changed else written

    def number(self, text: str) -> str:
        return f"<mn>{text}</mn>"

    def name(self, name: str) -> str:
        stem, _, subscript = name.partition("_")
        symbol = f"<mi>{GREEK.get(stem, stem)}</mi>"
        return f"<msub>{symbol}<mn>{subscript}</mn></msub>" if subscript else symbol

    def minus(self, operand: str) -> str:
        return f'<mo form="prefix">−</mo>{operand}'

    def operation(self, operator: str, left: str, right: str) -> str:
        if operator == "/":
            return f"<mfrac>{_row(left)}{_row(right)}</mfrac>"
        return f"{left}{_SIGNS[operator]}{right}"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup>{_row(base)}{_row(exponent)}</msup>"

    def brackets(self, inner: str) -> str:
        # Only fractions need tall brackets; browsers leave too much room beside operators that may stretch.
        kind = "mo" if "<mfrac>" in inner else "mtext"
        return f"<mrow><{kind}>(</{kind}>{inner}<{kind}>)</{kind}></mrow>"

    def call(self, function: str, argument: str) -> str:
        if function == "exp":
            return self.power("<mi>e</mi>", argument)
        return f"{self.name(function)}<mo>\u2061</mo>{self.brackets(argument)}"

    def derivative(self, formula: str, variable: str) -> str:
        of = f"<mfrac><mi>d</mi><mrow><mi>d</mi>{variable}</mrow></mfrac>"
        return f'{of}<mspace width=".17em"/>{formula}'

    def limit(self, formula: str, variable: str, point: str) -> str:
        under = f"<mrow>{variable}<mo>→</mo>{point}</mrow>"
        return f'<munder><mo movablelimits="false">lim</mo>{under}</munder>{formula}'

    def at(self, formula: str, variable: str, value: str) -> str:
        bar = '<mo stretchy="true" form="postfix">|</mo>'
        where = f"<mrow>{variable}<mo>=</mo>{value}</mrow>"
        return f"<msub><mrow>{formula}{bar}</mrow>{where}</msub>"
