"""Formulas as LaTeX."""

from __future__ import annotations

from typing import Final

from sigmoid_parity.notation.layout import GREEK, write
from sigmoid_parity.notation.tree import Node

_SIGNS: Final = {"+": "+", "-": "-", "*": r"\,", "·": r"\cdot", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}


def latex(node: Node) -> str:
    """Write a formula as LaTeX, for math mode; needs no package but amsmath."""
    return write(node, _Latex())


class _Latex:
    boxed = True

    def number(self, text: str) -> str:
        return text

    def name(self, name: str) -> str:
        stem, _, subscript = name.partition("_")
        symbol = rf"\{stem}" if stem in GREEK else stem
        return f"{symbol}_{{{subscript}}}" if subscript else symbol

    def minus(self, operand: str) -> str:
        return f"-{operand}"

    def operation(self, operator: str, left: str, right: str) -> str:
        if operator == "/":
            return rf"\frac{{{left}}}{{{right}}}"
        return f"{left} {_SIGNS[operator]} {right}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def brackets(self, inner: str) -> str:
        return rf"\left({inner}\right)"

    def call(self, function: str, argument: str) -> str:
        return f"e^{{{argument}}}" if function == "exp" else rf"{self.name(function)}\left({argument}\right)"

    def derivative(self, formula: str, variable: str) -> str:
        return rf"\frac{{d}}{{d{variable}}} {formula}"

    def limit(self, formula: str, variable: str, point: str) -> str:
        return rf"\lim_{{{variable} \to {point}}} {formula}"

    def at(self, formula: str, variable: str, value: str) -> str:
        return rf"\left. {formula} \right|_{{{variable} = {value}}}"
