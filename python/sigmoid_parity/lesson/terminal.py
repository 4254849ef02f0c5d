"""Derivations for the terminal: a list, one step by step, and the verdict on all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson import Check, words
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.words import WORDS
from sigmoid_parity.notation import plain

MARKS: Final[Mapping[str, str]] = {"proved": "✓", "wrong": "✗", "unproved": "?"}
"""The mark of a checked step, by the verdict on it."""

_STYLES: Final = {"proved": "green", "wrong": "bold red", "unproved": "bold yellow"}


def contents(derivations: Sequence[Derivation], language: str, console: Console) -> None:
    """Print a line per derivation: its id, its sources, the number of its steps, its title."""
    width = max(cell_len(derivation.id) for derivation in derivations)
    counts = max(len(words.steps(len(derivation.steps), language)) for derivation in derivations)
    for derivation in derivations:
        counted = words.steps(len(derivation.steps), language).rjust(counts)
        sources = ", ".join(derivation.sources).ljust(6)
        _line(console, Text(f"{derivation.id.ljust(width)}  {sources}  {counted}  {derivation.title[language]}"))


def render(derivation: Derivation, checks: Sequence[Check], language: str, console: Console) -> None:
    """Print a derivation step by step, each with its rule.

    :param derivation: which.
    :param checks: of its steps, for a mark before each; or none.
    :param language: of `LANGUAGES`.
    :param console: where to.
    """
    source = WORDS["source"][language] + WORDS["colon"][language] + ", ".join(derivation.sources)
    _line(console, Text.assemble((derivation.title[language], "bold"), f"  [{derivation.id}; {source}]"))
    _line(console, Text(derivation.summary[language]))
    _line(console, Text(f"\n  {plain(derivation.left)} = {plain(derivation.right)}"))
    for definition in derivation.scope.definitions.values():
        left = f"{plain(definition.call)} = {plain(definition.formula)}"
        _line(console, Text(f"    {WORDS['where'][language]} {left}"))
    _line(console, Text(f"\n         {plain(derivation.left)}"))
    verdicts = {check.step.number: check.verdict for check in checks}
    for step in derivation.steps:
        _step(derivation, step, verdicts.get(step.number), language, console)
    for check in checks:
        problem(derivation, check, console)


def problem(derivation: Derivation, check: Check, console: Console) -> None:
    """Print what is wrong with a step, if anything is."""
    if check.problem is not None:
        _line(console, Text.assemble((check.verdict.upper(), "bold red"), f" {derivation.id}, {check.problem}"))


def summary(derivation: Derivation, checks: Sequence[Check], console: Console) -> None:
    """Print a line on a derivation that was checked, and one on each step that is not proved."""
    proved = all(check.verdict == "proved" for check in checks)
    mark = Text("PASS" if proved else "FAIL", "green" if proved else "bold red")
    _line(console, mark + Text(f"  {derivation.id}: {words.steps(len(checks), 'en')}"))
    for check in checks:
        problem(derivation, check, console)


def verdict(checks: Sequence[Check], derivations: int) -> Text:
    """Say what was proved, of how many steps."""
    failed = [check for check in checks if check.verdict != "proved"]
    if failed:
        wrong = sum(check.verdict == "wrong" for check in failed)
        counts = f"{wrong:,} wrong, {len(failed) - wrong:,} without a proof, of {words.steps(len(checks), 'en')}"
        return Text.assemble(("NOT PROVED", "bold red"), f": {counts}")
    how = "each as an expression by SymPy, at 50 digits by mpmath, and as an instance of the rule that it names"
    of = f"{derivations} derivation{'s' if derivations > 1 else ''}"
    return Text.assemble(("PROVED", "bold green"), f": {words.steps(len(checks), 'en')} of {of}, {how}")


def _step(derivation: Derivation, step: Step, verdict: str | None, language: str, console: Console) -> None:
    mark = (MARKS[verdict], _STYLES[verdict]) if verdict else " "
    _line(console, Text.assemble("  ", mark, f" {step.number:>2}  = {plain(step.formula)}"))
    _line(console, Text(f"         {reason(derivation, step, language)}", "dim"))
    if step.conditions is not None:
        _line(console, Text(f"         {condition(step.conditions, language)}", "dim"))


def reason(derivation: Derivation, step: Step, language: str) -> str:
    """Say by which rule a step follows, and why; with the number of the document's line, as in ``D3-6``."""
    number = f" [{line(derivation, step)}]" if step.line is not None else ""
    return f"{rule(step, language)}{WORDS['colon'][language]}{step.why[language]}{number}"


def line(derivation: Derivation, step: Step) -> str:
    """Name the document's line that a step is, as in ``D3-6``."""
    return f"{derivation.sources[0]}-{step.line}"


def rule(step: Step, language: str) -> str:
    """Name a step's rule, with the earlier derivation that it refers to, if any."""
    return step.rule[language] if step.of is None else f"{step.rule[language]} ({step.of.id})"


def condition(conditions: Texts, language: str) -> str:
    """Say what must hold for a step."""
    return f"{WORDS['conditions'][language]}{WORDS['colon'][language]}{conditions[language]}"


def _line(console: Console, text: Text) -> None:
    # Never wrapped: a line that is piped into grep must stay one.
    console.print(text, soft_wrap=True, highlight=False)
