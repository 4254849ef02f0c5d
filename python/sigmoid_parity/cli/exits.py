"""The exit codes, and what several commands print with."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Final

from rich.console import Console

from sigmoid_parity.errors import UsageError
from sigmoid_parity.progress import Progress, silent

AGREE: Final = 0
DIFFER: Final = 1
COULD_NOT_RUN: Final = 2
INTERRUPTED: Final = 130
READER_GONE: Final = 141
"""As the shell has it for SIGPIPE: whoever read standard output has closed it, as ``head`` does."""

CODES: Final = {"agree": AGREE, "alone": AGREE, "differ": DIFFER, "error": COULD_NOT_RUN}
"""The exit code of each verdict on a comparison."""

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
_COLUMNS: Final = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_SIZE: Final = (80, 25)
_INTERRUPT: Final = Event()


def end_on_signals() -> None:
    """Let the signals that ask a process to end do so in order: what was started is ended, temporary files go."""
    for number in _SIGNALS:
        if signal.getsignal(number) == signal.SIG_DFL:  # Under nohup a signal is ignored, and stays so.
            signal.signal(number, _end)
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def interrupted() -> bool:
    """Tell whether there was a Ctrl-C: some libraries catch every exception while they are imported, and lose it."""
    return _INTERRUPT.is_set()


def _interrupt(number: int, frame: FrameType | None) -> None:
    _INTERRUPT.set()
    signal.default_int_handler(number, frame)


def _end(number: int, _frame: object) -> None:
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def console(stderr: bool = False) -> Console:
    """Return a console of Rich, of 80 columns where ``COLUMNS`` is no width: with a width of 0 it prints nothing."""
    columns = os.environ.get("COLUMNS")
    odd = columns is not None and not _COLUMNS.fullmatch(columns)
    width, height = _SIZE if odd else (None, None)
    return Console(stderr=stderr, width=width, height=height)


ERRORS: Final = console(stderr=True)
"""Where progress and errors go: standard output is for results."""


def beside(*files: Path | None) -> Console:
    """Return where the report for a reader goes: to standard error if one of the results is written to ``-``."""
    return ERRORS if Path("-") in files else console()


@contextmanager
def progress() -> Iterator[Progress]:
    """Show on a terminal what is being done; yields the function that says it."""
    if not ERRORS.is_terminal:
        yield silent
        return
    with ERRORS.status("") as status:
        yield status.update


def check_folders(*files: Path | None) -> None:
    """Make sure, before long work, that there is a folder for each of its results.

    :raises UsageError: there is none, or the name is a folder's or too long.
    """
    for file in filter(None, files):
        with _writing(file):
            if not file.parent.is_dir():
                problem = f"there is no folder {file.parent}; name a file in one that exists"
                raise UsageError(f"cannot write {file}: {problem}")
            if file.is_dir():
                raise UsageError(f"cannot write {file}: it is a folder; name a file in it")


def write(path: Path, text: str) -> None:
    """Write a result to a file, or to standard output where it is called ``-``; in UTF-8 wherever it goes.

    :raises UsageError: it cannot be written.
    """
    if str(path) != "-":
        write_bytes(path, text.encode())
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file.

    :raises UsageError: it cannot be written.
    """
    with _writing(path):
        path.write_bytes(content)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; name another file") from None
