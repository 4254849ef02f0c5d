"""Writes to a program and reads from it at the same time: neither waits for the other."""

from __future__ import annotations

import os
import selectors
from contextlib import suppress
from typing import IO, Final

_CHUNK: Final = 1 << 16  # Bytes.


class Exchange:
    """A program's standard input and output.

    :ivar size: how many bytes it has written.
    :ivar unread: whether it closed its input, or ended, before it had read all.
    """

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], given: bytes) -> None:
        """Prepare; nothing is written yet.

        :param stdin: the program's standard input, which is closed when all is written.
        :param stdout: its standard output.
        :param given: what it is to read.
        """
        self.size, self.unread = 0, False
        self._stdin, self._stdout = stdin, stdout
        self._rest = memoryview(given)
        self._parts: list[bytes] = []
        self._selector = selectors.DefaultSelector()
        for stream in (stdin, stdout):
            os.set_blocking(stream.fileno(), False)
        self._selector.register(stdin, selectors.EVENT_WRITE, self._write)
        self._selector.register(stdout, selectors.EVENT_READ, self._read)

    @property
    def output(self) -> bytes:
        """What it has written."""
        return b"".join(self._parts)

    @property
    def goes_on(self) -> bool:
        """Whether one of the two is open."""
        return bool(self._selector.get_map())

    def step(self, seconds: float) -> None:
        """Write and read what can be, and wait for it at most so long."""
        for key, _ in self._selector.select(seconds):
            key.data()

    def close(self) -> None:
        """Close both."""
        self._selector.close()
        for stream in (self._stdin, self._stdout):
            with suppress(OSError):
                stream.close()

    def _write(self) -> None:
        try:
            self._rest = self._rest[os.write(self._stdin.fileno(), self._rest[:_CHUNK]) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self.unread, self._rest = True, memoryview(b"")
        if not self._rest:
            self._selector.unregister(self._stdin)
            self._stdin.close()

    def _read(self) -> None:
        part = os.read(self._stdout.fileno(), _CHUNK)
        self._parts.append(part)
        self.size += len(part)
        if not part:
            self._selector.unregister(self._stdout)
