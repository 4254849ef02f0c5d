"""python/docs/robustness.md: each of its rows is a test."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parent.parent
PAGE: Final = TESTS.parent / "python" / "docs" / "robustness.md"


def test_each_row_is_a_test() -> None:
    """Every row of every table names tests at its end, and each of them is there."""
    there = {
        name
        for file in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|") and "|---" not in line]
    heads = [line for line in rows if line.endswith("| code | test |")]
    assert len(heads) == 6
    for row in rows:
        if row not in heads:
            named = re.findall(r"`(test_\w+)`", row.split("|")[-2])
            assert named, row
            assert set(named) <= there, row
