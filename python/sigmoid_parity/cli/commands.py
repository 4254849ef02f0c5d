"""How commands are found, explained and ended: each one a module of this package, imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from sigmoid_parity.cli import exits
from sigmoid_parity.errors import MissingError, SigmoidParityError, refusal
from sigmoid_parity.machine import remedies

COMMANDS: Final = (
    "verify",
    "check",
    "sweep",
    "languages",
    "points",
    "train",
    "derive",
    "errata",
    "plot",
    "fixtures",
    "doctor",
    "build",
)
"""In the order of the help; each is a function of that name in the module of that name."""


class Command(click.Command):
    """A command whose help ends with examples and exit codes. It returns its exit code, or None for 0."""

    def __init__(self, *args: Any, examples: Sequence[str], codes: Mapping[int, str], **attributes: Any) -> None:
        """Make the command.

        :param examples: what comes after ``sigmoid-parity``.
        :param codes: what each exit code means.
        """
        super().__init__(*args, **attributes)
        self._examples = examples
        self._codes = codes

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples and the exit codes."""
        with formatter.section("Examples"):
            for example in self._examples:
                formatter.write(f"  {ctx.find_root().command_path} {example}\n")
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in self._codes.items()])


class Commands(click.Group):
    """The top: imports a command when it is called, and shows an expected error without a traceback."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands' names."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import a command."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"sigmoid_parity.cli.{name}"), name)
        return command

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        """Run a command and exit with its code."""
        try:
            code = super().main(*args, **(settings | {"standalone_mode": False}))
            sys.stdout.flush()
            sys.exit(exits.INTERRUPTED if exits.interrupted() else code)
        except NoArgsIsHelpError as error:
            error.show()
        except click.UsageError as error:
            of = f"{error.ctx.command_path} --help" if error.ctx else ""
            _show(error.format_message(), of)
        except MissingError as error:
            _show(str(error), remedies.remedy(error.lacks))
        except SigmoidParityError as error:
            _show(str(error))
        except click.Abort:
            sys.exit(exits.INTERRUPTED)
        except MemoryError as error:
            _show(f"there is not enough memory{f': {error}' if str(error) else ''}")
        except OSError as error:
            _show(refusal(error))
        sys.exit(exits.COULD_NOT_RUN)


def _show(problem: str, hint: str = "") -> None:
    click.echo(f"error: {problem}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)
