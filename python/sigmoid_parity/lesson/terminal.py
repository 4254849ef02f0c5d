"""The lesson in the terminal: derivations step by step with their checks, and the mistakes in the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.console import Console

from sigmoid_parity.lesson import words
from sigmoid_parity.lesson.checking import Check
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.errata import Document, FailingProgram, Witness, WrongFormula, WrongText
from sigmoid_parity.lesson.refuting import Refutation
from sigmoid_parity.lesson.words import MARKS, say
from sigmoid_parity.notation import Name, plain
from sigmoid_parity.terminal import print_line

_STYLES: Final = {
    "proved": "green",
    "wrong": "bold red",
    "unproved": "bold yellow",
    "refuted": "green",
    "stands": "bold red",
    "noted": "yellow",
}
"""The style of each verdict, on a step or on a mistake."""


def print_contents(derivations: Sequence[Derivation], language: str, console: Console) -> None:
    """Print a line per derivation: its id, its sources, the number of its steps, its title."""
    width = max(cell_len(derivation.id) for derivation in derivations)
    counts = max(len(words.steps(len(derivation.steps), language)) for derivation in derivations)
    for derivation in derivations:
        counted = words.steps(len(derivation.steps), language).rjust(counts)
        sources = ", ".join(derivation.sources).ljust(6)
        print_line(console, f"{derivation.id.ljust(width)}  {sources}  {counted}  {derivation.title[language]}")


def print_derivation(derivation: Derivation, checks: Sequence[Check], language: str, console: Console) -> None:
    """Print a derivation step by step, each with its rule.

    :param derivation: the one to print, all its steps.
    :param checks: of its steps, for a mark before each; or none.
    :param language: of `LANGUAGES`.
    :param console: where to.
    """
    print_line(
        console, (derivation.title[language], "bold"), f"  [{derivation.id}; {words.source(derivation, language)}]"
    )
    print_line(console, derivation.summary[language])
    print_line(console, f"\n  {plain(derivation.left)} = {plain(derivation.right)}")
    for definition in derivation.scope.definitions.values():
        print_line(console, f"    {say('where', language)} {plain(definition.call)} = {plain(definition.formula)}")
    print_line(console, f"\n         {plain(derivation.left)}")
    verdicts = {check.step.number: check.verdict for check in checks}
    for step in derivation.steps:
        _step(derivation, step, verdicts.get(step.number), language, console)
    _problems(derivation, checks, console)


def print_summary(derivation: Derivation, checks: Sequence[Check], console: Console) -> None:
    """Print a line on a derivation that was checked, and one on each step that is not proved."""
    proved = all(check.verdict == "proved" for check in checks)
    mark = ("PASS", "green") if proved else ("FAIL", "bold red")
    print_line(console, mark, f"  {derivation.id}: {words.steps(len(checks), 'en')}")
    _problems(derivation, checks, console)


def print_checked(checks: Sequence[Check], derivations: int, console: Console) -> None:
    """Print what was proved, of how many steps of how many derivations."""
    counted = words.steps(len(checks), "en")
    failed = [check for check in checks if check.verdict != "proved"]
    if failed:
        wrong = sum(check.verdict == "wrong" for check in failed)
        counts = f"{wrong:,} wrong, {len(failed) - wrong:,} without a proof, of {counted}"
        print_line(console, ("NOT PROVED", "bold red"), f": {counts}")
    else:
        how = "each as an expression by SymPy, at 50 digits by mpmath, and as an instance of the rule that it names"
        of = f"{derivations} derivation{'s' if derivations > 1 else ''}"
        print_line(console, ("PROVED", "bold green"), f": {counted} of {of}, {how}")


def print_document(document: Document, language: str, console: Console) -> None:
    """Print what a document is, before its mistakes."""
    written, kind = say(f"language-{document.language}", language), say(f"kind-{document.kind}", language)
    named = say("document", language, key=document.key, title=document.title[language], language=written, kind=kind)
    print_line(console, (named, "bold"))
    for text in filter(None, (document.holds, document.note)):
        print_line(console, f"    {text[language]}")
    print_line(console)


def print_refutation(refutation: Refutation, language: str, console: Console) -> None:
    """Print a mistake with its witness, and what speaks against the witness, if anything does."""
    erratum = refutation.erratum
    place = say("place", language, source=erratum.source, where=erratum.where[language])
    print_line(console, _verdict(refutation.verdict, language), f"  {place}  [{erratum.id}]")
    print_line(console, f"  {erratum.mistake[language]}")
    for line in _witness(erratum.witness, language):
        print_line(console, f"    {line}")
    for problem in refutation.problems:
        print_line(console, (f"  {say(problem.kind, language, **problem.values)}", "bold red"))
    print_line(console)


def print_refuted(refutations: Sequence[Refutation], language: str, console: Console) -> None:
    """Print how many mistakes are refuted, and how many are noted only."""
    verdicts = [refutation.verdict for refutation in refutations]
    standing, noted = verdicts.count("stands"), verdicts.count("noted")
    run = len(verdicts) - noted
    if standing:
        print_line(console, _verdict("stands", language), say("not-all", language, count=standing, all=run))
    else:
        print_line(console, _verdict("refuted", language), say("all", language, all=run))
    if noted:
        print_line(console, _verdict("noted", language), say("also-noted", language, count=noted))


def _step(derivation: Derivation, step: Step, verdict: str | None, language: str, console: Console) -> None:
    mark = (MARKS[verdict], _STYLES[verdict]) if verdict else " "
    print_line(console, "  ", mark, f" {step.number:>2}  = {plain(step.formula)}")
    for text in filter(None, (words.reason(derivation, step, language), words.condition(step, language))):
        print_line(console, (f"         {text}", "dim"))


def _problems(derivation: Derivation, checks: Sequence[Check], console: Console) -> None:
    for check in checks:
        if check.problem is not None:
            print_line(console, (check.verdict.upper(), "bold red"), f" {derivation.id}, {check.problem}")


def _verdict(name: str, language: str) -> tuple[str, str]:
    return say(name, language), _STYLES[name]


def _witness(witness: Witness, language: str) -> Iterator[str]:
    match witness:
        case WrongFormula():
            yield plain(witness.of)
            yield f"  {say('said', language, formula=plain(witness.says))}"
            yield f"  {say('is', language, formula=plain(witness.right))}"
            for value in witness.points:
                at = ", ".join(f"{plain(Name(name))} = {number}" for name, number in value.at.items())
                yield f"  {say('values', language, at=at, says=value.says, right=value.right)}"
        case FailingProgram():
            yield from _code(witness.wrong)
            yield say("raises", language, type=witness.type, message=witness.message)
            yield from _code(witness.right)
        case WrongText():
            yield say("text-says", language, text=witness.says[language])
            yield say("text-right", language, text=witness.right[language])


def _code(file: Path) -> Iterator[str]:
    return (f"| {line}".rstrip() for line in file.read_text(encoding="utf-8").splitlines())
