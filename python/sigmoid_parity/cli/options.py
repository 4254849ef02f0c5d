"""The options that several commands take, and the types of their values."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import click

from sigmoid_parity.conformance.points import SAMPLES, SEED
from sigmoid_parity.implementations.dotnet import TIME_LIMIT

FILE: Final = click.Path(path_type=Path)
"""A path, which need not exist; ``-`` is standard output."""


class Above(click.ParamType[float]):
    """A finite number above 0, or from a smallest one on."""

    name = "number"

    def __init__(self, smallest: float = math.ulp(0.0)) -> None:
        """Take numbers from here on."""
        self._smallest = smallest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number."""
        number = float(click.FLOAT.convert(value, param, ctx))
        if not (self._smallest <= number < math.inf):
            least = "above 0" if self._smallest == math.ulp(0.0) else f"of at least {self._smallest:g}"
            self.fail(f"it must be a finite number {least}, not {number!r}", param, ctx)
        return number


class Count(click.ParamType[int]):
    """A whole number from 1 on, which may be written as ``1e8``."""

    name = "count"

    def __init__(self, largest: int) -> None:
        """Take numbers up to this."""
        self._largest = largest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        try:
            number = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no number", param, ctx)
        if number.denominator != 1 or not 1 <= number <= self._largest:
            self.fail(f"it must be a whole number from 1 to {self._largest:,}, not {value}", param, ctx)
        return int(number)


def choice(*names: str) -> click.Choice[str]:
    """Take one of several names, in small or capital letters."""
    return click.Choice(names, case_sensitive=False)


command = click.option(
    "--command",
    "commands",
    metavar="COMMAND",
    multiple=True,
    help="A program, which reads arguments and writes results a line each; fixtures/README.md has the protocol. "
    "{function} stands for the function's name. Repeatable.",
)
decimal = click.option("--decimal", is_flag=True, help="The programs read and write shortest decimals, not hex digits.")
class_name = click.option(
    "--class", "class_name", metavar="NAME", help="Only this class of the assembly, by its full name."
)
new = click.option(
    "--new",
    "arguments",
    type=float,
    metavar="NUMBER",
    multiple=True,
    help="An argument of the constructor. Repeatable.",
)
against = click.option(
    "--against",
    metavar="NAME",
    help="Hold it to this instead of the C# class on each runtime: a runtime, port, portable, or any target.",
)
runtimes = click.option(
    "--runtime",
    "runtimes",
    metavar="NAME",
    multiple=True,
    help="Only this .NET runtime: coreclr, mono, coreclr-10, a full name. Repeatable.",
)
json = click.option("--json", type=FILE, metavar="FILE", help="Write the results as JSON; - is standard output.")
junit = click.option("--junit", type=FILE, metavar="FILE", help="Write the results as JUnit XML; - is standard output.")
html = click.option(
    "--html", type=FILE, metavar="FILE", help="Write the report as one page that needs no network (extra plot)."
)
plot = click.option(
    "--plot", type=FILE, metavar="FILE", help="Draw the distances in ULP: PNG, SVG or PDF (extra plot)."
)
assembly = click.option(
    "--assembly",
    type=FILE,
    metavar="FILE",
    help="Compare with this DLL instead of the one that was built: it must have a public class SigmoidParity.Sigmoid "
    "with a constructor without parameters, and in it double Activation(double) and double DActivation(double), not "
    "static; `sigmoid-parity check` takes any other.",
)
fixtures = click.option(
    "--fixtures", "fixtures_dir", type=FILE, metavar="DIR", help="Take the fixtures from here, not from the package."
)
timeout = click.option(
    "--timeout",
    type=Above(0.1),
    default=TIME_LIMIT,
    metavar="SECONDS",
    help="Time limit for each call, in seconds.",
)
samples = click.option(
    "--samples",
    type=click.IntRange(0, 10**8),
    default=SAMPLES,
    metavar="COUNT",
    help="How many points besides the cases. Formats of 16 and 8 bits are tried whole, whatever this says.",
)
seed = click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), default=SEED, metavar="NUMBER", help="What they are drawn with."
)
language = click.option(
    "--language", type=choice("en", "ja", "zh"), default="en", help="The language of what is shown."
)
