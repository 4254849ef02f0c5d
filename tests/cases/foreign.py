"""Programs in other languages, for the tests: whether they can be built here, and building and running them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sigmoid_parity.cases.languages import Source

TIME_LIMIT = 300.0  # Seconds; a first `dotnet build` on a busy machine is the slowest.


def here(source: Source) -> bool:
    """Whether all the commands that it needs are found."""
    return all(shutil.which(tool) for tool in source.tools())


def prepare(source: Source, folder: Path) -> Path:
    """Copy a program to a folder and build it there, as `languages.yaml` says; return the folder."""
    shutil.copy(source.path, folder)
    if source.build is not None:
        built = run(source.build, folder)
        assert built.returncode == 0, f"{source.id} does not build: {built.stdout}{built.stderr}"
    return folder


def run(command: Sequence[str], folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with a text as its standard input."""
    return subprocess.run(
        list(command), cwd=folder, input=text, capture_output=True, text=True, check=False, timeout=TIME_LIMIT
    )
