"""The command ``sigmoid-parity``: wires the rooms together, and computes nothing itself."""

from __future__ import annotations

import click

import sigmoid_parity
from sigmoid_parity.cli import exits, streams
from sigmoid_parity.cli.commands import Commands


@click.command(
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
    epilog="Exit codes: 0 agree, 1 differ, 2 could not run.",
)
@click.version_option(sigmoid_parity.__version__, message="%(version)s")
def app() -> None:
    """Compare the Python port of the sigmoid with the C# original, bit for bit, on this machine."""


def main() -> None:
    """Run the command line; an expected error is one line on standard error, never a traceback."""
    streams.prepare()
    exits.end_on_signals()
    app.main(prog_name="sigmoid-parity")
