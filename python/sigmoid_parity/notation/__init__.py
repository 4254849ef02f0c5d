"""Formulas as trees: read from a small language that SymPy reads too, and written as LaTeX, MathML or plain text.

Nothing is evaluated here, and nothing that could run can be written: a formula holds whole numbers, the names that its
file declares, five operators, and calls of exp, Derivative, Limit, Subs and declared functions; decimals and
comparisons only where its reader asks for them.
"""

from __future__ import annotations

from sigmoid_parity.notation.latex import latex
from sigmoid_parity.notation.mathml import mathml
from sigmoid_parity.notation.plain import plain
from sigmoid_parity.notation.reading import parse
from sigmoid_parity.notation.tree import COMPARISONS, OPERATORS, SELECT, Call, Minus, Name, Node, Number, Operation

__all__ = [
    "COMPARISONS",
    "OPERATORS",
    "SELECT",
    "Call",
    "Minus",
    "Name",
    "Node",
    "Number",
    "Operation",
    "latex",
    "mathml",
    "parse",
    "plain",
]
