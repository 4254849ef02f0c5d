"""Run a sweep: every comparison, unit by unit, into one report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting.words import brief
from sigmoid_parity.machine import provenance
from sigmoid_parity.sweep import units
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.journal import Journal
from sigmoid_parity.sweep.pool import Workers
from sigmoid_parity.sweep.report import Report, Result
from sigmoid_parity.sweep.runner import Done

Watch = Callable[[Result, Done | None], None]
"""Is called with each comparison as it begins, with None, and then with each unit that is done."""


def ignore(result: Result, done: Done | None) -> None:
    """Watch nothing."""


def run(
    comparisons: Sequence[Comparison], workers: Workers, journal: Path | None = None, watch: Watch = ignore
) -> Report:
    """Compute comparisons, one after the other.

    :param comparisons: what is compared.
    :param workers: who computes.
    :param journal: keeps what is done, and has what was done before.
    :param watch: called with what is done.
    :raises UsageError: the journal cannot be read or written, or is another's.
    """
    report = Report([Result(one) for one in comparisons], workers=workers.count)
    with nullcontext() if journal is None else Journal(journal, settings(comparisons)) as opened:
        known = _past(report, opened)
        for number, result in enumerate(report.results):
            watch(result, None)
            _compare(result, known[number], workers, partial(_keep, opened, number), watch)
    return report


def settings(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Return what must be the same for a sweep to be gone on with: the comparisons, and what their bits depend on."""
    return {
        "libm": provenance.libm(),
        "cpu": provenance.cpu(),
        "comparisons": [one.identity() for one in comparisons],
    }


def _past(report: Report, journal: Journal | None) -> list[set[int]]:
    """Take what is in the journal, and return the first indices of its units, for each comparison."""
    known: list[set[int]] = [set() for _ in report.results]
    if journal is not None:
        for number, done in journal.past():
            if done.unit.first not in known[number]:
                known[number].add(done.unit.first)
                report.results[number].add(done)
                report.results[number].kept += done.unit.count
        report.torn = journal.torn
    return known


def _compare(result: Result, known: set[int], workers: Workers, keep: Callable[[Done], None], watch: Watch) -> None:
    left = (unit for unit in units.split(result.comparison.domain.size) if unit.first not in known)
    began = time.perf_counter()
    try:
        with closing(workers.run(result.comparison, left)) as running:
            for done in running:
                keep(done)
                result.add(done)
                watch(result, done)
    except HostError as error:
        result.failure = brief(str(error))
    finally:
        result.seconds = time.perf_counter() - began


def _keep(journal: Journal | None, number: int, done: Done) -> None:
    if journal is not None:
        journal.add(number, done)
