"""The processes that a program has left behind when it ended."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_VARIABLE: Final = "SIGMOID_PARITY_PROGRAM"
_PROC: Final = Path("/proc")
_GRACE: Final = 0.5  # Seconds that a child may take to end after its parent.
_STEP: Final = 0.01


class Leftovers:
    """Finds what a program started, by its process group and, on Linux, by a variable of its environment.

    A process that has left the group and cleared its environment is not found.

    :ivar environment: the program's own, with the variable.
    """

    def __init__(self) -> None:
        """Choose the variable's value."""
        self._mark = secrets.token_hex(16)
        self.environment = {**os.environ, _VARIABLE: self._mark}

    def wait(self, group: int) -> list[str]:
        """Wait a moment for all of them to end, and return the names of those that do not.

        :param group: the program's process group; the program itself has ended and been waited for.
        """
        deadline = time.monotonic() + _GRACE
        while (left := dict(self._find(group))) and time.monotonic() < deadline:
            time.sleep(_STEP)
        return list(left.values())

    def kill(self, group: int) -> None:
        """End them all."""
        for process in dict(self._find(group)):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)

    def _find(self, group: int) -> Iterator[tuple[int, str]]:
        """Find those that run, with their names."""
        if not (_PROC / "self" / "stat").exists():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, 0)
                yield -group, "a process"
            return
        mark = f"{_VARIABLE}={self._mark}".encode()
        for folder in _PROC.glob("[0-9]*"):
            # It may have ended since, or be another user's.
            with suppress(OSError):
                name, state, its_group = _status((folder / "stat").read_bytes())
                ours = its_group == group or mark in (folder / "environ").read_bytes().split(b"\0")
                if ours and state not in ("Z", "X"):
                    yield int(folder.name), name


def _status(stat: bytes) -> tuple[str, str, int]:
    """Read name, state and process group; the name stands in parentheses, and may have some of its own."""
    start, _, rest = stat.decode("utf-8", "replace").rpartition(")")
    state, _, group = rest.split()[:3]
    return start.partition("(")[2], state, int(group)
