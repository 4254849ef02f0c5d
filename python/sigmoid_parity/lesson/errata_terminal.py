"""The mistakes in the documents for the terminal: what is said, what is right, and the witness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from sigmoid_parity.lesson.documents import Document
from sigmoid_parity.lesson.errata import FailingProgram, Witness, WrongFormula, WrongText
from sigmoid_parity.lesson.errata_words import say
from sigmoid_parity.lesson.refuting import Refutation
from sigmoid_parity.notation import Name, plain

_STYLES: Final = {"refuted": "green", "stands": "bold red", "noted": "yellow"}


def heading(document: Document, language: str, console: Console) -> None:
    """Print what a document is, before its mistakes."""
    title, written = document.title[language], say(document.language, language)
    kind = say(document.kind, language)
    _line(console, Text(say("document", language, key=document.key, title=title, language=written, kind=kind), "bold"))
    for text in filter(None, (document.holds, document.note)):
        _line(console, Text(f"    {text[language]}"))
    console.print()


def render(refutation: Refutation, language: str, console: Console) -> None:
    """Print a mistake with its witness, and what speaks against the witness, if anything does."""
    erratum = refutation.erratum
    mark = (say(refutation.verdict, language), _STYLES[refutation.verdict])
    place = say("place", language, source=erratum.source, where=erratum.where[language])
    _line(console, Text.assemble(mark, f"  {place}  [{erratum.id}]"))
    _line(console, Text(f"  {erratum.mistake[language]}"))
    for line in _witness(erratum.witness, language):
        _line(console, Text(f"    {line}"))
    for problem in refutation.problems:
        _line(console, Text(f"  {say(problem.kind, language, **problem.values)}", "bold red"))
    console.print()


def verdict(refutations: Sequence[Refutation], language: str) -> Text:
    """Say how many mistakes are refuted, and how many are noted only."""
    verdicts = [refutation.verdict for refutation in refutations]
    standing, noted = verdicts.count("stands"), verdicts.count("noted")
    run = len(verdicts) - noted
    if standing:
        text = Text.assemble(_mark("stands", language), say("not-all", language, count=standing, all=run))
    else:
        text = Text.assemble(_mark("refuted", language), say("all", language, all=run))
    return text.append_text(
        Text.assemble("\n", _mark("noted", language), say("also-noted", language, count=noted)) if noted else Text()
    )


def _mark(name: str, language: str) -> tuple[str, str]:
    return say(name, language), _STYLES[name]


def _witness(witness: Witness, language: str) -> Iterator[str]:
    match witness:
        case WrongFormula():
            return _formula(witness, language)
        case FailingProgram():
            return _program(witness, language)
        case WrongText():
            return _text(witness, language)


def _formula(formula: WrongFormula, language: str) -> Iterator[str]:
    yield plain(formula.of)
    yield f"  {say('said', language, formula=plain(formula.says))}"
    yield f"  {say('is', language, formula=plain(formula.right))}"
    for value in formula.points:
        at = ", ".join(f"{plain(Name(name))} = {number}" for name, number in value.at.items())
        yield f"  {say('values', language, at=at, says=value.says, right=value.right)}"


def _program(program: FailingProgram, language: str) -> Iterator[str]:
    yield from _code(program.wrong)
    yield say("raises", language, type=program.type, message=program.message)
    yield from _code(program.right)


def _code(file: Path) -> Iterator[str]:
    return (f"| {line}".rstrip() for line in file.read_text(encoding="utf-8").splitlines())


def _text(text: WrongText, language: str) -> Iterator[str]:
    yield say("text-says", language, text=text.says[language])
    yield say("text-right", language, text=text.right[language])


def _line(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True, highlight=False)
