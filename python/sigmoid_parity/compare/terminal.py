"""A comparison for the terminal: a screen, every comparison or every differing case on a line; and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.cases import Kind
from sigmoid_parity.compare import differing, story
from sigmoid_parity.compare.comparison import Failure, Report, Result
from sigmoid_parity.implementations import Role
from sigmoid_parity.terminal import print_line

_WIDTH: Final = 48
_FOOTNOTE: Final = (
    "* without the cases in which the formula cancels, saturates, overflows or meets a tie: they have wider bounds"
)
_WHERE: Final = ("assembly", "compiler", "libm", "cpu", "python", "arrays")
_SHOWN: Final = 2  # Of the functions that differ, of accuracies that failed, of failures; the others are counted.


def screen(report: Report, console: Console) -> None:
    """Print a row a function: the port beside each original, then beside the formula and the true value; and why not.

    What differs is told by kind, the function's that is the cause; of its worst case the values are shown.
    """
    if report.results:
        console.print(_table(report))
    if any(result.flag and result.differ for result in report.results):
        print_line(console, Text(_FOOTNOTE, "dim"))
    _reasons(report, console)


def listing(report: Report, console: Console) -> None:
    """Print every comparison, function by function, then why anything failed or could not be run."""
    function = None
    for result in report.results:
        if result.function != function:
            function = result.function
            console.print(Text(f"\n{function}", "bold"))
        print_line(console, _result(result))
    console.print()
    _reasons(report, console, shown=None)


def cases(report: Report, console: Console) -> None:
    """Print every case in which something differs by more than it may, a case a line, then what could not be run."""
    for case in differing.cases(report):
        print_line(console, story.line(case))
    for failure in report.failures:
        print_line(console, _failure(failure))


def verdict(report: Report, provenance: Mapping[str, str], *, alone: bool = False) -> Text:
    """Compose the verdict: what agrees or not, on which runtimes, compiled by whom, with which libm, on which CPU.

    :param alone: whether nothing is printed besides, so that it must say what went wrong in full.
    """
    word, style = {
        "agree": ("AGREE", "bold green"),
        "differ": ("DIFFER", "bold red"),
        "error": ("COULD NOT RUN", "bold red"),
    }[report.verdict]
    what = _error(report, alone) if report.verdict == "error" else _found(report)
    what += "".join(f"\nwider than the package's own: {bound}" for bound in report.widened)
    compared_on = ", ".join(_runtimes(report)) or "no .NET runtime"
    where = "; ".join(f"{name}: {provenance[name]}" for name in _WHERE if name in provenance)
    return Text.assemble((word, style), f": {what}\nruntimes: {compared_on}; {where}")


def _table(report: Report) -> Table:
    originals = _runtimes(report)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("function", no_wrap=True)
    table.add_column("cases", justify="right", no_wrap=True)
    for name in originals:
        table.add_column(name.replace("-", "\n", 1), no_wrap=True)
    table.add_column("formula", no_wrap=True)
    table.add_column("true value", no_wrap=True)
    for function in dict.fromkeys(result.function for result in report.results):
        of = [result for result in report.results if result.function == function]
        parity = [[result for result in of if result.against == name] for name in originals]
        accuracy = [[result for result in of if result.kind is kind] for kind in (Kind.FORMULA, Kind.EXACT)]
        cases = sum({result.flag: result.cases for result in accuracy[0]}.values())
        failed = {failure.runtime for failure in report.failures if function in failure.functions}
        bits = [
            _bits(found, "not run" if name in failed else "-") for name, found in zip(originals, parity, strict=True)
        ]
        table.add_row(function, f"{cases:,}", *bits, *map(_accuracy, accuracy))
    return table


def _bits(results: Sequence[Result], otherwise: str) -> Text:
    if not results:
        return Text(otherwise)
    differ = max(result.differ for result in results)
    return Text(f"{differ:,} differ", "bold red") if differ else Text("same bits", "green")


def _accuracy(results: Sequence[Result]) -> Text:
    failed = [result for result in results if not result.passed]
    if failed:
        return Text(f"{max(result.differ for result in failed):,} too far", "bold red")
    general = [result for result in results if result.flag is None]
    apart = max((result.max_ulp for result in general), default=0)
    mark = " *" if any(result.flag and result.differ for result in results) else ""
    return Text(f"{apart:,} ULP{mark}")


def _found(report: Report) -> str:
    if report.failed:
        return _difference(report)
    return f"the port has the bits of the C# class, 0 ULP apart in {report.compared:,} cases"


def _difference(report: Report) -> str:
    found = differing.contrasts(report)
    causes = differing.elementary(found)
    if not causes:
        return f"{_far(report)}; the first: {_accuracy_of(_inaccurate(report)[0])}"
    also = differing.composed(found)
    return story.summary(causes) + (f"; and so do {', '.join(also)}" if also else "")


def _reasons(report: Report, console: Console, shown: int | None = _SHOWN) -> None:
    causes = differing.elementary(differing.contrasts(report))
    inaccurate = _inaccurate(report)
    for number, contrast in enumerate(causes[:shown]):
        print_line(console, ("DIFFER", "bold red"), f"  {story.heading(contrast)}")
        _print(console, *story.kinds(contrast), *(() if number else story.values(contrast)))
    for result in inaccurate[:shown]:
        _print(console, *_details(result))
    _print(console, *map(_failure, report.failures[:shown]))
    more = sum(len(rest[shown:]) for rest in (causes, inaccurate, report.failures)) if shown else 0
    if more:
        print_line(console, f"and {more:,} more; --verbose lists them")


def _print(console: Console, *lines: str | Text) -> None:
    for line in lines:
        print_line(console, line)


def _inaccurate(report: Report) -> list[Result]:
    """Return the accuracies beyond their bounds that no difference of implementations explains."""
    differ = {result.function for result in report.parity if result.differ}
    return [result for result in report.failed if result.function not in differ]


def _far(report: Report) -> str:
    return f"{len(report.failed):,} of {len(report.results):,} comparisons are beyond their bounds"


def _accuracy_of(result: Result) -> str:
    case = f", worst at {result.worst.id}" if result.worst else ""
    return f"{result.function} of {result.implementation} against {result.against}, {_distance(result.max_ulp)}{case}"


def _error(report: Report, alone: bool) -> str:
    besides = f"; besides, differences: {_difference(report)}" if report.failed else ""
    if not report.failures:
        return f"nothing was compared with the C# class{besides}"
    what = "not everything" if report.results else "nothing"
    first = f"; the first: {_who(report.failures[0]).splitlines()[0]}" if alone else ""
    return f"{what} was compared, failures: {len(report.failures):,}{first}{besides}"


def _runtimes(report: Report) -> list[str]:
    """Name the originals that were compared, and the runtimes that failed."""
    originals = [result.implementation for result in report.results if result.role is Role.ORIGINAL]
    failed = [failure.runtime for failure in report.failures if failure.runtime is not None]
    return list(dict.fromkeys(originals + failed))


def _result(result: Result) -> Text:
    line = Text.assemble(
        ("PASS" if result.passed else "FAIL", "green" if result.passed else "bold red"),
        f"  {_subject(result)}".ljust(_WIDTH + 8),
        f"{result.cases:>6,} cases {result.differ:>6,} differ",
        f"   max {_distance(result.max_ulp)}",
        f", limit {floats.short(result.limit_ulp)}" if result.limit_ulp < floats.READABLE else "",
    )
    return line.append(f"   worst {result.worst.id}", "dim") if result.worst else line


def _subject(result: Result) -> str:
    return f"{result.implementation} ~ {result.against}" + (f" [{result.flag}]" if result.flag else "")


def _details(result: Result) -> list[Text]:
    worst = result.worst
    lines = [Text.assemble(("FAIL", "bold red"), f"  {result.function}: {_subject(result)}, {result.differ:,} differ")]
    if worst is None:
        return lines
    rows = (("input", worst.input), (result.against, worst.expected), (result.implementation, worst.actual))
    width = max(len(name) for name, _ in rows)
    lines.append(Text(f"      {worst.id}: distance {floats.explain(result.max_ulp)}, limit {result.limit_ulp:,}"))
    return lines + [Text(f"        {name.ljust(width)}  {story.number(value)}") for name, value in rows]


def _failure(failure: Failure) -> Text:
    return Text.assemble(("ERROR", "bold red"), f" {_who(failure)}")


def _who(failure: Failure) -> str:
    of = f" ({', '.join(failure.functions)})" if failure.functions else ""
    return f"{failure.runtime}{of}: {failure.kind}: {failure.problem}" if failure.runtime else failure.problem


def _distance(steps: int) -> str:
    return "not comparable" if steps == floats.INCOMPARABLE else f"{floats.short(steps)} ULP"
