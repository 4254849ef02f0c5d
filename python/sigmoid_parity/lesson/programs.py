"""Run a program in a process of its own. It is data of the fixtures, and never runs in ours."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TIME_LIMIT: Final = 60.0
"""Of a program, in seconds."""

# No variable of PYTHON* changes what a program does, and a file beside it is not imported; packages of the user's are.
_FLAGS: Final = ("-E", "-P", "-X", "utf8")


@dataclass(frozen=True)
class Outcome:
    """How a program ended.

    :ivar error: the last line of its standard error, such as ``ValueError: ...``; None where it exited with 0.
    """

    error: str | None

    @property
    def type(self) -> str:
        """The exception's type, by its name without its module; empty where there was none."""
        return (self.error or "").partition(":")[0].rpartition(".")[2]

    @property
    def message(self) -> str:
        """The exception's message; empty where there was none."""
        return (self.error or "").partition(": ")[2]


def run(*files: Path, time_limit: float = TIME_LIMIT) -> list[Outcome]:
    """Run programs, all at once, with this Python.

    :param files: the programs.
    :param time_limit: for each, in seconds; one that takes longer is ended, which is an error.
    :returns: how each ended, in their order.
    """
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    started = [
        subprocess.Popen(
            [sys.executable, *_FLAGS, file],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        for file in files
    ]
    try:
        return [_outcome(process, time_limit) for process in started]
    finally:
        for process in started:
            process.kill()
            process.communicate()


def _outcome(process: subprocess.Popen[str], time_limit: float) -> Outcome:
    try:
        errors = process.communicate(timeout=time_limit)[1].split("\n")
    except subprocess.TimeoutExpired:
        return Outcome(f"TimeoutError: it ran longer than {time_limit:g} s and was ended")
    if process.returncode == 0:
        return Outcome(None)
    return Outcome(next((line for line in reversed(errors) if line.strip()), f"exit code {process.returncode}"))
