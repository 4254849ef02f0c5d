"""``sigmoid-parity sweep``: two implementations beside each other, at every float32 or at billions of doubles."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from sigmoid_parity import formats
from sigmoid_parity.cli import drawing, exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.conformance import targets
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import UsageError
from sigmoid_parity.figures import canvas, strips
from sigmoid_parity.functions import ACTIVATION, FUNCTIONS
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.machine import provenance
from sigmoid_parity.sweep import cluster, domains, files, page, picture, sweeping, terminal
from sigmoid_parity.sweep.domains import Bits, Domain, Every, File, Normal, Uniform
from sigmoid_parity.sweep.naming import Reader
from sigmoid_parity.sweep.pool import Local, Workers
from sigmoid_parity.sweep.report import Report
from sigmoid_parity.terminal import print_line


@click.command(
    cls=Command,
    examples=[
        "sweep",
        "sweep scipy.special:expit --against coreclr",
        'sweep --command "./mine {function}" --samples 1e8',
        "sweep --function d_activation --samples 1e10 --journal a.jsonl",
        "sweep --scheduler tcp://10.0.0.1:8786",
    ],
    codes={
        0: "the same bits at every point",
        1: "they differ somewhere",
        2: "something could not be computed, at one point or at all",
    },
)
@click.argument("names", metavar="[TARGET]...", nargs=-1)
@options.command
@click.option(
    "--binary",
    is_flag=True,
    help="The programs are given the argument --binary, and read and write the numbers' bytes, little-endian.",
)
@options.decimal
@options.class_name
@options.new
@click.option(
    "--function",
    type=options.choice(*FUNCTIONS),
    default=ACTIVATION.name,
    metavar="NAME",
    help=f"Which of {', '.join(FUNCTIONS)}.",
)
@options.against
@click.option(
    "--every",
    type=options.choice(*formats.NAMES[1:]),
    metavar="FORMAT",
    help=f"Every number of a format: {', '.join(formats.NAMES[1:])}. float32 is the default.",
)
@click.option("--samples", type=options.Count(domains.LARGEST), metavar="COUNT", help="So many doubles: 1e8, 10000.")
@options.seed
@click.option("--range", "span", type=float, nargs=2, metavar="LOW HIGH", help="Uniform in a range, not in their bits.")
@click.option("--normal", type=options.Above(), metavar="DEVIATION", help="Normally distributed around 0.")
@click.option(
    "--points", type=options.FILE, metavar="FILE", help="The doubles of a file: .npy, or little-endian bytes."
)
@click.option(
    "--format",
    "form",
    type=options.choice(*formats.NAMES),
    metavar="FORMAT",
    help=f"The format of the results: {', '.join(formats.NAMES)}. C#'s are rounded to it once. By default that of the "
    "callable, and float64 for the port.",
)
@options.runtimes
@click.option(
    "--workers", type=click.IntRange(1, 4096), metavar="COUNT", help="So many processes. [default: one a core]"
)
@click.option("--scheduler", metavar="ADDRESS", help="Compute on the Dask cluster with this scheduler (extra cluster).")
@click.option(
    "--journal", type=options.FILE, metavar="FILE", help="Keep what is done; the same command goes on from there."
)
@click.option("--quiet", "-q", is_flag=True, help="Print the verdict only.")
@options.json
@options.plot
@options.html
@options.language
@options.timeout
def sweep(
    names: tuple[str, ...],
    commands: tuple[str, ...],
    binary: bool,
    decimal: bool,
    function: str,
    against: str | None,
    form: str | None,
    workers: int | None,
    scheduler: str | None,
    journal: Path | None,
    quiet: bool,
    json: Path | None,
    plot: Path | None,
    html: Path | None,
    language: str,
    timeout: float,
    runtimes: tuple[str, ...],
    class_name: str | None,
    arguments: tuple[float, ...],
    **points: Any,
) -> int:
    """Compare at every float32, or at billions of doubles.

    Without a TARGET the port is held to the C# class on each runtime, at every float32 widened to double. A TARGET is
    what `sigmoid-parity check` takes: an assembly, a Python function, or a program (--command).

    The points are a function of the options alone. A worker that dies is started anew, and an input at which code
    crashes, hangs or throws is found and reported; the rest goes on.
    """
    exits.check_folders(json, html, plot, journal)
    drawing.check(html, plot, language)
    domain = _domain(**points)
    form = targets.known_format(form)
    # Assemblies and NumPy have these two without being asked.
    asked = None if form in ("float64", "float32") else form
    chosen = Options(runtimes, class_name, arguments, timeout, asked)
    programs = [_program(one, function, decimal, binary, timeout) for one in commands]
    everything = targets.read_all(names, programs, chosen)
    with exits.progress() as progress:
        comparisons, refusals = Reader(function, form, chosen).comparisons(everything, against, domain, progress)
    with _workers(scheduler, workers) as pool, terminal.watching(exits.ERRORS) as watch:
        report = sweeping.run(comparisons, pool, journal, watch)
    report.refusals = refusals
    _hand_out(report, json, html, plot, language, quiet)
    return exits.CODES[report.verdict]


def _hand_out(
    report: Report, json: Path | None, html: Path | None, plot: Path | None, language: str, quiet: bool
) -> None:
    if json is not None:
        exits.write(json, files.to_json(report, provenance.collect(None)))
    if html is not None:
        exits.write(html, page.compose(report, provenance.collect(None), language))
    if plot is not None:
        exits.write_bytes(plot, strips.draw(picture.panels(report, language), canvas.ending(plot), language))
    console = exits.beside(json, html)
    if not quiet:
        terminal.screen(report, console, language)
    print_line(console, terminal.verdict(report, language))


def _domain(
    samples: int | None,
    seed: int,
    span: tuple[float, float] | None,
    normal: float | None,
    points: Path | None,
    every: str | None,
) -> Domain:
    """Choose the points; options of which one excludes the other are refused."""
    named = {"--every": every, "--points": points, "--samples": samples}
    if len(given := [name for name, value in named.items() if value is not None]) > 1:
        raise UsageError(f"{given[0]} and {given[1]} name different points; take one of them")
    drawn = {"--range": span, "--normal": normal}
    if samples is None and (given := [name for name, value in drawn.items() if value is not None]):
        raise UsageError(f"{given[0]} says how points are drawn; say how many with --samples")
    if span is not None and normal is not None:
        raise UsageError("--range and --normal name different points; take one of them")
    if points is not None:
        domains.read(points)
        return File(points.resolve())
    if samples is None:
        return Every(every or "float32")
    return _drawn(samples, seed, span, normal)


def _drawn(samples: int, seed: int, span: tuple[float, float] | None, normal: float | None) -> Domain:
    if normal is not None:
        return Normal(samples, seed, normal)
    if span is None:
        return Bits(samples, seed)
    low, high = span
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise UsageError(f"--range {low:g} {high:g} is none; give two finite numbers, the smaller one first")
    return Uniform(samples, seed, low, high)


def _program(command: str, function: str, decimal: bool, binary: bool, timeout: float) -> ProgramTarget:
    if decimal and binary:
        raise UsageError("--decimal and --binary are two ways to write numbers; take one of them")
    return ProgramTarget(command, (function,), decimal=decimal, binary=binary, time_limit=timeout)


@contextmanager
def _workers(scheduler: str | None, count: int | None) -> Iterator[Workers]:
    if scheduler is None:
        yield Local(count or len(os.sched_getaffinity(0)))
        return
    with cluster.connected(scheduler) as connected:
        yield connected
