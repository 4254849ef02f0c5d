"""A command in a process of its own, which ends with the test that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

COMMAND = (sys.executable, "-m", "sigmoid_parity")
_VARIABLE = "SIGMOID_PARITY_TEST"
# A shell ignores SIGINT in what it starts in the background, nohup SIGHUP, and children inherit that.
_WITH_SIGNALS = (
    "import os, signal, sys; [signal.signal(one, signal.SIG_DFL) for one in (signal.SIGINT, signal.SIGHUP)]; "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class Started:
    """A command that was started, and what it has started itself."""

    def __init__(self, command: tuple[str | Path, ...], environment: dict[str, str]) -> None:
        """Start it, with Ctrl-C working.

        :param command: the executable's path, and its arguments.
        :param environment: added to this process's own.
        """
        self._mark = f"{_VARIABLE}={uuid4().hex}"
        key, _, value = self._mark.partition("=")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WITH_SIGNALS, *map(str, command)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1", key: value} | environment,
            start_new_session=True,
        )

    def wait(self, seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Wait for its end; a traceback is a defect."""
        stdout, stderr = (text.decode() for text in self._process.communicate(timeout=seconds))
        assert "Traceback" not in stdout + stderr
        return subprocess.CompletedProcess(self._process.args, self._process.returncode, stdout, stderr)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def wait_until_ready(self) -> None:
        """Wait until it has begun its work: it catches SIGTERM then, as Linux's /proc says."""
        status = Path(f"/proc/{self._process.pid}/status")
        deadline = time.monotonic() + 60.0
        while not int(read(status).partition(b"SigCgt:")[2].split()[0], 16) >> (signal.SIGTERM - 1) & 1:
            assert time.monotonic() < deadline, "the command has not begun"
            time.sleep(0.01)

    def send(self, number: int, group: bool = False) -> None:
        """Send a signal to it, or to its whole process group, as a terminal does."""
        if group:
            os.killpg(self._process.pid, number)
        else:
            self._process.send_signal(number)

    def hosts(self) -> list[Path]:
        """Find its .NET hosts that run, in Linux's /proc."""
        return [process for process in self._processes() if b"dotnet.child" in read(process / "cmdline")]

    def wait_for_hosts(self, count: int) -> None:
        """Wait until so many .NET hosts run, for as long as a busy machine may take."""
        deadline = time.monotonic() + 60.0
        while len(self.hosts()) < count:
            assert self._process.poll() is None, "the command has ended"
            assert time.monotonic() < deadline, "no host has started"
            time.sleep(0.1)

    def end(self) -> None:
        """Kill it, and then its hosts, which have sessions of their own: it would start others in their place."""
        self._process.kill()
        self._process.wait()
        deadline = time.monotonic() + 10.0
        while (left := self._processes()) and time.monotonic() < deadline:
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(int(process.name), signal.SIGKILL)
            time.sleep(0.02)  # A process takes a moment to die.
        with suppress(ValueError):  # The pipes are closed: it was waited for.
            self._process.communicate()

    def _processes(self) -> list[Path]:
        mark = self._mark.encode()
        return [process for process in Path("/proc").glob("[0-9]*") if mark in read(process / "environ").split(b"\0")]


Start = Callable[..., Started]


def read(file: Path) -> bytes:
    """Read a file of /proc, or nothing."""
    try:
        return file.read_bytes()
    except OSError:  # The process may have ended since, or be another user's.
        return b""
