"""The C# tests and the C# benchmark, built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sdk import dotnet

CSHARP = Path(__file__).parents[2] / "csharp"


@pytest.fixture(scope="session")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what a build for release makes: not the repository's own, for several processes build at once."""
    folder = tmp_path_factory.mktemp("artifacts")
    for project in ("SigmoidParity.Tests", "SigmoidParity.Benchmarks"):
        dotnet("build", CSHARP / project, "--configuration", "Release", f"-p:ArtifactsPath={folder}")
    return folder
