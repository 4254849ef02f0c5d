"""A child process that hosts code under test: its connection, the memory it shares, its time limit, and its end.

Nothing that the code under test does reaches this process: it waits with a deadline of its own, takes only framed
messages of bounded size that carry the nonce and number of its request, shares memory that the child cannot shrink, and
ends the child's whole process group in every way out. Needs POSIX.
"""

from __future__ import annotations

import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from multiprocessing import Pipe
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError, refusal
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.hosting.memory import NO_ARRAYS, NOWHERE, Block, Memory, same
from sigmoid_parity.implementations.hosting.words import Words

_LARGEST: Final = 1 << 22  # Bytes in an answer.


class Process:
    """A child process, started; `close` ends it."""

    def __init__(
        self,
        module: str,
        setup: Mapping[str, Any],
        name: str,
        time_limit: float,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the process, and do not wait for it: `ready` does, and so does the first request.

        :param module: what it runs; it ends in a call of `child.main`.
        :param setup: what the module's session needs, as JSON has it.
        :param name: of what it hosts, for errors.
        :param time_limit: for the start and for each request, in seconds.
        :param environment: variables besides this process's own.
        :raises HostError: there is no process to be had.
        """
        self._module = module
        self._name = name
        self._time_limit = min(time_limit, threading.TIMEOUT_MAX)
        self._environment = dict(environment or {})
        self._nonce, self._number = secrets.token_hex(16), 0
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._open_ones = ExitStack()
        try:
            self._open()
            self._send(setup)
        except OSError as error:
            self.close()
            raise self._error("load", f"no process: {refusal(error)}") from None
        except BaseException:
            self.close()
            raise

    @cached_property
    def ready(self) -> dict[str, Any]:
        """What the child answered to its setup.

        :raises HostError: it did not start; it is ended.
        """
        try:
            return self._answer(lambda: "start")
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def ask(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:
        """Send a request and return the answer.

        :param request: as JSON has it.
        :param doing: what is asked for, for errors.
        :raises HostError: the code under test failed, hung or threw.
        """
        return self._ask(request, lambda: doing)

    def watch(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:
        """Send a request and return the answer; where the child gets stuck, `number` tells.

        The time limit is that of one step: it starts again when the number has changed.

        :param request: as JSON has it.
        :param doing: what is asked for, for errors.
        :raises HostError: the code under test failed, hung or threw.
        """
        self._reserve(*NO_ARRAYS)
        return self._ask(request, lambda: doing, lambda: self.number)

    @property
    def number(self) -> int:
        """The number that the child left in the shared memory when it was watched, even after its end."""
        return int(self._memory.block(*NO_ARRAYS).number[0]) if self._memory.whole else NOWHERE

    def compute(
        self,
        request: Mapping[str, Any],
        arguments: Sequence[Floats],
        doing: str,
        call: Callable[[Block], str | None] = lambda _: None,
    ) -> Floats:
        """Send a request with arrays in the shared memory, and return the array that the child wrote behind them.

        :param request: as JSON has it.
        :param arguments: one or more, contiguous, of shape (n,) and one dtype; the child must not change them.
        :param doing: what is asked for, for errors.
        :param call: writes the call that the child was at, from what it left in the shared memory; None where that is
            not known.
        :returns: shape (n,), of the arguments' dtype.
        :raises HostError: the code under test failed, hung or threw, or changed its inputs.
        """
        block = self._reserve(len(arguments), arguments[0].size, arguments[0].dtype)
        for target, argument in zip(block.arguments, arguments, strict=True):
            target[:] = argument
        self._ask(request, lambda: (call(block) if self._memory.whole else None) or doing)
        if not self._memory.whole:
            raise self._error("throw", "it truncated the memory that it shares; its results are lost")
        if not all(map(same, block.arguments, arguments)):
            raise self._error("throw", f"{doing} changed its inputs, which are not its own; its results mean nothing")
        return block.results.copy()

    def close(self) -> None:
        """End the process and all that it started."""
        self._open_ones.close()

    def _open(self) -> None:
        # Mono leaves a report in the folder in which it crashes.
        self._folder = self._open_ones.enter_context(tempfile.TemporaryDirectory(prefix="sigmoid-parity-"))
        self._memory = Memory.create()
        self._open_ones.callback(self._memory.close)
        self._channel, theirs = map(self._open_ones.enter_context, Pipe())
        self._process = self._start(theirs.fileno())
        self._words = Words(self._process.stdout)
        self._open_ones.callback(self._end)
        theirs.close()
        threading.Thread(target=self._receive, daemon=True).start()

    def _end(self) -> None:
        self._kill()
        self._process.wait()
        self._words.close()

    def _start(self, channel: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - this very Python and package
            [sys.executable, "-P", "-m", self._module, str(channel), str(self._memory.descriptor)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env={**os.environ, **self._environment},
            pass_fds=(channel, self._memory.descriptor),
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child and its group.
        )

    def _kill(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self._process.kill()

    def _ask(
        self, request: Mapping[str, Any], doing: Callable[[], str], at: Callable[[], int] = lambda: NOWHERE
    ) -> dict[str, Any]:
        _ = self.ready  # That answer comes first.
        self._number += 1
        self._send({"number": self._number, **request})
        return self._answer(doing, at)

    def _reserve(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:
        try:
            return self._memory.reserve(arity, count, dtype)
        except OSError as error:
            raise self._error("load", f"no memory to share for {count:,} numbers: {error.strerror}") from None

    def _receive(self) -> None:
        try:
            while True:
                self._answers.put(self._channel.recv_bytes(_LARGEST))
        except (EOFError, OSError):
            self._answers.put(b"")

    def _send(self, request: Mapping[str, Any]) -> None:
        with suppress(OSError):  # It has died; what it left behind is read as its answer.
            self._channel.send_bytes(json.dumps({"nonce": self._nonce, **request}).encode())

    def _answer(self, doing: Callable[[], str], at: Callable[[], int] = lambda: NOWHERE) -> dict[str, Any]:
        try:
            message = self._message(at)
        except queue.Empty:
            self._kill()
            limit = f"{self._time_limit:g} s; if that is not a hang, raise the time limit"
            raise self._error("hang", f"{doing()} took longer than {limit}") from None
        if not message:
            raise self._error("crash", self._post_mortem(doing))
        answer = self._checked(message, doing)
        if "problem" in answer:
            raise self._error(str(answer.get("kind")), str(answer["problem"]))
        return answer

    def _message(self, at: Callable[[], int]) -> bytes:
        """Wait for as long as there is progress within each time limit."""
        while True:
            before = at()
            try:
                return self._answers.get(timeout=self._time_limit)
            except queue.Empty:
                if at() == before:
                    raise

    def _checked(self, message: bytes, doing: Callable[[], str]) -> dict[str, Any]:
        try:
            answer = json.loads(message)
            if (answer["nonce"], answer["number"]) == (self._nonce, self._number):
                return dict(answer)
        except (ValueError, TypeError, KeyError, RecursionError):
            pass
        self._kill()
        raise self._error(
            "crash", f"{doing()} answered what it was not asked; the code under test wrote to the connection"
        )

    def _error(self, kind: str, problem: str) -> HostError:
        return HostError(self._name, kind, problem)

    def _post_mortem(self, doing: Callable[[], str]) -> str:
        try:
            code = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._kill()
            return f"{doing()} closed the connection and went on; it was ended"
        ended = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return "\n".join([f"{doing()} ended the process: {ended}", *self._words.last()])


_GRACE: Final = 2.0  # Seconds that a process has to end once it has closed its connection.
