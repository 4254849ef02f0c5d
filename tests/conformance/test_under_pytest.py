"""``check`` in anybody's test suite: a test that fails shows the screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sigmoid_parity import activation, check, d_activation

THEIRS = """
import math
from sigmoid_parity import check

def steep(x):
    return 1.0 / (1.0 + math.exp(-2.0 * x)) if x > -350.0 else 0.0

def test_mine():
    assert check(steep, against="port", samples=1000).agrees
"""


def test_the_port_agrees_with_itself() -> None:
    """The pair as function objects, called in this process, in all three ways: it agrees, and nothing is logged."""
    found = check(activation, d_activation, against="port", samples=1_000)
    assert found.agrees
    assert found.verdict == "agree"
    assert "AGREE" in str(found)


def test_a_swapped_pair_does_not_agree(caplog: pytest.LogCaptureFixture) -> None:
    """A derivative that takes x in the place of the one that takes y is a difference; the screen is logged."""
    found = check(activation, lambda x: d_activation(activation(x)), against="port", samples=1_000)
    assert found.verdict == "differ"
    assert [record.message for record in caplog.records] == [str(found)]
    assert "DActivation" in str(found)


@pytest.mark.processes
def test_pytest_shows_the_screen(tmp_path: Path) -> None:
    """A test that asserts ``check(f).agrees`` and fails has the screen in pytest's report."""
    (tmp_path / "test_mine.py").write_text(THEIRS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "DIFFER: nothing has the bits of C#'s Activation" in done.stdout
    assert "steep(float)" in done.stdout
