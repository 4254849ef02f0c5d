"""Sweeps one row, with a journal of its own: a row that is added or mended leaves the others as they are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.atlas.rows import Row
from sigmoid_parity.sweep import sweeping, words
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.report import Report, Result
from sigmoid_parity.sweep.sweeping import Watch


@dataclass(frozen=True, slots=True)
class Swept:
    """A row that was swept.

    :ivar row: which.
    :ivar report: what was found.
    :ivar seconds: how long it took; 0 where it was interrupted.
    """

    row: Row
    report: Report
    seconds: float

    @property
    def result(self) -> Result:
        """The one comparison's."""
        return self.report.results[0]

    @property
    def summary(self) -> str:
        """How many points differ, and by how much; or why that is not known."""
        return self.result.failure or words.found(self.result, "en")


def sweep(row: Row, workers: int, folder: Path, watch: Watch) -> Swept:
    """Sweep a row, or what its journal lacks.

    :param row: which.
    :param workers: how many processes compute.
    :param folder: where the journal is, with the time beside it.
    :param watch: see `sweeping.run`.
    :raises UsageError: the journal is of another version of something.
    """
    size = row.comparison.domain.size
    slug = re.sub(r"[^a-z0-9]+", "-", f"{row.name} {row.comparison.format} {size.bit_length() - 1}".lower()).strip("-")
    report = sweeping.run([row.comparison], Local(workers), folder / f"{slug}.jsonl", watch)
    result, times = report.results[0], folder / f"{slug}.seconds"
    if not result.kept and not result.failure:
        times.write_text(json.dumps(result.seconds), encoding="utf-8")
    return Swept(row, report, json.loads(times.read_text(encoding="utf-8")) if times.exists() else 0.0)
