"""``sigmoid-parity train``: does training take the same path in Python and in C#?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from sigmoid_parity import resources
from sigmoid_parity.backprop import figure as drawing
from sigmoid_parity.backprop import gradient_check
from sigmoid_parity.backprop import report as rendering
from sigmoid_parity.backprop.digest import Digest
from sigmoid_parity.backprop.lockstep import Lockstep
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, AsPair, Pair
from sigmoid_parity.cases import Training, load_trainings, trainings
from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.errors import UsageError
from sigmoid_parity.figures import canvas, output
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.implementations import portable as portables
from sigmoid_parity.implementations.dotnet import CLASS, Host, select
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.port import PythonArray
from sigmoid_parity.implementations.portable import PortableArray
from sigmoid_parity.machine import provenance
from sigmoid_parity.terminal import print_line

_MISTAKES: Final = {"double-sigmoid": DOUBLE_SIGMOID}


@click.command(
    cls=Command,
    examples=[
        "train",
        "train --fixture xor --epochs 5000 --plot loss.svg",
        "train --alone --mistake double-sigmoid",
        "train --portable --runtime coreclr",
    ],
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
@click.option(
    "--portable", is_flag=True, help="Train with the portable pair, which gives the same weights on every machine."
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
    portable: bool,
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

    With --portable the digest of the last weights is printed, and compared with that of fixtures/network.yaml.
    """
    if alone and (runtimes or assembly):
        raise UsageError("--alone trains without .NET; leave out --runtime and --assembly, or --alone")
    exits.check_folders(plot, json)
    if plot is not None:
        canvas.ending(plot)
    training = _training(fixture, fixtures_dir)
    if portable and assembly is not None:
        raise UsageError("--assembly is for the class with the platform's exp; leave out either it or --portable")
    port: Implementation = PortableArray() if portable else PythonArray()
    pair = AsPair(port) if portable else PORT
    with ExitStack() as stack:
        built, hosts = (None, []) if alone else _originals(portable, assembly, runtimes, timeout)
        originals = {host.name: AsPair(stack.enter_context(host)) for host in hosts}
        beside = {mistake: _MISTAKES[mistake]} if mistake else {}
        checks = _gradients(training, {port.name: pair, **beside} if beside else {})
        found = Lockstep(training, (port.name, pair), originals, beside, learning_rate)
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
    digest = Digest.of(found)
    if portable:
        print_line(console, Text(digest.words, "bold red" if digest.differs else ""))
    code = exits.DIFFER if portable and digest.differs else exits.CODES[found.verdict]
    return exits.INTERRUPTED if interrupted else code


def _originals(
    portable: bool, assembly: Path | None, runtimes: tuple[str, ...], time_limit: float
) -> tuple[Assembly, list[Host]]:
    """Find the C# class, the portable one or the other, and host it on each runtime."""
    built = assemblies.find_portable() if portable else assemblies.find(assembly)
    class_name = portables.CLASS if portable else CLASS
    return built, [Host(one, built.path, class_name=class_name, time_limit=time_limit) for one in select(runtimes)]


def _gradients(training: Training, pairs: Mapping[str, Pair]) -> rendering.Checks:
    """Check the gradients of trainings."""
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
