"""The mistakes in the documents as cells of the notebook: document and right side by side, and a cell that runs all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sigmoid_parity.lesson.errata import (
    Document,
    Erratum,
    FailingProgram,
    WrongFormula,
    WrongText,
    load_documents,
    load_errata,
)
from sigmoid_parity.lesson.words import say, typeset
from sigmoid_parity.notation import latex

_RUN: Final = """\
from sigmoid_parity.lesson.errata import load_errata
from sigmoid_parity.lesson.refuting import refute
from sigmoid_parity.lesson.words import say

for one in map(refute, load_errata()):
    assert not one.problems, one.problems
    print(f"{one.erratum.source}  {one.erratum.id}: {say(one.verdict, LANGUAGE)}")"""


def cells(language: str, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield the cells, each with its kind, ``"markdown"`` or ``"code"``.

    :param language: of `LANGUAGES`.
    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: of the errata.
    """
    documents = load_documents(folder)
    errata = load_errata(folder, documents)
    yield "markdown", f"## {say('errata', language)}\n\n{say('errata-introduction', language)}"
    for document in documents:
        parts = [_erratum(one, language) for one in errata if one.source == document.key]
        yield "markdown", "\n\n".join([_heading(document, language), *parts])
    yield "code", _RUN


def _heading(document: Document, language: str) -> str:
    written, kind = say(f"language-{document.language}", language), say(f"kind-{document.kind}", language)
    title = say("document", language, key=document.key, title=document.title[language], language=written, kind=kind)
    return f"### {title}\n\n{document.holds[language]}"


def _erratum(erratum: Erratum, language: str) -> str:
    told = f"**{typeset(erratum.where[language])}** — {typeset(erratum.mistake[language])}"
    return f"{told}\n\n{_witness(erratum, language)}"


def _witness(erratum: Erratum, language: str) -> str:
    head = [say("at-point", language), say("in-document", language), say("correct", language)]
    match erratum.witness:
        case WrongFormula() as one:
            rows = [["", *(f"${latex(one.of)} = {latex(side)}$" for side in (one.says, one.right))]]
            rows += [[_at(dict(value.at)), value.says, value.right] for value in one.points]
            return _table(head, rows)
        case WrongText() as one:
            return _table(head[1:], [[typeset(one.says[language]), typeset(one.right[language])]])
        case FailingProgram() as one:
            return f"{head[1]}:\n{_code(one.wrong)}\n`{one.type}: ... {one.message}`\n\n{head[2]}:\n{_code(one.right)}"


def _at(values: dict[str, str]) -> str:
    return ", ".join(f"${name} = {value}$" for name, value in values.items())


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    # A bar would end the cell.
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + 'vert ') for cell in line)} |" for line in lines)


def _code(file: Path) -> str:
    return f"```python\n{file.read_text(encoding='utf-8').rstrip()}\n```\n"
