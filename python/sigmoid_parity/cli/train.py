"""``sigmoid-parity train``: does training take the same path in Python and in C#?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sigmoid_parity import resources
from sigmoid_parity.backprop import figure as drawing
from sigmoid_parity.backprop import gradient_check
from sigmoid_parity.backprop import report as rendering
from sigmoid_parity.backprop.lockstep import Lockstep
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, AsPair, Pair
from sigmoid_parity.cases import Training, load_trainings, trainings
from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.errors import UsageError
from sigmoid_parity.figures import canvas, output
from sigmoid_parity.implementations.dotnet import Host, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.port import PythonArray
from sigmoid_parity.machine import provenance
from sigmoid_parity.terminal import print_line

_MISTAKES: Final = {"double-sigmoid": DOUBLE_SIGMOID}


@click.command(
    cls=Command,
    examples=["train", "train --fixture xor --epochs 5000 --plot loss.svg", "train --alone --mistake double-sigmoid"],
    codes={
        0: "every weight agrees after every epoch; with --alone, trained",
        1: "one differs",
        2: "something could not run",
        130: "interrupted; the epochs that were done are shown",
    },
)
@click.option("--fixture", metavar="ID", default="d4", help="Which training of fixtures/network.yaml.")
@click.option("--epochs", type=click.IntRange(min=1), metavar="N", default=1_000, help="How many epochs.")
@click.option("--learning-rate", type=options.Above(), metavar="RATE", help="Instead of the fixture's; above 0.")
@click.option(
    "--mistake",
    type=options.choice(*_MISTAKES),
    help="Train with a document's wrong derivative too, with a gradient check of both.",
)
@click.option(
    "--alone", is_flag=True, help="Train in Python alone; nothing is compared with C#, and .NET is not needed."
)
@click.option("--plot", type=options.FILE, metavar="FILE", help="Draw the losses: .png, .svg or .pdf.")
@options.json
@options.runtimes
@options.assembly
@options.fixtures
@options.timeout
def train(
    fixture: str,
    epochs: int,
    learning_rate: float | None,
    mistake: str | None,
    alone: bool,
    plot: Path | None,
    json: Path | None,
    runtimes: tuple[str, ...],
    assembly: Path | None,
    fixtures_dir: Path | None,
    timeout: float,
) -> int:
    """Compare training in Python with training in C#.

    Trains a network with the port, and with the C# class on every .NET runtime found, from the same start. After every
    epoch all weights are compared, bit for bit. Ctrl-C ends the training and keeps what was done. With --alone it
    trains in Python only, which takes no .NET and compares nothing.
    """
    if alone and (runtimes or assembly):
        raise UsageError("--alone trains without .NET; leave out --runtime and --assembly, or --alone")
    exits.check_folders(plot, json)
    if plot is not None:
        canvas.ending(plot)
    training = _training(fixture, fixtures_dir)
    built = None if alone else assemblies.find(assembly)
    with ExitStack() as stack:
        hosts = (
            []
            if built is None
            else [stack.enter_context(Host(one, built.path, time_limit=timeout)) for one in select(runtimes)]
        )
        originals = {host.name: AsPair(host) for host in hosts}
        beside = {mistake: _MISTAKES[mistake]} if mistake else {}
        checks = _gradients(training, beside)
        found = Lockstep(training, (PythonArray.name, PORT), originals, beside, learning_rate)
        interrupted = _run(found, epochs)
    where = provenance.collect(built)
    if json is not None:
        exits.write(json, rendering.to_json(found, checks, where, interrupted))
    if plot is not None:
        graph = drawing.loss(rendering.title(found), found.losses)
        exits.write_bytes(plot, output.render([graph], canvas.ending(plot)))
    console = exits.beside(json)
    rendering.render(found, checks, console)
    console.print()
    print_line(console, rendering.verdict(found, where, interrupted))
    return exits.INTERRUPTED if interrupted else exits.CODES[found.verdict]


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
    raise UsageError(f"there is no training {wanted!r} in {trainings.FILE}; there is {there}")
