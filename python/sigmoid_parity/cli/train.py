"""``sigmoid-parity train``: does training take the same path in Python and in C#?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sigmoid_parity import resources
from sigmoid_parity.backprop import figure as drawing
from sigmoid_parity.backprop import gradient_check
from sigmoid_parity.backprop import report as rendering
from sigmoid_parity.backprop.lockstep import Lockstep
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, AsPair, Pair
from sigmoid_parity.cases import Training, load_trainings, trainings
from sigmoid_parity.cli import exits, options
from sigmoid_parity.errors import MissingError
from sigmoid_parity.figures import canvas
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Host, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.port import PythonArray
from sigmoid_parity.machine import provenance


class Mistake(StrEnum):
    """A document's mistake that can be trained beside the right formula."""

    DOUBLE_SIGMOID = "double-sigmoid"


_MISTAKES: Final = {Mistake.DOUBLE_SIGMOID: DOUBLE_SIGMOID}


def _above_zero(value: float | None) -> float | None:
    if value is not None and not 0.0 < value < float("inf"):
        raise typer.BadParameter(f"it must be a finite number above 0, not {value!r}")
    return value


def train(
    fixture: Annotated[str, typer.Option(metavar="ID", help="Which training of fixtures/network.yaml.")] = "d4",
    epochs: Annotated[int, typer.Option(min=1, help="How many epochs.")] = 1_000,
    learning_rate: Annotated[
        float | None, typer.Option(callback=_above_zero, help="Instead of the fixture's; above 0.")
    ] = None,
    mistake: Annotated[
        Mistake | None,
        typer.Option(
            help="Train with a document's wrong derivative too, and show its losses and a gradient check beside the "
            "right ones: the losses do not betray the mistake, the gradient check does."
        ),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the losses: .png, .svg or .pdf (needs matplotlib).")
    ] = None,
    json: options.Json = None,
    runtime: options.Runtimes = None,
    assembly: options.AssemblyFile = None,
    fixtures_dir: options.Fixtures = None,
    timeout: options.TimeLimit = TIME_LIMIT,
) -> None:
    """Train D4's network with the port and with the C# class, on every .NET runtime found, from the same start.

    After every epoch all weights are compared, bit for bit. Ctrl-C ends the training and keeps what was done.

    Exit code 0: every weight agrees after every epoch. 1: one differs. 2: something could not run. 130: interrupted.
    """
    for path in filter(None, (plot, json)):
        exits.check_folder(path)
    if plot is not None:
        canvas.ending(plot)
    training = _training(fixture, fixtures_dir)
    built = assemblies.find(assembly)
    with ExitStack() as stack:
        hosts = [stack.enter_context(Host(one, built.path, time_limit=timeout)) for one in select(runtime or [])]
        originals = {host.name: AsPair(host) for host in hosts}
        beside = {mistake.value: _MISTAKES[mistake]} if mistake else {}
        checks = _gradients(training, beside)
        found = Lockstep(training, (PythonArray.name, PORT), originals, beside, learning_rate)
        interrupted = _run(found, epochs)
    where = provenance.collect(built)
    if json is not None:
        exits.write(json, rendering.to_json(found, checks, where, interrupted))
    if plot is not None:
        exits.write_bytes(plot, drawing.draw(rendering.title(found), found.losses, canvas.ending(plot)))
    console = exits.ERRORS if json == Path("-") else Console()
    rendering.render(found, checks, console)
    console.print()
    console.print(rendering.verdict(found, where, interrupted), soft_wrap=True, highlight=False)
    codes = {"agree": exits.AGREE, "differ": exits.DIFFER, "error": exits.COULD_NOT_RUN}
    raise typer.Exit(exits.INTERRUPTED if interrupted else codes[found.verdict])


def _gradients(training: Training, beside: Mapping[str, Pair]) -> rendering.Checks:
    """Check the gradients of what is trained beside the port, and the port's own for comparison."""
    pairs = {PythonArray.name: PORT, **beside} if beside else {}
    return {name: gradient_check.check(training, pair) for name, pair in pairs.items()}


def _run(found: Lockstep, epochs: int) -> bool:
    """Train, and return whether it was interrupted."""
    try:
        with _bar(found, epochs) as bar:
            for _ in range(epochs):
                found.advance()
                bar()
    except KeyboardInterrupt:
        return True
    return False


@contextmanager
def _bar(found: Lockstep, epochs: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=exits.ERRORS, transient=True, disable=not exits.ERRORS.is_terminal) as progress:
        task = progress.add_task("training", total=epochs)
        yield lambda: progress.update(task, completed=found.done)


def _training(wanted: str, folder: Path | None) -> Training:
    known = load_trainings((folder or resources.fixtures_dir()) / trainings.FILE)
    for training in known:
        if training.id == wanted:
            return training
    there = ", ".join(training.id for training in known)
    raise MissingError(f"there is no training {wanted!r} in {trainings.FILE}; there is {there}")
