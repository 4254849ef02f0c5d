"""A report for the terminal: one line per comparison, the worst case where it failed, a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.console import Console
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.compare.verify import Failure, Report, Result

_READABLE: Final = 10**7  # From here on a distance is easier to read in powers of ten.
_WIDTH: Final = 48


def render(report: Report, console: Console) -> None:
    """Print every comparison, function by function, and everything that could not be run."""
    function = None
    for result in report.results:
        if result.function != function:
            function = result.function
            console.print(Text(f"\n{function}", "bold"))
        _line(console, _result(result))
        if not result.passed:
            for line in _details(result):
                _line(console, Text(line))
    for failure in report.failures:
        _line(console, _failure(failure))


def verdict(report: Report, provenance: Mapping[str, str]) -> Text:
    """Compose the verdict: what agrees or not, on which runtimes, compiled by whom, with which libm, on which CPU."""
    word, style = {
        "agree": ("AGREE", "bold green"),
        "differ": ("DIFFER", "bold red"),
        "error": ("COULD NOT RUN", "bold red"),
    }[report.verdict]
    what = {"agree": _agreement, "differ": _difference, "error": _error}[report.verdict](report)
    compared_on = ", ".join(_runtimes(report)) or "no .NET runtime"
    where = "; ".join(
        f"{name}: {provenance[name]}" for name in ("compiler", "libm", "cpu", "python", "arrays") if name in provenance
    )
    return Text.assemble((word, style), f": {what}\nruntimes: {compared_on}; {where}")


def _agreement(report: Report) -> str:
    worst = max(result.max_ulp for result in report.results if result.is_parity)
    return f"the port has the bits of the C# class, {worst} ULP apart in {_cases(report):,} cases"


def _difference(report: Report) -> str:
    failed = [result for result in report.results if not result.passed]
    first = failed[0]
    case = f", worst at {first.worst.id}" if first.worst else ""
    return (
        f"{len(failed):,} of {len(report.results):,} comparisons failed; the first: {first.function} of "
        f"{first.implementation} against {first.against}, distance {_distance(first.max_ulp)}{case}"
    )


def _error(report: Report) -> str:
    if not report.failures:
        return "nothing was compared with the C# class"
    return (
        f"nothing is proved, failures: {len(report.failures):,}; the first: {_who(report.failures[0]).splitlines()[0]}"
    )


def _cases(report: Report) -> int:
    """Count the cases that the port was compared on with a C# class, each function's once."""
    counts = {(result.function, result.flag): result.cases for result in report.results if result.is_parity}
    return sum(counts.values())


def _runtimes(report: Report) -> list[str]:
    compared = [result.against.removeprefix("dotnet-") for result in report.results if result.is_parity]
    failed = [failure.runtime for failure in report.failures if failure.runtime is not None]
    return list(dict.fromkeys(compared + failed))


def _result(result: Result) -> Text:
    against = result.against + (f" [{result.flag}]" if result.flag else "")
    line = Text.assemble(
        ("PASS" if result.passed else "FAIL", "green" if result.passed else "bold red"),
        f"  {result.implementation} ~ {against}".ljust(_WIDTH + 8),
        f"{result.cases:>6,} cases {result.differ:>6,} differ",
        f"   max {_distance(result.max_ulp)}, limit {_short(result.limit_ulp)}",
    )
    return line.append(f"   worst {result.worst.id}", "dim") if result.worst else line


def _details(result: Result) -> list[str]:
    if result.worst is None:
        return []
    worst = result.worst
    rows = (("input", worst.input), (result.against, worst.expected), (result.implementation, worst.actual))
    width = max(len(name) for name, _ in rows)
    shown = [
        f"        {name.ljust(width)}  {floats.decimal(value):>24}  {floats.hexadecimal(value)}" for name, value in rows
    ]
    return [f"      {worst.id}:", *shown, f"        distance: {floats.explain(result.max_ulp)}"]


def _failure(failure: Failure) -> Text:
    return Text.assemble(("ERROR", "bold red"), f" {_who(failure)}")


def _who(failure: Failure) -> str:
    subject = " ".join(filter(None, (failure.runtime, failure.function)))
    return f"{subject}: {failure.kind}: {failure.problem}" if subject else failure.problem


def _distance(steps: int) -> str:
    return "not comparable" if steps == floats.INCOMPARABLE else f"{_short(steps)} ULP"


def _short(steps: int) -> str:
    return f"{steps:,}" if steps < _READABLE else f"{steps:.2e}"


def _line(console: Console, text: Text) -> None:
    # Never wrapped: a line that is piped into grep must stay one.
    console.print(text, soft_wrap=True, highlight=False)
