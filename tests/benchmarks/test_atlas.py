"""The atlas: each row's counts in all of its files, and what is done is not computed again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.atlas import __main__ as atlas
from benchmarks.atlas import rows
from sigmoid_parity import activation
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep.pool import Local

pytestmark = pytest.mark.processes

SHIFTED = """
import numpy as np
from sigmoid_parity import activation

def shifted(x: np.ndarray):
    results = np.array(activation(x))
    results[np.abs(x) == 1.0] *= results.dtype.type(2)
    return results
"""


def test_rows_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An implementation that is wrong at 1 and -1 has a row that says so; a second run takes it from the journals."""
    (tmp_path / "mine.py").write_text(SHIFTED, encoding="utf-8")

    def targets(*_: Any) -> Iterator[tuple[str, PythonTarget]]:
        yield "mine 1.0", PythonTarget(f"{tmp_path / 'mine.py'}:shifted")

    def no_programs(*_: Any, **__: Any) -> Iterator[Any]:
        yield from ()

    monkeypatch.setattr(rows, "_targets", targets)
    monkeypatch.setattr(rows, "_programs", no_programs)
    options = ["--every", "float16", "--journals", str(tmp_path / "journals"), "--output", str(tmp_path)]
    assert atlas.main(options) == 0
    content = json.loads((tmp_path / "atlas.json").read_text(encoding="utf-8"))
    counts = {(row["name"], row["format"]): row for row in content["rows"]}
    assert {row["points"] for row in counts.values()} == {1 << 16}
    assert [counts["this package", form]["differ"] for form in rows.FORMATS] == [0, 0]
    for form in rows.FORMATS:
        found = counts["mine 1.0", form]
        y = np.asarray(activation(np.array([1.0], form)))
        distance = int((2 * y).view(f"u{y.itemsize}")[0] - y.view(f"u{y.itemsize}")[0])
        assert (found["differ"], found["max_ulp"]) == (2, distance)
    document = (tmp_path / "atlas.md").read_text(encoding="utf-8")
    assert "| mine 1.0 | 2 | 0.0031% |" in document
    assert "mine 1.0: 2 of 65,536 differ" in (tmp_path / "atlas.svg").read_text(encoding="utf-8")
    assert "mine 1.0" in (tmp_path / "atlas.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in document + json.dumps(content)

    def refused(*_: Any) -> Iterator[Any]:
        assert not list(_[2]), "no unit is left"
        yield from ()

    monkeypatch.setattr(Local, "run", refused)
    assert atlas.main(options) == 0
    assert json.loads((tmp_path / "atlas.json").read_text(encoding="utf-8")) == content
