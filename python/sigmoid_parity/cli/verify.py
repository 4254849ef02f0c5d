"""``sigmoid-parity verify``: does the port agree with the C# original, here?"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from sigmoid_parity.cli import drawing, exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.compare import files, page, picture, terminal
from sigmoid_parity.compare import verify as comparing
from sigmoid_parity.compare.comparison import Failure, Report
from sigmoid_parity.compare.exercises import PORTABLE
from sigmoid_parity.errors import MissingError
from sigmoid_parity.implementations.dotnet import Host, Runtime, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from sigmoid_parity.implementations.portable import CLASS, PortableArray, PortableScalar
from sigmoid_parity.machine import provenance, remedies
from sigmoid_parity.terminal import print_line

_ALL: Final = (*comparing.ALL, PORTABLE)


@click.command(
    cls=Command,
    examples=["verify", "verify --runtime coreclr --function activation", "verify --json - | jq .verdict"],
    codes={0: "they agree", 1: "they differ", 2: "something could not run, whatever else agrees or differs"},
)
@options.runtimes
@click.option(
    "--function",
    "functions",
    type=options.choice(*_ALL),
    metavar="NAME",
    multiple=True,
    help=f"Only this one of {', '.join(_ALL)}. Repeatable.",
)
@click.option("--list", "each", is_flag=True, help="Print every differing case on a line, with bits, for grep.")
@click.option("--verbose", "-v", is_flag=True, help="Print every comparison on a line.")
@click.option("--quiet", "-q", is_flag=True, help="Print the verdict only.")
@options.json
@options.junit
@options.html
@options.plot
@options.language
@options.assembly
@options.fixtures
@options.timeout
def verify(
    runtimes: tuple[str, ...],
    functions: tuple[str, ...],
    json: Path | None,
    junit: Path | None,
    html: Path | None,
    plot: Path | None,
    language: str,
    each: bool,
    verbose: bool,
    quiet: bool,
    assembly: Path | None,
    fixtures_dir: Path | None,
    timeout: float,
) -> int:
    """Compare the port with the C# class, bit for bit.

    Runs every fixture through the port and through the C# class, on every .NET runtime found; and the pair's fixtures
    through the portable pair, in Python and in C#.

    Parity (port against C#, C# on one runtime against another) must be 0 ULP. Accuracy (against the documented formula
    and against the true value) must be within fixtures/limits.yaml.
    """
    exits.check_folders(json, junit, html, plot)
    drawing.check(html, plot, language)
    chosen: list[Runtime] = []
    built: Assembly | None = None
    try:
        built = assemblies.find(assembly)
        chosen = select(runtimes)
        report = _run(chosen, built, list(functions or _ALL), fixtures_dir, timeout)
    except MissingError as error:
        report = Report(failures=[Failure(None, (), "missing", f"{error}; to mend it: {remedies.remedy(error.lacks)}")])
    found = provenance.collect(built)
    if json is not None:
        exits.write(json, files.to_json(report, found, [(one.name, one.version) for one in chosen]))
    if junit is not None:
        exits.write(junit, files.to_junit(report, found))
    drawing.write(
        html,
        plot,
        lambda: page.compose(report, found, language),
        lambda: picture.panels(report, language),
        language,
    )
    console = exits.beside(json, junit, html)
    if each:
        terminal.cases(report, console)
    elif not quiet:
        (terminal.listing if verbose else terminal.screen)(report, console)
        console.print()
    print_line(console, terminal.verdict(report, found, alone=quiet and not each))
    return exits.CODES[report.verdict]


def _run(
    runtimes: list[Runtime], built: Assembly, functions: list[str], folder: Path | None, time_limit: float
) -> Report:
    with exits.progress() as progress, ExitStack() as stack:
        hosts = [stack.enter_context(Host(one, built.path, time_limit=time_limit)) for one in runtimes]
        report = comparing.verify([PythonScalar(), PythonArray(), *hosts], functions, folder, progress)
        if PORTABLE in functions and (report.results or not report.failures):
            dll = assemblies.find_portable().path
            hosts = [stack.enter_context(Host(one, dll, class_name=CLASS, time_limit=time_limit)) for one in runtimes]
            report.extend(comparing.verify_portable([PortableScalar(), PortableArray(), *hosts], folder, progress))
        return report
