"""The C# tests and the C# benchmark, built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Once
from tests.sdk import dotnet

CSHARP = Path(__file__).parents[2] / "csharp"


@pytest.fixture(scope="session")
def artifacts(once: Once) -> Path:
    """The folder of what a build for release makes: not the repository's own, for several processes build at once."""
    return once("artifacts", _build)


def _build(folder: Path) -> None:
    for project in ("SigmoidParity.Tests", "SigmoidParity.Benchmarks"):
        dotnet("build", CSHARP / project, "--configuration", "Release", f"-p:ArtifactsPath={folder}")
