"""The recorder, built once, and an assembly to record."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HERE, PROJECT, Build
from tests.sdk import dotnet

Recorder = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    """Build the recorder; returns what runs it: ``recorder(argument, ..., environment)``."""
    folder = tmp_path_factory.mktemp("recorder")
    dotnet("build", PROJECT.parent / "SigmoidParity.Recorder", "-c", "Release", "-v", "quiet", "-o", folder)

    def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = ["dotnet", folder / "SigmoidParity.Recorder.dll", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | (environment or {}), timeout=120
        )

    return run


@pytest.fixture(scope="session")
def acme(build: Build) -> Path:
    """The DLL of tests/csharp/Recorded.cs."""
    return build("recorded", (HERE / "csharp" / "Recorded.cs").read_text(encoding="utf-8"))
