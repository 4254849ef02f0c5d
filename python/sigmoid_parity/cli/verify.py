"""``sigmoid-parity verify``: does the port agree with the C# original, here?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from sigmoid_parity import resources
from sigmoid_parity.backprop.exercises import Layered, Trained
from sigmoid_parity.cases import Fixture, load_all, load_layer, load_limits, load_trainings, trainings
from sigmoid_parity.cases import layer as layers
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.compare import files, terminal
from sigmoid_parity.compare import verify as parity
from sigmoid_parity.compare.verify import Failure, Report
from sigmoid_parity.errors import MissingError
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.implementations.dotnet import Host, Runtime, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from sigmoid_parity.machine import provenance, remedies

_ALL: Final = (*FUNCTIONS, "layer", "training")
_EPOCHS: Final = 100  # Of every training; `sigmoid-parity train` goes on.


@click.command(
    cls=Command,
    examples=["verify", "verify --runtime coreclr --function activation", "verify --json - | jq .verdict"],
    codes={0: "they agree", 1: "they differ", 2: "something could not run, so nothing was compared"},
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
@click.option("--quiet", "-q", is_flag=True, help="Print the verdict only.")
@options.json
@click.option(
    "--junit", type=options.FILE, metavar="FILE", help="Write the results as JUnit XML; - is standard output."
)
@options.assembly
@options.fixtures
@options.timeout
def verify(
    runtimes: tuple[str, ...],
    functions: tuple[str, ...],
    json: Path | None,
    junit: Path | None,
    quiet: bool,
    assembly: Path | None,
    fixtures_dir: Path | None,
    timeout: float,
) -> int:
    """Compare the port with the C# class, bit for bit.

    Runs every fixture through the port and through the C# class, on every .NET runtime found.

    Parity (port against C#, C# on one runtime against another) must be 0 ULP. Accuracy (against the documented formula
    and against the true value) must be within fixtures/limits.yaml.
    """
    exits.check_folders(json, junit)
    chosen: list[Runtime] = []
    built: Assembly | None = None
    try:
        built = assemblies.find(assembly)
        chosen = select(runtimes)
        report = _run(chosen, built, list(functions or _ALL), fixtures_dir, timeout)
    except MissingError as error:
        report = Report(
            failures=[Failure(None, None, "missing", f"{error}; to mend it: {remedies.remedy(error.lacks)}")]
        )
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
    return {"agree": exits.AGREE, "differ": exits.DIFFER, "error": exits.COULD_NOT_RUN}[report.verdict]


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
