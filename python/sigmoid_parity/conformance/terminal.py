"""What a check found, for the terminal: one screen, every difference on a line, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Final

import numpy as np
from rich.console import Console
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.conformance import words
from sigmoid_parity.conformance.comparison import Comparison
from sigmoid_parity.conformance.report import Failure, Judgement, Place, Report
from sigmoid_parity.diagnosis import words as kinds_of
from sigmoid_parity.terminal import print_line

_SHOWN: Final = 4  # Reasons why something in a target cannot be tried; the others are counted.
_STYLES: Final = {"agree": "bold green", "differ": "bold red", "error": "bold red"}


def screen(report: Report, console: Console, language: str = "en", every: bool = False) -> None:
    """Print each target with what its callables compute; places where all is the same are named together.

    :param every: list all that cannot be tried, a line each.
    """
    shown: dict[tuple[str, str], list[str]] = {}
    rows: dict[tuple[str, str], list[Text]] = {}
    for place in report.places:
        lines = list(_place(place, language, every))
        key = place.target, "\n".join(line.plain for line in lines)
        shown.setdefault(key, []).append(place.place)
        rows[key] = lines
    for key, lines in rows.items():
        print_line(console, Text(", ".join(filter(None, (key[0], *shown[key]))), "bold"))
        for line in lines:
            print_line(console, line)
    for failure in report.failures:
        print_line(console, _error(failure))


def verdict(report: Report, language: str = "en", alone: bool = False) -> Text:
    """Compose the verdict: whether each function asked for is there, where, and held to what.

    :param alone: say what could not be run: no screen has said it.
    """
    word, style = words.say(report.verdict, language), _STYLES[report.verdict]
    originals = ", ".join(report.originals) or words.say("nothing", language)
    held = words.say("held", language, originals=originals)
    above = report.verdict == "error" and not alone
    said = [words.say("above", language)] if above else summary(report, language)
    return Text.assemble((word, style), f": {'; '.join(said)}\n{held}")


def summary(report: Report, language: str) -> list[str]:
    """Say why the verdict is what it is."""
    what = {"agree": words.agreement, "differ": words.difference, "error": words.trouble}[report.verdict]
    return what(report, language)


def text(report: Report, language: str = "en") -> str:
    """Return screen and verdict as plain text."""
    stream = StringIO()
    console = Console(file=stream, width=120, color_system=None)
    screen(report, console, language)
    print_line(console, verdict(report, language))
    return stream.getvalue().rstrip()


def listing(report: Report, console: Console) -> None:
    """Print every point that differs on a line: callable, original, function, and each number with its bits."""
    for place in report.places:
        for judgement in place.judgements:
            for comparison in judgement.comparisons:
                for line in _differing(place, judgement, comparison):
                    print_line(console, line)


def _place(place: Place, language: str, every: bool) -> Iterator[Text]:
    listed = place.judgements
    width = max((len(one.name) for one in listed), default=0)
    owner = None
    for judgement in listed:
        if judgement.owner not in ("", owner, place.target):
            owner = judgement.owner
            yield Text(f"  {owner}")
        first, *rest = _judgement(judgement, language)
        yield Text.assemble(f"    {judgement.name.ljust(width)}  ", first)
        yield from (Text.assemble(" " * (width + 6), line) for line in rest)
    yield from _besides(place, language, every)


def _judgement(judgement: Judgement, language: str) -> Iterator[Text]:
    style = "green" if judgement.agrees else "" if judgement.function is None else "yellow"
    yield Text(words.title(judgement, language), style)
    if not judgement.agrees:
        yield Text(words.evidence(judgement, language))
    yield from map(Text, (words.besides if judgement.agrees else words.advice)(judgement, language))


def _besides(place: Place, language: str, every: bool) -> Iterator[Text]:
    for failure in place.failures:
        yield Text.assemble("  ", _error(failure))
    reasons = list(words.refusals(place, language, every))
    yield from (Text(f"  {line}", "dim") for line in (reasons if every else reasons[:_SHOWN]))
    if (more := len(reasons) - _SHOWN) > 0 and not every:
        yield Text(f"  {words.say('more', language, count=f'{more:,}')}", "dim")
    if place.unrelated:
        yield Text(f"  {words.say('unrelated', language, count=f'{place.unrelated:,}')}", "dim")


def _error(failure: Failure) -> Text:
    return Text.assemble(("ERROR", "bold red"), f" {words.failed(failure)}")


def _differing(place: Place, judgement: Judgement, comparison: Comparison) -> Iterator[Text]:
    differing = comparison.steps.nonzero()[0]
    for index in differing[np.unique(comparison.inputs[differing], return_index=True, equal_nan=False)[1]]:
        values = (comparison.inputs[index], comparison.expected[index], comparison.actual[index])
        numbers = "  ".join(f"{float(value)!r} {floats.digits(value)}" for value in values)
        who = f"{place.place}  {judgement.name}  {comparison.function}  {comparison.against}"
        yield Text(f"{who}  {numbers}  {kinds_of.distance(int(comparison.steps[index]), 'en')}")
