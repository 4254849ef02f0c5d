"""Formulas and sentences as the page sets them."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import Final

from sigmoid_parity.notation import Node, mathml, prose, terms

_CODE: Final = re.compile(r"`([^`]*)`")


def formula(node: Node, relation: str = "", changed: Collection[int] = ()) -> str:
    """Set a formula on lines of its own: it may break before each term of its outermost sum, and scrolls if it must.

    :param node: the formula.
    :param relation: ``=`` where it goes on from the line before.
    :param changed: the identities of parts to be marked.
    """
    sign = f"<mo>{relation}</mo>" if relation else ""
    first, *rest = terms(mathml(node, changed))
    return _lines([sign + first, *rest])


def equation(left: Node, right: Node, between: str = "<mo>=</mo>") -> str:
    """Set two formulas with = between them; it may break before that sign."""
    first, *rest = terms(mathml(right))
    return _lines([*terms(mathml(left)), between + first, *rest])


def goal(left: Node, right: Node) -> str:
    """Set what is to be shown: dots stand for the steps."""
    return equation(left, right, "<mo>=</mo><mo>⋯</mo><mo>=</mo>")


def sentence(text: str) -> str:
    """Set a sentence: formulas in it as formulas, what stands between backticks as code."""
    pieces = _CODE.split(text)
    return "".join(f"<code>{escape(piece)}</code>" if n % 2 else _words(piece) for n, piece in enumerate(pieces))


def _words(text: str) -> str:
    return "".join(_maths(part) if maths else escape(part) for maths, part in prose.parts(text))


def _maths(part: str) -> str:
    # A line may break before the sign of equality.
    first, *others = part.split(" = ")
    return "<wbr/>".join(f"<math>{prose.mathml(side)}</math>" for side in (first, *(f"= {one}" for one in others)))


def _lines(pieces: Collection[str]) -> str:
    maths = "".join(f"<math>{piece}</math>" for piece in pieces)
    return f'<div class="formula">{maths}</div>'
