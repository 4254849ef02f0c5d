"""Formulas as one line of text, for terminals."""

from __future__ import annotations

from sigmoid_parity.notation.layout import GREEK, write
from sigmoid_parity.notation.tree import Node


def plain(node: Node) -> str:
    """Write a formula as one line of text."""
    return write(node, _Plain())


class _Plain:
    boxed = False

    def number(self, text: str) -> str:
        return text

    def name(self, name: str) -> str:
        stem, _, subscript = name.partition("_")
        return f"{GREEK.get(stem, stem)}{subscript}"

    def minus(self, operand: str) -> str:
        return f"-{operand}"

    def operation(self, operator: str, left: str, right: str) -> str:
        return f"{left}/{right}" if operator == "/" else f"{left} {operator.replace('*', '·')} {right}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent}"

    def brackets(self, inner: str) -> str:
        return f"({inner})"

    def call(self, function: str, argument: str) -> str:
        return f"{self.name(function)}({argument})"

    def derivative(self, formula: str, variable: str) -> str:
        return f"d/d{variable} {formula}"

    def limit(self, formula: str, variable: str, point: str) -> str:
        return f"lim[{variable} → {point}] {formula}"

    def at(self, formula: str, variable: str, value: str) -> str:
        return f"[{formula} at {variable} = {value}]"
