"""The recorder, built once, and an assembly to record."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HERE, PROJECT, Build, Once
from tests.sdk import dotnet

Recorder = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def recorder(once: Once) -> Recorder:
    """Build the recorder; returns what runs it: ``recorder(argument, ..., environment)``."""
    project = PROJECT.parent / "SigmoidParity.Recorder"
    folder = once("recorder", lambda made: dotnet("build", project, "-c", "Release", "-v", "quiet", "-o", made))

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
