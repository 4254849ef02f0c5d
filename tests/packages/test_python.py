"""The wheel and the sdist: each into an empty environment, and the README's first example."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packages.conftest import TOP
from tests.sdk import NEEDS_SDK
from tests.test_distribution import DOCTEST

pytestmark = [pytest.mark.processes, NEEDS_SDK]


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_the_first_example_in_an_empty_environment(pattern: str, dist: Path, tmp_path: Path) -> None:
    """Pip installs it with what it needs, and the example gives what stands there."""
    (package,) = dist.glob(pattern)
    environment, python = tmp_path / "environment", tmp_path / "environment" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True, cwd=tmp_path)
    (first, *_) = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "example.txt").write_text(first, encoding="utf-8")
    done = subprocess.run(
        [python, "-c", DOCTEST, tmp_path / "example.txt"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
