"""What a sweep found, as data, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sigmoid_parity.implementations.candidates import Refusal
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.runner import Done, Fault
from sigmoid_parity.sweep.tally import Tally

Verdict = Literal["agree", "differ", "error"]
Machine = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Result:
    """What is known of a comparison.

    :ivar comparison: of what.
    :ivar tallies: what was counted on each machine.
    :ivar faults: what could not be computed.
    :ivar again: how many units were tried again in a fresh process.
    :ivar kept: how many points were taken from the journal.
    :ivar seconds: how long the others took.
    :ivar failure: why nothing more could be computed; empty where all was.
    """

    comparison: Comparison
    tallies: dict[Machine, Tally] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    again: int = 0
    kept: int = 0
    seconds: float = 0.0
    failure: str = ""

    def add(self, done: Done) -> None:
        """Add a unit."""
        machine = tuple(sorted(done.machine.items()))
        self.tallies[machine] = self.tallies.get(machine, Tally()) + done.tally
        self.faults.extend(done.faults)
        self.again += done.again

    @property
    def tally(self) -> Tally:
        """What was counted on all machines."""
        return sum(self.tallies.values(), Tally())

    @property
    def rate(self) -> float:
        """Points a second, without those of the journal; 0 where there were none."""
        return (self.tally.compared + self.tally.skipped - self.kept) / self.seconds if self.seconds else 0.0

    @property
    def agrees(self) -> bool:
        """Whether no point differs, and every one could be computed."""
        tally = self.tally
        return not (tally.differ or self.faults or self.failure) and tally.compared > 0


@dataclass(slots=True)
class Report:
    """What a sweep found.

    :ivar results: each comparison.
    :ivar refusals: what was named and cannot be swept.
    :ivar torn: whether the journal's last line was torn, and dropped.
    :ivar workers: how many there were.
    """

    results: list[Result] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    torn: bool = False
    workers: int = 1

    @property
    def verdict(self) -> Verdict:
        """``error`` where something could not be computed, else ``differ`` or ``agree``."""
        results = self.results
        if not results or any(one.faults or one.failure or not one.tally.compared for one in results):
            return "error"
        return "agree" if all(one.agrees for one in results) else "differ"


def machines(report: Report) -> list[Mapping[str, Any]]:
    """Return the machines on which anything was computed, each once."""
    return [dict(one) for one in dict.fromkeys(machine for result in report.results for machine in result.tallies)]
