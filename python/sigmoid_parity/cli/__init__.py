"""The command ``sigmoid-parity``: wires the rooms together, and computes nothing itself."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

import sigmoid_parity
from sigmoid_parity.cli import build, derive, doctor, errata, fixtures, plot, train, verify
from sigmoid_parity.cli.exits import COULD_NOT_RUN
from sigmoid_parity.errors import SigmoidParityError

app = typer.Typer(
    help="Prove that the Python port of the sigmoid has the bits of the C# original, on this machine.",
    epilog="Exit codes: 0 agree, 1 differ, 2 could not run.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(verify.verify)
app.command()(train.train)
app.command()(doctor.doctor)
app.command()(build.build)
app.command()(derive.derive)
app.command()(errata.errata)
app.command()(plot.plot)
app.add_typer(fixtures.app, name="fixtures")


def main() -> None:
    """Run the command line; an expected error is one line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A formula or a title must not fail for a terminal that lacks its characters.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="sigmoid-parity")
    except SigmoidParityError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(COULD_NOT_RUN)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(sigmoid_parity.__version__)
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None: ...
