"""What came out, as data: a row a program, and a row a reader of the YAML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sigmoid_parity.cases.languages import Program, Reader, Source
from sigmoid_parity.conformance.comparison import Comparison
from sigmoid_parity.functions import ACTIVATION

_NO_PARSER: Final = "none"

State = Literal["ran", "failed", "missing"]
"""``missing``: its toolchain is not installed; ``failed``: it is there, and does not work."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A function of a program beside the original's.

    :ivar comparison: of the results.
    :ivar skipped: how many cases it has no argument or result for.
    """

    comparison: Comparison
    skipped: int

    @property
    def share(self) -> float:
        """The part of the further points in which the bits are the same; of the cases where there are no points."""
        tally = self.comparison.tally
        if tally.samples:
            return 1.0 - tally.samples_differ / tally.samples
        return 1.0 - tally.cases_differ / max(1, tally.cases)

    @property
    def worst(self) -> float:
        """The argument at which the distance is largest."""
        return float(self.comparison.inputs[self.comparison.worst])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came out of a source file.

    :ivar source: which.
    :ivar named: whether it was asked for by name.
    :ivar state: whether it ran.
    :ivar version: of its toolchain, as far as that is known.
    :ivar problem: why it did not run.
    """

    source: Source
    named: bool
    state: State = "ran"
    version: str = ""
    problem: str = ""

    @property
    def fails(self) -> bool:
        """Whether it could not run, and had to: a toolchain that is not installed had to be there only if named."""
        return self.state == "failed" or (self.state == "missing" and self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow(Row):
    """A program's row.

    :ivar source: the program.
    :ivar measured: a function each, those that the original has.
    """

    source: Program
    measured: Sequence[Measured] = ()

    @property
    def activation(self) -> Measured | None:
        """The sigmoid itself, where it ran."""
        return next((one for one in self.measured if one.comparison.function == ACTIVATION.name), None)

    @property
    def differing(self) -> list[Measured]:
        """The functions that have not the same bits everywhere."""
        return [one for one in self.measured if np.any(one.comparison.steps)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRow(Row):
    """A reader's row.

    :ivar source: the reader.
    :ivar passed: whether its test passed.
    :ivar said: what it wrote, where the test failed.
    """

    source: Reader
    passed: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All rows, in the manifest's order.

    :ivar against: the name of what programs were held to.
    :ivar samples: how many points there were besides the cases.
    """

    against: str
    samples: int
    programs: Sequence[ProgramRow]
    readers: Sequence[ReaderRow]

    @property
    def rows(self) -> list[Row]:
        """Programs and readers."""
        return [*self.programs, *self.readers]

    @property
    def ran(self) -> bool:
        """Whether something ran, and all that had to."""
        return any(row.state == "ran" for row in self.rows) and not any(row.fails for row in self.rows)

    @property
    def passed(self) -> bool:
        """Whether every reader that ran passed; programs that differ are no failure."""
        return all(reader.passed for reader in self.readers if reader.state == "ran")

    @property
    def packages(self) -> list[str]:
        """Debian's packages that have the toolchains that are not installed."""
        missing = (row for row in self.rows if row.state == "missing")
        return sorted({package for row in missing for package in row.source.packages})


def title(source: Source) -> str:
    """Name a row: the language, what differs from the ordinary one, and the processor."""
    if isinstance(source, Reader):
        return ", ".join(one for one in (source.name, source.parser, source.runner) if one != _NO_PARSER)
    assert isinstance(source, Program)  # noqa: S101 - there are these two
    return ", ".join(filter(None, (source.name, source.variant, source.processor)))
