"""``sigmoid-parity check``: has anybody's class, function or program the bits of the C# pair; if not, what is it?"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from sigmoid_parity import formats
from sigmoid_parity.cli import drawing, exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.conformance import files, page, picture, targets, terminal
from sigmoid_parity.conformance.checking import run
from sigmoid_parity.conformance.report import PAIR, Failure, Report
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import MissingError, UsageError
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.machine import provenance, remedies
from sigmoid_parity.terminal import print_line


@click.command(
    cls=Command,
    examples=[
        "check Acme.Neuro.dll",
        "check Acme.Neuro.dll --class Acme.Neuro.Sigmoid --new 2.0",
        "check Acme.Neuro.dll:Acme.Neuro.Sigmoid.Function",
        "check scipy.special:expit",
        "check ./mynet.py:sigmoid ./mynet.py:sigmoid_derivative",
        'check --command "node sigmoid.js {function}"',
        "check acme.record --against pair.record",
        "check kernels.py:sigmoid --dtype bfloat16",
    ],
    codes={
        0: "each function asked for is there, with the bits of C#",
        1: "one of them is not",
        2: "something that was named, or everything in it, could not run",
    },
)
@click.argument("names", metavar="[TARGET]...", nargs=-1)
@options.command
@options.class_name
@options.new
@click.option(
    "--function",
    "functions",
    type=options.choice(*FUNCTIONS),
    metavar="NAME",
    multiple=True,
    help=f"Which of {', '.join(FUNCTIONS)} must be there. By default activation, and d_activation where something "
    "takes the place of a derivative. Repeatable.",
)
@options.against
@options.samples
@options.seed
@click.option(
    "--dtype",
    type=options.choice(*formats.NAMES),
    metavar="NAME",
    help=f"The format of arguments and results: {', '.join(formats.NAMES)}. C#'s result is rounded to it once. By "
    "default what the callable's own types say, else float64, and float32 for arrays in Python.",
)
@options.decimal
@options.runtimes
@click.option("--all", "every", is_flag=True, help="List what is no sigmoid nor derivative of one, too.")
@click.option("--list", "listed", is_flag=True, help="Print every case that differs on a line, with its bits.")
@click.option("--quiet", "-q", is_flag=True, help="Print the verdict only.")
@options.json
@options.junit
@options.plot
@options.html
@options.language
@options.timeout
def check(
    names: tuple[str, ...],
    commands: tuple[str, ...],
    class_name: str | None,
    arguments: tuple[float, ...],
    functions: tuple[str, ...],
    against: str | None,
    samples: int,
    seed: int,
    dtype: str | None,
    decimal: bool,
    runtimes: tuple[str, ...],
    every: bool,
    listed: bool,
    quiet: bool,
    json: Path | None,
    junit: Path | None,
    plot: Path | None,
    html: Path | None,
    language: str,
    timeout: float,
) -> int:
    """Say whether anything is the C# pair, or what it is.

    Holds a class, a function or a program to the C# pair, bit for bit, and names what it computes.

    A TARGET is an assembly (Acme.dll, Acme.dll:Class.Method), a Python function (module:name, file.py:name), or a
    record of results from another machine (acme.record, acme.record:Class.Method), which has points of its own. Names
    mean nothing: what a method is, its values say.

    Every public method of an assembly whose arguments are doubles, floats, arrays or spans of them is called, and every
    class that can be made is made: what these do besides, with files or a network, is at your risk. Each runtime,
    module and program has a process of its own, with a time limit.
    """
    if not names and not commands:
        raise UsageError("there is nothing to check; name an assembly, module:name, file.py:name or --command")
    exits.check_folders(json, junit, html, plot)
    drawing.check(html, plot, language)
    chosen = Options(runtimes, class_name, arguments, timeout, targets.known_format(dtype))
    report = _run(names, commands, decimal, functions, against, chosen, samples, seed, every)
    # Asked for where it is written alone: that the port's backend is chosen takes as long as the fixtures do.
    where = partial(provenance.collect, None)
    if json is not None:
        exits.write(json, files.to_json(report, where(), language))
    if junit is not None:
        exits.write(junit, files.to_junit(report, where()))
    drawing.write(
        html,
        plot,
        lambda: page.compose(report, where(), language),
        lambda: picture.panels(report),
        language,
    )
    console = exits.beside(json, junit, html)
    if listed:
        terminal.listing(report, console)
    if not quiet:
        terminal.screen(report, console, language, every)
    print_line(console, terminal.verdict(report, language, alone=quiet))
    return exits.CODES[report.verdict]


def _run(
    names: tuple[str, ...],
    commands: tuple[str, ...],
    decimal: bool,
    functions: tuple[str, ...],
    against: str | None,
    chosen: Options,
    samples: int,
    seed: int,
    every: bool,
) -> Report:
    try:
        asked, of = functions or PAIR, formats.dtype(chosen.dtype or "float64")
        programs = [
            ProgramTarget(one, asked, decimal=decimal, dtype=of, time_limit=chosen.time_limit) for one in commands
        ]
        named = targets.read_all(names, programs, chosen)
        with exits.progress() as progress:
            return run(named, against, chosen, functions, samples, seed, every, progress)
    except MissingError as error:
        problem = f"{error}; to mend it: {remedies.remedy(error.lacks)}"
        return Report(functions, failures=[Failure("set-up", "", "", "missing", problem)])
