"""A comparison for the terminal: one screen with a row a function, or every comparison on a line; and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.cases import Kind
from sigmoid_parity.compare.comparison import Failure, Report, Result
from sigmoid_parity.implementations import Role
from sigmoid_parity.terminal import print_line

_READABLE: Final = 10**7  # From here on a distance is easier to read in powers of ten.
_WIDTH: Final = 48
_FOOTNOTE: Final = (
    "* without the cases in which the formula cancels, saturates, overflows or meets a tie: they have wider bounds"
)
_SHOWN: Final = 2  # Comparisons that failed, and failures, in full; the others are counted.


def screen(report: Report, console: Console) -> None:
    """Print a row a function: the port beside each original, then beside the formula and the true value."""
    if report.results:
        console.print(_table(report))
    if any(result.flag and result.differ for result in report.results):
        print_line(console, Text(_FOOTNOTE, "dim"))
    failed = report.failed
    for result in failed[:_SHOWN]:
        for line in _details(result):
            print_line(console, line)
    for failure in report.failures[:_SHOWN]:
        print_line(console, _failure(failure))
    if (more := len(failed[_SHOWN:]) + len(report.failures[_SHOWN:])) > 0:
        print_line(console, Text(f"and {more:,} more; --verbose lists them"))


def listing(report: Report, console: Console) -> None:
    """Print every comparison, function by function, and everything that could not be run."""
    function = None
    for result in report.results:
        if result.function != function:
            function = result.function
            console.print(Text(f"\n{function}", "bold"))
        print_line(console, _result(result))
        if not result.passed:
            for line in _details(result)[1:]:
                print_line(console, line)
    for failure in report.failures:
        print_line(console, _failure(failure))


def verdict(report: Report, provenance: Mapping[str, str]) -> Text:
    """Compose the verdict: what agrees or not, on which runtimes, compiled by whom, with which libm, on which CPU."""
    word, style = {
        "agree": ("AGREE", "bold green"),
        "differ": ("DIFFER", "bold red"),
        "error": ("COULD NOT RUN", "bold red"),
    }[report.verdict]
    what = {"agree": _agreement, "differ": _difference, "error": _error}[report.verdict](report)
    what += "".join(f"\nwider than the package's own: {bound}" for bound in report.widened)
    compared_on = ", ".join(_runtimes(report)) or "no .NET runtime"
    where = "; ".join(
        f"{name}: {provenance[name]}" for name in ("compiler", "libm", "cpu", "python", "arrays") if name in provenance
    )
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


def _agreement(report: Report) -> str:
    return f"the port has the bits of the C# class, 0 ULP apart in {_cases(report):,} cases"


def _difference(report: Report) -> str:
    failed = report.failed
    first = failed[0]
    case = f", worst at {first.worst.id}" if first.worst else ""
    return (
        f"{len(failed):,} of {len(report.results):,} comparisons failed; the first: {first.function} of "
        f"{first.implementation} against {first.against}, distance {_distance(first.max_ulp)}{case}"
    )


def _error(report: Report) -> str:
    besides = f"; besides, {_difference(report)}" if report.failed else ""
    if not report.failures:
        return f"nothing was compared with the C# class{besides}"
    first = _who(report.failures[0]).splitlines()[0]
    return f"not everything was compared, failures: {len(report.failures):,}; the first: {first}{besides}"


def _cases(report: Report) -> int:
    """Count the cases that the port was compared on with a C# class, each function's once."""
    return sum({result.function: result.cases for result in report.parity}.values())


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
        f", limit {_short(result.limit_ulp)}" if result.limit_ulp < _READABLE else "",
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
    return lines + [Text(f"        {name.ljust(width)}  {_number(value)}") for name, value in rows]


def _number(value: float) -> str:
    return f"{floats.decimal(value):>24}  {floats.hexadecimal(value)}"


def _failure(failure: Failure) -> Text:
    return Text.assemble(("ERROR", "bold red"), f" {_who(failure)}")


def _who(failure: Failure) -> str:
    of = f" ({', '.join(failure.functions)})" if failure.functions else ""
    return f"{failure.runtime}{of}: {failure.kind}: {failure.problem}" if failure.runtime else failure.problem


def _distance(steps: int) -> str:
    return "not comparable" if steps == floats.INCOMPARABLE else f"{_short(steps)} ULP"


def _short(steps: int) -> str:
    return f"{steps:,}" if steps < _READABLE else f"{steps:.2e}"
