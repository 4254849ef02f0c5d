"""The atlas's files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.atlas.sweep import Swept
from sigmoid_parity.sweep import words


def write(swept: Sequence[Swept], folder: Path) -> None:
    for one in swept[-1:]:
        print(
            one.row.name,
            one.row.comparison.format,
            one.result.failure or words.found(one.result, "en"),
            one.seconds,
            one.result.faults[:2],
            flush=True,
        )
