"""Formulas as MathML Core, which browsers show without a script or a network."""

from __future__ import annotations

from typing import Final

from sigmoid_parity.notation.layout import GREEK, write
from sigmoid_parity.notation.tree import Node

_SIGNS: Final = {
    "+": "<mo>+</mo>",
    "-": "<mo>−</mo>",  # The minus sign of formulas.
    "*": '<mo lspace="0" rspace="0.17em">&#x2062;</mo>',
    "·": "<mo>·</mo>",
    "<": "<mo>&lt;</mo>",
    "<=": "<mo>≤</mo>",
    ">": "<mo>&gt;</mo>",
    ">=": "<mo>≥</mo>",
}


def mathml(node: Node) -> str:
    """Write a formula as the content of a ``math`` element."""
    return write(node, _MathML())


class _MathML:
    boxed = True

    def number(self, text: str) -> str:
        return f"<mn>{text}</mn>"

    def name(self, name: str) -> str:
        stem, _, subscript = name.partition("_")
        symbol = f"<mi>{GREEK.get(stem, stem)}</mi>"
        return f"<msub>{symbol}<mn>{subscript}</mn></msub>" if subscript else symbol

    def minus(self, operand: str) -> str:
        return f"<mrow>{_SIGNS['-']}{operand}</mrow>"

    def operation(self, operator: str, left: str, right: str) -> str:
        if operator == "/":
            return f"<mfrac><mrow>{left}</mrow><mrow>{right}</mrow></mfrac>"
        return f"<mrow>{left}{_SIGNS[operator]}{right}</mrow>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup><mrow>{base}</mrow><mrow>{exponent}</mrow></msup>"

    def brackets(self, inner: str) -> str:
        # Only fractions need tall brackets; without a font for formulas, browsers make others far too tall.
        tall = "" if "<mfrac>" in inner else ' stretchy="false"'
        return f"<mrow><mo{tall}>(</mo>{inner}<mo{tall}>)</mo></mrow>"

    def call(self, function: str, argument: str) -> str:
        if function == "exp":
            return self.power("<mi>e</mi>", argument)
        return f"<mrow>{self.name(function)}<mo>&#x2061;</mo>{self.brackets(argument)}</mrow>"

    def derivative(self, formula: str, variable: str) -> str:
        of = f"<mfrac><mi>d</mi><mrow><mi>d</mi>{variable}</mrow></mfrac>"
        return f'<mrow>{of}<mspace width="0.17em"/>{formula}</mrow>'

    def limit(self, formula: str, variable: str, point: str) -> str:
        under = f"<mrow>{variable}<mo>→</mo>{point}</mrow>"
        return f'<mrow><munder><mo movablelimits="false">lim</mo>{under}</munder>{formula}</mrow>'

    def at(self, formula: str, variable: str, value: str) -> str:
        bar = '<mo stretchy="true" form="postfix">|</mo>'
        where = f"<mrow>{variable}<mo>=</mo>{value}</mrow>"
        return f"<msub><mrow>{formula}{bar}</mrow>{where}</msub>"
