"""Standard output and standard error of the command: what cannot be written is one error, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, Final, NoReturn

from sigmoid_parity.cli import exits
from sigmoid_parity.errors import UsageError

Report = Callable[[OSError], None]

# Standard output that is closed is opened for reading: what is written there must fail, not vanish.
_MISSING: Final = {0: os.O_RDWR, 1: os.O_RDONLY, 2: os.O_RDWR}


def prepare() -> None:
    """Replace standard output and standard error by streams that report what fails as the command reports it.

    A letter that the terminal lacks is written as an escape. Descriptors 0 to 2 that are closed are opened, so that no
    file of ours takes their place.
    """
    for descriptor, mode in _MISSING.items():
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdout = _stream(1, sys.stdout, _stop)
    sys.stderr = _stream(2, sys.stderr, None)  # Of its own failures there is nowhere left to tell.


class _Descriptor(FileIO):
    """A file descriptor to write to; after its first failure, which is reported, it takes everything silently."""

    def __init__(self, descriptor: int, report: Report | None) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._report = report
        self._failed = False

    def write(self, content: Any, /) -> Any:
        if self._failed:
            return memoryview(content).nbytes
        try:
            return super().write(content)
        except OSError as error:
            self._failed = True
            if self._report is not None:
                self._report(error)
            return memoryview(content).nbytes


def _stream(descriptor: int, now: Any, report: Report | None) -> TextIOWrapper:
    return TextIOWrapper(
        BufferedWriter(_Descriptor(descriptor, report)),
        encoding=getattr(now, "encoding", None) or "utf-8",
        errors="backslashreplace",
        line_buffering=getattr(now, "line_buffering", True),
    )


def _stop(error: OSError) -> NoReturn:
    if isinstance(error, BrokenPipeError):
        sys.exit(exits.READER_GONE)
    raise UsageError(f"cannot write standard output: {error.strerror}") from None
