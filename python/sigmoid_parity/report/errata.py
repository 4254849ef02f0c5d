"""The mistakes in the documents for the terminal: what is said, what is right, and the witness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from sigmoid_parity.errata import Refutation
from sigmoid_parity.errata.programs import PROGRAMS
from sigmoid_parity.fixtures.errata import FailingProgram, WrongFormula
from sigmoid_parity.notation import plain


def render(refutation: Refutation, language: str, console: Console) -> None:
    """Print a mistake with its witness, and what speaks against the witness, if anything does."""
    erratum = refutation.erratum
    mark = ("REFUTED", "green") if refutation.holds else ("STANDS", "bold red")
    _line(console, Text.assemble(mark, f"  {erratum.source}, {erratum.where[language]}  [{erratum.id}]"))
    _line(console, Text(f"  {erratum.mistake[language]}"))
    match erratum.witness:
        case WrongFormula() as formula:
            shown = _formula(formula)
        case FailingProgram() as program:
            shown = _program(program)
    for line in shown:
        _line(console, Text(f"    {line}"))
    for problem in refutation.problems:
        _line(console, Text(f"  {problem}", "bold red"))
    console.print()


def verdict(refutations: Sequence[Refutation]) -> Text:
    """Say how many mistakes are refuted."""
    standing = sum(not refutation.holds for refutation in refutations)
    if standing:
        return Text.assemble(("NOT REFUTED", "bold red"), f": {standing:,} of {len(refutations):,} mistakes")
    return Text.assemble(("REFUTED", "bold green"), f": all {len(refutations):,} mistakes, and what is right is proved")


def _formula(formula: WrongFormula) -> Iterator[str]:
    yield f"{plain(formula.of)}"
    yield f"  said to be  {plain(formula.says)}"
    yield f"  but is      {plain(formula.right)}"
    for value in formula.points:
        at = ", ".join(f"{name} = {number}" for name, number in value.at.items())
        yield f"  at {at}: {value.says}, not {value.right}"


def _program(witness: FailingProgram) -> Iterator[str]:
    program = PROGRAMS.get(witness.program)
    if program is None:
        return
    yield from (f"| {line}" for line in program.wrong.splitlines())
    yield f"raises {witness.type}: ... {witness.message}; mended:"
    yield from (f"| {line}" for line in program.right.splitlines())


def _line(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True, highlight=False)
