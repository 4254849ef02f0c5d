"""The exit codes, and what several commands print with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console

from sigmoid_parity.errors import UsageError
from sigmoid_parity.progress import Progress, silent

AGREE: Final = 0
DIFFER: Final = 1
COULD_NOT_RUN: Final = 2
INTERRUPTED: Final = 130


ERRORS: Final = Console(stderr=True)
"""Where progress and errors go: standard output is for results."""


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

    :raises UsageError: there is none.
    """
    for file in filter(None, files):
        if not file.parent.is_dir():
            raise UsageError(f"cannot write {file}: there is no folder {file.parent}; name a file in one that exists")


def write(path: Path, text: str) -> None:
    """Write a result to a file, or to standard output where it is called ``-``.

    :raises UsageError: it cannot be written.
    """
    if str(path) == "-":
        sys.stdout.write(text)
        return
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file.

    :raises UsageError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; name a file in a folder that exists") from None
