"""``sigmoid-parity points``: the points at which `check` calls, for a program of one's own to record results at."""

from __future__ import annotations

from pathlib import Path

import click

from sigmoid_parity import diagnosis
from sigmoid_parity.cases import load_all
from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.conformance.points import aside, lines, recorded


@click.command(
    cls=Command,
    examples=["points --output points.txt", "points --samples 1000 | node sigmoid.js activation"],
    codes={0: "they are written", 2: "they cannot be"},
)
@options.samples
@options.seed
@click.option("--output", type=options.FILE, default=Path("-"), metavar="FILE", help="The file; - is standard output.")
def points(samples: int, seed: int, output: Path) -> None:
    """Write the points at which `check` calls.

    One a line, as 16 hex digits. Beside the results of a program that reads them, as any program of the protocol does,
    they make a record, which `check` takes; fixtures/README.md has the format. There are COUNT inputs x and as many
    outputs y besides the cases.
    """
    exits.check_folders(output)
    chosen = recorded(list(load_all()), aside(diagnosis.load()), samples, seed)
    exits.write(output, lines(chosen).decode())
