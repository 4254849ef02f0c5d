"""The child's side of a `process.Process`: answers its parent.

Requests and answers are JSON in framed messages on a connection of its own, which the code under test does not know:
standard input is closed, and standard output and error are only read for last words. Data cross in memory that both
processes hold, never as text.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting.memory import Blocks, Memory
from sigmoid_parity.implementations.hosting.service import Session

LONGEST: Final = 2_000
"""The longest problem that is passed on, in characters."""

_WATCH: Final = 1.0  # Seconds.
_ROOM: Final = range(100, 200)  # For the file descriptors that are hidden, where so many may be open.


def serve(channel: Connection, memory: Blocks, start: Callable[[dict[str, Any]], Session]) -> None:
    """Answer requests until there are no more.

    :param channel: first receives the setup with the nonce, then requests, each with its number.
    :param memory: where the arrays of a call are.
    :param start: makes the session from the setup; may raise HostError.
    """
    setup = json.loads(channel.recv_bytes())
    nonce = setup.pop("nonce")

    def answer(number: int, content: dict[str, Any]) -> None:
        channel.send_bytes(json.dumps({**content, "nonce": nonce, "number": number}).encode())

    try:
        session = start(setup)
    except HostError as error:
        return answer(0, _failure(error))
    answer(0, session.ready)
    while True:
        try:
            request = json.loads(channel.recv_bytes())
        except EOFError:
            return None
        try:
            answer(request["number"], session.answer(request, memory))
        except HostError as error:
            answer(request["number"], _failure(error))


def main(start: Callable[[dict[str, Any]], Session]) -> None:
    """Serve the parent, by the file descriptors that the command line names: the connection, and the memory.

    :param start: makes the session from the setup; may raise HostError.
    """
    channel, memory = (_hidden(int(text)) for text in sys.argv[1:])
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    serve(Connection(channel), Memory(memory), start)
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


def _failure(error: HostError) -> dict[str, Any]:
    more = len(error.problem) - LONGEST
    short = f"{error.problem[:LONGEST]} [and {more:,} characters more]" if more > 0 else error.problem
    return {"kind": error.kind, "problem": short}
