"""A sweep on the terminal: the progress bar, one screen of what was found, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.sweep import words
from sigmoid_parity.sweep.report import Report, Result
from sigmoid_parity.sweep.runner import Done
from sigmoid_parity.sweep.sides import Called
from sigmoid_parity.sweep.sweeping import Watch, ignore
from sigmoid_parity.terminal import print_line

_STYLES: Final = {"agree": "bold green", "differ": "bold red", "error": "bold red"}
_SHOWN: Final = 8


@contextmanager
def watching(console: Console) -> Iterator[Watch]:
    """Show a bar for each comparison: points, rate, differences so far, and the time left; nothing on no terminal."""
    if not console.is_terminal:
        yield ignore
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[points]} points, {task.fields[rate]} million/s, {task.fields[differ]} differ"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def watch(result: Result, done: Done | None) -> None:
            if done is None:
                name = result.comparison.name
                tasks[id(result)] = bars.add_task(
                    name, total=result.comparison.domain.size, completed=result.kept, points="0", rate="-", differ="0"
                )
                return
            task = tasks[id(result)]
            bars.advance(task, done.unit.count)
            counted, speed = result.tally, bars.tasks[task].speed
            rate = f"{speed / 1e6:,.3g}" if speed else "-"
            bars.update(task, points=f"{counted.compared:,}", rate=rate, differ=f"{counted.differ:,}")

        yield watch


def screen(report: Report, console: Console, language: str = "en") -> None:
    """Print each comparison: what differs, by how much, where, and how fast it went."""
    for result in report.results:
        for line in _result(result, report, language):
            print_line(console, line)
    for refusal in report.refusals[:_SHOWN]:
        name = ".".join(filter(None, (refusal.owner, refusal.name)))
        print_line(console, Text(words.say("not-tried", language, name=name, reason=refusal.reason), "dim"))
    if (more := len(report.refusals) - _SHOWN) > 0:
        print_line(console, Text(words.say("more", language, count=more), "dim"))
    if report.torn:
        print_line(console, words.say("torn", language))


def verdict(report: Report, language: str = "en") -> Text:
    """Compose the verdict."""
    return Text.assemble(
        (words.say(report.verdict, language), _STYLES[report.verdict]), f": {'; '.join(summary(report, language))}"
    )


def summary(report: Report, language: str) -> list[str]:
    """Say of each comparison what came out."""
    if not report.results:
        return [words.say("none", language)]
    return [f"{one.comparison.name}: {one.failure or _brief(one, language)}" for one in report.results]


def _brief(result: Result, language: str) -> str:
    faults = [words.fault(one, language) for one in result.faults[:1]]
    return "; ".join([words.found(result, language), *faults])


def _result(result: Result, report: Report, language: str) -> Iterator[Text]:
    comparison, counted = result.comparison, result.tally
    yield Text(f"{comparison.function}, {comparison.name}", "bold")
    yield Text(f"  {words.domain(comparison, language)}")
    yield Text(f"  {result.failure or words.found(result, language)}", "green" if result.agrees else "yellow")
    if counted.differ:
        yield from (Text(f"    {line}") for line in _distances(result, language))
    for fault in result.faults[:_SHOWN]:
        yield Text.assemble(("  ERROR", "bold red"), f" {words.fault(fault, language)}")
    if (more := len(result.faults) - _SHOWN) > 0:
        yield Text(f"  {words.say('more', language, count=more)}")
    said = [words.unlike(result, language), words.speed(result, report, language)]
    if any(_by_lines(side) for side in (comparison.expected, comparison.actual)):
        said.append(words.say("lines", language))
    yield from (Text(f"  {line}", "dim") for line in said if line)


def _distances(result: Result, language: str) -> Iterator[str]:
    counted, comparison = result.tally, result.comparison
    titles = [words.say(name, language) for name in ("distance", "points", "share", "first")]
    yield f"{titles[0]:>15} {titles[1]:>15} {titles[2]:>10}  {titles[3]}"
    for name, count, first in words.kinds(counted, language):
        yield f"{name:>15} {count:>15,} {count / counted.compared:>10.4%}  {first}"
    for point in counted.worst[:1]:
        values = "  ".join(" ".join(words.result_of(one, comparison)) for one in (point.expected, point.actual))
        x = words.double(point.x)
        at = f"{words.say('worst', language)}: x = {floats.decimal(x)} {floats.hexadecimal(x)}"
        yield f"{at}  {values}  {floats.short(point.steps)} ULP"


def _by_lines(side: object) -> bool:
    return (
        isinstance(side, Called)
        and isinstance(side.target, ProgramTarget)
        and not getattr(side.target, "binary", False)
    )
