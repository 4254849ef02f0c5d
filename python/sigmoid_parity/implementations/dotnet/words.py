"""What a process prints, as far as it helps to say why it ended: read as it comes, in bounded memory."""

from __future__ import annotations

import re
import threading
from typing import IO, Any, Final

_KEPT: Final = 1 << 16  # Bytes of the end.
_LINES: Final = 8
_LONGEST: Final = 300  # Characters of a line.
# How .NET, Mono and the C library start to say why they end the process; what follows is the stack.
_REASON: Final = re.compile(
    r"unhandled|process terminated|got a sig|fatal|stack overflow|out of memory|error:", re.IGNORECASE
)


class Words:
    """The end of what a stream carried."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        """Read a stream to its end, in a thread of its own."""
        self._stream: Any = stream
        self._kept = b""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def last(self) -> list[str]:
        """Return the lines from where the last reason starts, or the last lines where none is recognised."""
        self._thread.join(1.0)
        lines = [line[:_LONGEST] for line in self._kept.decode("utf-8", "replace").strip().splitlines()]
        starts = [number for number, line in enumerate(lines) if _REASON.search(line)]
        return lines[starts[-1] :][:_LINES] if starts else lines[-_LINES:]

    def close(self) -> None:
        """Stop reading."""
        self._thread.join(0.2)
        if not self._thread.is_alive():
            self._stream.close()

    def _read(self) -> None:
        while part := self._stream.read1(_KEPT):
            self._kept = (self._kept + part)[-_KEPT:]
