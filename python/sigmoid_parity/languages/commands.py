"""Runs a toolchain's command to its end, or to its time limit."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Final

_POLL: Final = 0.05  # Seconds.
_LONGEST: Final = 1 << 20  # Bytes of its output that are read.

# So that no server of the compiler stays behind, and .NET greets nobody.
_ENVIRONMENT: Final = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_NOLOGO": "1",
    "MSBUILDDISABLENODEREUSE": "1",
    "UseSharedCompilation": "false",
}


class CommandError(Exception):
    """A command that does not start, takes too long, or ends with another exit code than 0; says why."""


def output(command: Sequence[str], folder: Path, time_limit: float, stopped: Event) -> str:
    """Run a command, without a shell, and return what it wrote to standard output and standard error.

    Whatever it leaves behind is ended.

    :param command: its words.
    :param folder: the working folder.
    :param time_limit: in seconds.
    :param stopped: ends it as soon as it is set.
    :raises CommandError: it failed; the message has what it wrote.
    """
    with tempfile.TemporaryFile() as file:
        try:
            process = subprocess.Popen(  # noqa: S603 - the fixtures' own command
                list(command),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=os.environ | _ENVIRONMENT,
                start_new_session=True,
            )
        except OSError as error:
            raise CommandError(f"{command[0]}: {error.strerror}") from None
        try:
            ended = _wait(process, time.monotonic() + time_limit, stopped)
        finally:
            _end(process)
        file.seek(0)
        text = file.read(_LONGEST).decode("utf-8", "replace")
    if not ended:
        raise CommandError(f"{command[0]} took longer than {time_limit:g} s")
    if process.returncode:
        raise CommandError(f"{command[0]} ended with exit code {process.returncode}: {_reason(text)}")
    return text


def _wait(process: subprocess.Popen[bytes], deadline: float, stopped: Event) -> bool:
    while process.poll() is None:
        if stopped.is_set() or time.monotonic() > deadline:
            return False
        with suppress(subprocess.TimeoutExpired):
            process.wait(_POLL)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reason(text: str) -> str:
    """Choose the line that says why: the first one that names an error or something missing, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = (line for line in lines if any(word in line.lower() for word in _TELLING))
    return next(telling, lines[-1] if lines else "it wrote nothing")


_TELLING: Final = ("error", "not found", "cannot", "can't", "could not", "no such", "not ok", "failure")
