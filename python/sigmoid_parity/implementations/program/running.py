"""Runs a program once: all its input in, all its output back, in bounded time and memory."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from sigmoid_parity.errors import HostError, refusal
from sigmoid_parity.implementations.hosting.words import Words
from sigmoid_parity.implementations.program.exchange import Exchange
from sigmoid_parity.implementations.program.leftovers import Leftovers

_POLL: Final = 0.05  # Seconds.
_GRACE: Final = 0.5  # Seconds that its output may stay open after the program has ended.


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where programs run, and until when.

    :ivar time_limit: for each run, in seconds.
    :ivar folder: the working folder; the present one by default.
    :ivar stopped: ends every run as soon as it is set.
    """

    time_limit: float
    folder: Path | None = None
    stopped: threading.Event = field(default_factory=threading.Event)

    def __reduce__(self) -> tuple[type[Surroundings], tuple[float, Path | None]]:
        """Let it travel to another process, where nothing stops it."""
        return Surroundings, (self.time_limit, self.folder)


class Run:
    """One run of a program, in a process group of its own."""

    def __init__(self, command: Sequence[str], shown: str, where: Surroundings) -> None:
        """Prepare; nothing is started yet.

        :param command: the program and its arguments.
        :param shown: what errors call it.
        :param where: it runs.
        """
        self._command = command
        self._shown = shown
        self._where = where
        self._time_limit = min(where.time_limit, threading.TIMEOUT_MAX)
        self._leftovers = Leftovers()

    def output(self, given: bytes, most: int) -> bytes:
        """Start it, write its input while reading its output, and wait for its end.

        :param given: its standard input.
        :param most: how many bytes it may write.
        :raises HostError: it does not start, ends by a signal or with an exit code other than 0, writes too much, takes
            too long, or leaves processes behind.
        """
        self._deadline = time.monotonic() + self._time_limit
        # Not as a context, which would close standard error, and wait for whoever keeps it open.
        self._process = self._start()
        self._words = Words(self._process.stderr)
        self._exchange = Exchange(_pipe(self._process.stdin), _pipe(self._process.stdout), given)
        try:
            self._go(most)
            self._check_end()
        except BaseException:
            self._kill()
            raise
        finally:
            self._exchange.close()
            self._words.close()
        return self._exchange.output

    def error(self, kind: str, problem: str) -> HostError:
        """Make an error with the last lines of its standard error, after its end."""
        unread = "; it did not read all of its input" if self._exchange.unread else ""
        return HostError(self._shown, kind, "\n".join([problem + unread, *self._words.last()]))

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - the user's own command
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._leftovers.environment,
                cwd=self._where.folder,
                start_new_session=True,  # Ctrl-C is for this process, which then ends the program and its group.
            )
        except (OSError, ValueError) as error:
            raise HostError(self._shown, "load", _why(self._command[0], error)) from None

    def _go(self, most: int) -> None:
        """Exchange, and wait for the end."""
        ended: float | None = None
        while self._exchange.goes_on:
            self._exchange.step(_POLL)
            if self._exchange.size > most:
                raise self._stopped(
                    "throw", f"it wrote more than {most:,} bytes, and was stopped; is there an end to it?"
                )
            if ended is None:
                ended = time.monotonic() if self._process.poll() is not None else None
            elif time.monotonic() > ended + _GRACE:
                break  # Another process has its output, and keeps it open.
            self._check_time()
        while self._process.poll() is None:
            self._check_time()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_POLL)

    def _check_time(self) -> None:
        if self._where.stopped.is_set():
            raise self._stopped("hang", "it was stopped")
        if time.monotonic() > self._deadline:
            limit = f"{self._time_limit:g} s; if that is not a hang, raise the time limit"
            raise self._stopped("hang", f"it took longer than {limit}")

    def _check_end(self) -> None:
        code = self._process.returncode
        left = self._leftovers.wait(self._process.pid)
        if left:
            self._kill()
        if code < 0:
            raise self.error("crash", f"{_signal(-code)} ended it")
        if code:
            raise self.error("crash", f"it ended with exit code {code}; 0 says that all is answered")
        if left:
            problem = f"it ended, and left {_several(len(left))} behind: {', '.join(left[:_LISTED])}"
            raise self.error("throw", f"{problem}; it must wait for what it starts")

    def _stopped(self, kind: str, problem: str) -> HostError:
        self._kill()
        return self.error(kind, problem)

    def _kill(self) -> None:
        if self._process.returncode is None:  # Else its number may be another process's by now.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._leftovers.kill(self._process.pid)


_LISTED: Final = 3


def _several(count: int) -> str:
    return "a process" if count == 1 else f"{count:,} processes"


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # A real-time signal.
        return f"signal {number}"


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - asked for
    return stream


def _why(program: str, error: OSError | ValueError) -> str:
    """Say why a program does not start, and what mends it."""
    found = Path(shutil.which(program) or program)
    number = error.errno if isinstance(error, OSError) else None
    if found.is_dir():
        return f"{program} is a folder; name the program in it"
    if number == errno.ENOENT and found.exists():
        return f"the interpreter named in the first line of {program} does not exist; install it, or name another one"
    if number == errno.ENOENT:
        return f"there is no program {program}; install it, or write its path"
    if number == errno.EACCES:
        return f"{program} is not executable; type chmod +x {program}, or write its interpreter before it"
    if number == errno.ENOEXEC:
        return (
            f"{program} is no program of this system; write its interpreter before it, or give it a first line with #!"
        )
    return f"{program} cannot be started: {refusal(error) if isinstance(error, OSError) else error}"
