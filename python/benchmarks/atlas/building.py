"""Builds the programs of the atlas, each in a folder of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sigmoid_parity.errors import ToolchainError


def build(source: Path, command: Sequence[str] | None, folder: Path) -> Path:
    """Copy a source file to a folder, and build it there.

    :param source: the file.
    :param command: what builds it, or None where nothing has to.
    :param folder: made if it is not there.
    :returns: the folder.
    :raises ToolchainError: the build failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, folder)
    if command is not None:
        done = subprocess.run(list(command), cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise ToolchainError(f"{' '.join(command)} failed: {done.stderr.strip()}")
    return folder


def version(command: Sequence[str]) -> str:
    """Return the version that a tool prints: the first number with a dot in it."""
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else ""
