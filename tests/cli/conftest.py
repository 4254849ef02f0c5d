"""What the tests of the command line share."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

import pytest

from sigmoid_parity import resources
from sigmoid_parity.cases.functions import FUNCTIONS

CASES = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures, to be spoilt; of each function the first cases only, to be read quickly."""
    copy = Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))
    for function in FUNCTIONS:
        file = copy / f"{function}.yaml"
        head, mark, cases = file.read_text(encoding="utf-8").partition("\ncases:\n")
        assert mark
        file.write_text(head + mark + "".join(islice(cases.splitlines(keepends=True), CASES)), encoding="utf-8")
    return copy
