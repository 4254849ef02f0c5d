"""Formulas within sentences: found in plain text, and set as MathML or LaTeX.

A sentence such as ``(1/u)' = -u'/u^2 with u = 1 + exp(-x).`` is written as one types it. What reads as a formula is a
run of numbers, single letters, ``exp`` and ``ln``, signs and balanced brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from sigmoid_parity.notation.layout import GREEK

_TOKEN: Final = re.compile(
    r"(?P<name>exp(?=\()|ln(?= \d)|sigma(?=\()"
    r"|(?:d[fuvwxyzhL]|da(?=_)|[b-zεδσΣΠLKRW]|a(?=_))(?:_[a-zK\d])?(?![A-Za-z\d]))"
    r"|(?P<word>[A-Za-z_#`]+\d*(?:'[a-z]+|\(\w?\))?)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-−+*/=^≠≈·<>|'′(),\[\]])|(?P<space> +)|(?P<other>.)",
    re.DOTALL,
)
_MATHS: Final = ("name", "number", "sign", "space")
_SIGNS: Final = {"-": "−", "'": "′", "*": "·"}
_FORMS: Final = {
    "/": ' lspace="0" rspace="0"',
    "(": ' stretchy="false"',
    ")": ' stretchy="false"',
    "|": ' stretchy="false"',
}
_LATEX: Final = {
    "≠": r"\ne ",
    "≈": r"\approx ",
    "·": r"\cdot ",
    "−": "-",
    "′": "'",
    "ε": r"\varepsilon",
    "*": r"\cdot ",
}
_FORMULA: Final = re.compile(r"[a-zεδσΣLKRW]|\d *[-+/^=≈·] *\d|^[-−]\d")

Part = tuple[bool, str]
"""Whether it is a formula, and its text."""


def parts(text: str) -> Iterator[Part]:
    """Split a sentence into formulas and what stands between them; joined, they are the sentence."""
    for maths, run in groupby(_tokens(text), key=lambda token: token[0] in _MATHS):
        written = "".join(part for _, part in run)
        yield from _trimmed(written) if maths else [(False, written)]


def mathml(formula: str) -> str:
    """Set a formula of a sentence as the content of a ``math`` element."""
    return _set(formula, _Element())


def latex(formula: str) -> str:
    """Set a formula of a sentence as LaTeX, without the dollar signs."""
    return _set(formula, _Command()).strip()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        kind, written = str(found.lastgroup), found.group()
        # The letter a is an article, unless a sign stands beside it.
        beside = re.search(r"[-(+] ?$", text[: found.start()]) or re.match(" [≠=+]", text[found.end() :])
        if written == "a" and beside:
            kind = "name"
        yield kind, written


def _trimmed(run: str) -> Iterator[Part]:
    """Take off a run what is no part of its formula: spaces, commas, single brackets, signs at its ends."""
    start, end = 0, len(run)
    while start < end and (run[start] in " ,/=^*·'′<>)" or _unpaired(run[start:end], "(", ")")):
        start += 1
    while start < end and (run[end - 1] in " ,(-−+/=^*·<>" or _unpaired(run[start:end], ")", "(")):
        end -= 1
    inner = run[start:end]
    if _FORMULA.search(inner):
        split = _split(inner)
        yield from filter(lambda part: part[1], [(False, run[:start]), *split, (False, run[end:])])
    else:
        yield False, run


def _unpaired(run: str, first: str, last: str) -> bool:
    """Tell whether a run starts (or ends) with a bracket that has no partner in it."""
    edge = run[0] if first == "(" else run[-1]
    return edge == first and run.count(first) > run.count(last)


def _split(run: str) -> list[Part]:
    """Split at commas that stand outside brackets."""
    found: list[Part] = []
    depth, start = 0, 0
    for place, letter in enumerate(run):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found += [(True, run[start:place]), (False, ", ")]
            start = place + 2
    return [*found, (True, run[start:])]


class _Element:
    def atom(self, kind: str, text: str) -> str:
        if kind == "number":
            return f"<mn>{text}</mn>"
        if kind == "sign":
            return f"<mo{_FORMS.get(text, '')}>{escape(_SIGNS.get(text, text))}</mo>"
        stem, _, subscript = GREEK.get(text, text).partition("_")
        of = "<mi>d</mi>" if len(stem) > 1 and stem.startswith("d") else ""
        letter = f"<mi>{stem[1:] if of else stem}</mi>"
        below = "mn" if subscript.isdecimal() else "mi"
        return of + (f"<msub>{letter}<{below}>{subscript}</{below}></msub>" if subscript else letter)

    def power(self, base: str, exponent: str) -> str:
        return f"<msup><mrow>{base}</mrow><mrow>{exponent}</mrow></msup>"

    gap = '<mspace width="0.2em"/>'
    minus = '<mo form="prefix">−</mo>'
    e = "<mi>e</mi>"


class _Command:
    def atom(self, kind: str, text: str) -> str:
        if kind != "name":
            return _LATEX.get(text, text)
        if text in GREEK or text == "ln":
            return rf"\{text} "
        return _LATEX.get(text, text)

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    gap = r"\,"
    minus = "-"
    e = "e"


def _set(formula: str, style: _Element | _Command) -> str:
    tokens = [(str(found.lastgroup), found.group()) for found in _TOKEN.finditer(formula)]
    tokens = [("name" if kind == "word" else kind, text) for kind, text in tokens]
    return _sequence(tokens, style)


def _sequence(tokens: Sequence[tuple[str, str]], style: _Element | _Command) -> str:
    written: list[str] = []
    place = 0
    while place < len(tokens):
        kind, text = tokens[place]
        if text == "exp":
            inner, place = _operand(tokens, place + 1)
            written.append(style.power(style.e, _sequence(inner, style)))
        elif text == "^":
            inner, place = _operand(tokens, place + 1)
            written.append(style.power(written.pop(), _sequence(inner, style)))
        elif kind == "space":
            # Two factors stand apart; a sign has spaces of its own.
            signs = {tokens[place - 1][1], tokens[place + 1][1]} & set("-−+*/=≠≈·<>")
            written.append("" if signs else style.gap)
            place += 1
        else:
            before = tokens[place - 1][1].strip() or tokens[place - 2][1] if place else ""
            leads = text in "-−" and before in ("", "=", "(", "≈")
            written.append(style.minus if leads else style.atom(kind, text))
            place += 1
    return "".join(written)


def _operand(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Sequence[tuple[str, str]], int]:
    """Return what an exponent is made of: what stands in brackets, or one token with its sign."""
    if tokens[place][1] != "(":
        end = place + 1 + (tokens[place][1] in "-−")
        return tokens[place:end], end
    depth = 0
    for end in range(place, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[end][1], 0)
        if not depth:
            return tokens[place + 1 : end], end + 1
    return tokens[place + 1 :], len(tokens)
