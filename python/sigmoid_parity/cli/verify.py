"""``sigmoid-parity verify``: does the port agree with the C# original, here?"""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sigmoid_parity.cli import exits, options
from sigmoid_parity.compare import files, terminal
from sigmoid_parity.compare import verify as comparing
from sigmoid_parity.compare.comparison import Failure, Report
from sigmoid_parity.errors import MissingError
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Host, Runtime, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from sigmoid_parity.machine import provenance

Function = StrEnum("Function", {name: name for name in comparing.ALL})  # type: ignore[misc]


def verify(
    runtime: options.Runtimes = None,
    function: Annotated[list[Function] | None, typer.Option(help="Only this function. Repeatable.")] = None,
    json: options.Json = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the results as JUnit XML; - is standard output.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every comparison on a line.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the verdict only.")] = False,
    assembly: options.AssemblyFile = None,
    fixtures_dir: options.Fixtures = None,
    timeout: options.TimeLimit = TIME_LIMIT,
) -> None:
    """Run every fixture through the port and through the C# class, on every .NET runtime found, and compare.

    Parity (port against C#, C# on one runtime against another) must be 0 ULP. Accuracy (against the documented formula
    and against the true value) must be within fixtures/limits.yaml.

    Exit code 0: they agree. 1: they differ. 2: something could not run, so nothing is proved.
    """
    chosen: list[Runtime] = []
    built: Assembly | None = None
    try:
        built = assemblies.find(assembly)
        chosen = select(runtime or [])
        report = _run(chosen, built, [str(name) for name in function or comparing.ALL], fixtures_dir, timeout)
    except MissingError as error:
        report = Report(failures=[Failure(None, None, "missing", str(error))])
    found = provenance.collect(built)
    if json is not None:
        exits.write(json, files.to_json(report, found, [(one.name, one.version) for one in chosen]))
    if junit is not None:
        exits.write(junit, files.to_junit(report, found))
    console = exits.ERRORS if Path("-") in (json, junit) else Console()
    if not quiet:
        (terminal.listing if verbose else terminal.screen)(report, console)
        console.print()
    console.print(terminal.verdict(report, found), soft_wrap=True, highlight=False)
    raise typer.Exit({"agree": exits.AGREE, "differ": exits.DIFFER, "error": exits.COULD_NOT_RUN}[report.verdict])


def _run(
    runtimes: list[Runtime], built: Assembly, functions: list[str], folder: Path | None, time_limit: float
) -> Report:
    with exits.progress() as progress, ExitStack() as stack:
        hosts = [stack.enter_context(Host(one, built.path, time_limit=time_limit)) for one in runtimes]
        return comparing.verify([PythonScalar(), PythonArray(), *hosts], functions, folder, progress)
