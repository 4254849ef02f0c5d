"""The .NET SDK, for tests of what needs one: projects for .NET 10, packages."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

import pytest

from sigmoid_parity.implementations.dotnet import compilers

_OLDEST: Final = 10
_SDKS: Final = [int(one.version.partition(".")[0]) for one in compilers.compilers() if one.name == "dotnet"]

NEEDS_SDK: Final = pytest.mark.skipif(
    max(_SDKS, default=0) < _OLDEST,
    reason=f"needs a .NET SDK {_OLDEST} or newer",
)


def dotnet(*arguments: str | Path, environment: dict[str, str] | None = None, folder: Path | None = None) -> str:
    """Run a command of the SDK, and return what it printed.

    :raises AssertionError: it failed; with what it printed.
    """
    quiet = {"DOTNET_NOLOGO": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(
        ["dotnet", *arguments],
        cwd=folder,
        env=os.environ | quiet | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
