"""The table of languages, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sigmoid_parity.languages import words
from sigmoid_parity.languages.report import ProgramRow, ReaderRow, Report, title
from sigmoid_parity.terminal import print_line


def screen(report: Report, console: Console, language: str = "en") -> None:
    """Print the rows, then what came out in all, and what would bring the missing ones."""
    if report.programs:
        console.print(_programs(report, language))
    if report.readers:
        console.print(_readers(report, language))
    for line in words.summary(report, language):
        print_line(console, Text(line, "bold"))
    if report.packages:
        print_line(console, f"{words.say('packages', language)}: {' '.join(report.packages)}")


def _programs(report: Report, language: str) -> Table:
    table = _table()
    names = ("language", "version", "same", "largest", "at", "cases-short", "others")
    right = {"same", "largest", "cases-short"}
    for name in names:
        table.add_column(words.say(name, language), justify="right" if name in right else "left", overflow="fold")
    for row in report.programs:
        table.add_row(title(row.source), row.version, *_figures(row, language))
    return table


def _figures(row: ProgramRow, language: str) -> Iterator[Text]:
    if row.activation is None:
        yield from (Text("-"), Text(""), Text(""), Text(""), Text(words.not_run(row, language), "red"))
        return
    style = "yellow" if row.differing else "green"
    yield from (Text(one, style) for one in words.figures(row.activation, language))
    yield Text(words.others(row, language), style)


def _readers(report: Report, language: str) -> Table:
    table = _table()
    for name in ("reader", "version", "result"):
        table.add_column(words.say(name, language), overflow="fold")
    for row in report.readers:
        table.add_row(title(row.source), row.version, Text(words.result(row, language), _style(row)))
    return table


def _style(row: ReaderRow) -> str:
    return "green" if row.passed else "red"


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
