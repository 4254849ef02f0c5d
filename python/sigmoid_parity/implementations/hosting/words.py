"""What a process prints, as far as it helps to say why it ended: read as it comes, in bounded memory."""

from __future__ import annotations

import re
import threading
from collections import deque
from typing import IO, Any, Final

_LINES: Final = 8
_LONGEST: Final = 300  # Bytes of a line; what is longer counts as several.
# How .NET, Mono and the C library start to say why they end the process; a stack follows, of any length.
_REASON: Final = re.compile(rb"unhandled|terminated|got a sig|fatal|stack overflow|out of memory|error:", re.IGNORECASE)


class Words:
    """The end of what a stream carried, and the last lines that look like reasons."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        """Read a stream to its end, in a thread of its own."""
        self._stream: Any = stream
        self._lines: deque[bytes] = deque(maxlen=_LINES)
        self._reasons: deque[bytes] = deque(maxlen=_LINES)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def last(self) -> list[str]:
        """Return the last reasons, or the last lines where no reason is recognised."""
        self._thread.join(1.0)
        return [line.decode("utf-8", "replace").strip() for line in self._reasons or self._lines]

    def close(self) -> None:
        """Wait a moment for the stream's end, which closes it; whoever keeps it open longer is not waited for."""
        self._thread.join(0.2)

    def _read(self) -> None:
        with self._stream:
            self._follow()

    def _follow(self) -> None:
        follows = 0  # How many lines a reason may still have: its text often stands on the next ones.
        while line := self._stream.readline(_LONGEST):
            if not line.strip(b"=\t\r\n "):
                continue
            if _REASON.search(line):
                follows = 2
                if not self._reasons:  # Mono prints the program's own reason before its report.
                    self._reasons.extend(list(self._lines)[-3:])
            self._lines.append(line)
            if follows > 0:
                self._reasons.append(line)
            follows -= 1


def brief(problem: str) -> str:
    """Shorten a problem with last words to one line: with the last of them that names an error, or the last of all."""
    first, *words = problem.split("\n")
    if not words:
        return first
    return f"{first} ({next((line for line in reversed(words) if 'error' in line.lower()), words[-1])})"
