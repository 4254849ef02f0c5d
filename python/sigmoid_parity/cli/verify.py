"""``sigmoid-parity verify``: does the port agree with the C# original, here?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from sigmoid_parity import resources
from sigmoid_parity.backprop.exercises import Layered, Trained
from sigmoid_parity.cases import Fixture, load_all, load_layer, load_limits, load_trainings, trainings
from sigmoid_parity.cases import layer as layers
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.cli import exits, options
from sigmoid_parity.compare import files, terminal
from sigmoid_parity.compare import verify as parity
from sigmoid_parity.compare.verify import Failure, Report
from sigmoid_parity.errors import MissingError
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Host, Runtime, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from sigmoid_parity.machine import provenance

_ALL: Final = (*FUNCTIONS, "layer", "training")
_EPOCHS: Final = 100  # Of every training; `sigmoid-parity train` goes on.
Function = StrEnum("Function", {name: name for name in _ALL})  # type: ignore[misc]


def verify(
    runtime: options.Runtimes = None,
    function: Annotated[list[Function] | None, typer.Option(help="Only this function. Repeatable.")] = None,
    json: options.Json = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the results as JUnit XML; - is standard output.")
    ] = None,
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
        report = _run(chosen, built, [str(name) for name in function or _ALL], fixtures_dir, timeout)
    except MissingError as error:
        report = Report(failures=[Failure(None, None, "missing", str(error))])
    found = provenance.collect(built)
    if json is not None:
        exits.write(json, files.to_json(report, found, [(one.name, one.version) for one in chosen]))
    if junit is not None:
        exits.write(junit, files.to_junit(report, found))
    console = exits.ERRORS if Path("-") in (json, junit) else Console()
    if not quiet:
        terminal.render(report, console)
        console.print()
    console.print(terminal.verdict(report, found), soft_wrap=True, highlight=False)
    raise typer.Exit({"agree": exits.AGREE, "differ": exits.DIFFER, "error": exits.COULD_NOT_RUN}[report.verdict])


def _run(
    runtimes: list[Runtime], built: Assembly, functions: list[str], folder: Path | None, time_limit: float
) -> Report:
    limits = load_limits(folder / "limits.yaml" if folder else None)
    with exits.progress() as progress, ExitStack() as stack:
        progress("reading the fixtures")
        cases = list(load_all(folder, [name for name in functions if name in FUNCTIONS]))
        hosts = [stack.enter_context(Host(one, built.path, time_limit=time_limit)) for one in runtimes]
        ones: list[Implementation] = [PythonScalar(), PythonArray(), *hosts]
        further = list(_backpropagation(folder, functions, ones))
        cases += [fixture for fixture, _ in further]
        ones += [one for _, several in further for one in several]
        return parity.verify(cases, ones, limits, progress)


def _backpropagation(
    folder: Path | None, functions: list[str], ones: list[Implementation]
) -> Iterator[tuple[Fixture, list[Implementation]]]:
    folder = folder or resources.fixtures_dir()
    if "layer" in functions:
        cases = load_layer(folder / layers.FILE)
        yield layers.as_fixture(cases), [Layered(one, cases) for one in ones]
    if "training" in functions:
        known = load_trainings(folder / trainings.FILE)
        yield trainings.as_fixture(known, _EPOCHS), [Trained(one, known, _EPOCHS) for one in ones]
