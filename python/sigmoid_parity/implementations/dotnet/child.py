"""The child process: hosts one runtime and one assembly, and answers its parent.

It is started by `process.Process`. Requests and answers are JSON in framed messages on a connection of its own, which
the code under test does not know: standard input is closed, and standard output and error are only read for last words.
Doubles cross in memory that both processes hold, never as text.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import random
import resource
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.runtimes import Runtime

LONGEST: Final = 2_000
"""The longest problem that is passed on, in characters."""

_WATCH: Final = 1.0  # Seconds.
_DOUBLE: Final = 8  # Bytes.
_ROOM: Final = range(100, 200)  # For the file descriptors that are hidden, where so many may be open.


class Session:
    """One runtime with one assembly, and the delegates made so far."""

    def __init__(self, runtime: Runtime, assembly: Path, class_name: str, harness: Path) -> None:
        """Start the runtime, load our loop, and create the object.

        :raises HostError: the runtime does not start, or the assembly is not what is asked of it.
        """
        self.runtime = runtime
        self.version = binding.start(runtime)
        # Before the assembly under test: from here on our identity means what is loaded under it now.
        self._map = binding.array_map(runtime, harness)
        self._type = binding.load_type(runtime, assembly, class_name)
        self._instance = binding.create(runtime, self._type)
        self._delegates: dict[str, Any] = {}

    def apply(self, method: str, memory: int, count: int) -> None:
        """Apply a method to the first ``count`` doubles of shared memory, and write the results behind them.

        :param memory: its file descriptor.
        :raises HostError: no such method, or it threw.
        """
        if method not in self._delegates:
            self._delegates[method] = binding.delegate(self.runtime, self._type, self._instance, method)
        mapped = mmap.mmap(memory, 2 * count * _DOUBLE)
        address = np.frombuffer(mapped, np.float64).ctypes.data
        try:
            self._map(self._delegates[method], address, address + count * _DOUBLE, count)
        except Exception as error:
            raise HostError(self.runtime.name, "throw", f"{method} threw {binding.describe(error)}") from error


def serve(channel: Connection, memory: int) -> None:
    """Answer requests until there are no more.

    :param channel: first receives what `Session` needs and the nonce, then requests: number, method, count.
    :param memory: the file descriptor of the doubles.
    """
    setup = json.loads(channel.recv_bytes())
    nonce = setup["nonce"]

    def answer(number: int, **content: Any) -> None:
        channel.send_bytes(json.dumps({"nonce": nonce, "number": number, **content}).encode())

    try:
        runtime = Runtime(**setup["runtime"] | {"path": Path(setup["runtime"]["path"])})
        session = Session(runtime, Path(setup["assembly"]), setup["class_name"], Path(setup["harness"]))
        answer(0, version=session.version)
    except HostError as error:
        return answer(0, kind=error.kind, problem=_short(error.problem))
    while True:
        try:
            request = json.loads(channel.recv_bytes())
        except EOFError:
            return None
        try:
            session.apply(request["method"], memory, request["count"])
            answer(request["number"])
        except HostError as error:
            answer(request["number"], kind=error.kind, problem=_short(error.problem))


def main() -> None:
    """Serve the parent, by the file descriptors that the command line names: the connection, and the memory."""
    channel, memory = (_hidden(int(text)) for text in sys.argv[1:])
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    serve(Connection(channel), memory)
    # Not by way of the runtime's own shutdown: some versions crash there, with all the work done.
    os._exit(0)


def _follow(parent: int) -> None:
    """End this process group when the parent is gone: it cannot any more, and the code under test may never return."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os.killpg(0, signal.SIGKILL)


def _hidden(descriptor: int) -> int:
    """Move a file descriptor to where code that counts from 0, or reads the command line, does not find it."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    places = range(limit // 4, limit // 2) if 0 < limit < _ROOM.stop else _ROOM
    place = random.SystemRandom().choice(places)
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, place)
    os.close(descriptor)
    return moved


def _short(problem: str) -> str:
    more = len(problem) - LONGEST
    return f"{problem[:LONGEST]} [and {more:,} characters more]" if more > 0 else problem


if __name__ == "__main__":
    main()
