"""A worker, seen from its parent: computes units, tries again in a fresh process, and finds the input that kills."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet.host import ENVIRONMENT
from sigmoid_parity.implementations.hosting.process import Process
from sigmoid_parity.implementations.hosting.words import brief
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.tally import Tally, combined
from sigmoid_parity.sweep.units import Unit

_MODULE: Final = "sigmoid_parity.sweep.child"
_PIECES: Final = 16  # A piece that does not fail is soon done, and one that does costs a new process.
# Blocks are allocated anew each time. glibc's heap keeps their pages where these say so, and processes inherit them:
# mapped memory costs a page fault for every 512 doubles, more than many a sigmoid.
_MEMORY: Final = {"MALLOC_MMAP_THRESHOLD_": str(1 << 25), "MALLOC_TRIM_THRESHOLD_": str(1 << 26)}
_FAILURES: Final = 100  # How many calls of a unit may fail while the inputs are looked for that make them.


@dataclass(frozen=True, slots=True)
class Fault:
    """Points that could not be computed.

    :ivar first: the index of the first one.
    :ivar count: how many there are, on end.
    :ivar x: the encoding of the first one, as float64.
    :ivar kind: ``"crash"``, ``"hang"`` or ``"throw"``.
    :ivar problem: what happened there.
    """

    first: int
    count: int
    x: int
    kind: str
    problem: str


@dataclass(frozen=True, slots=True)
class Done:
    """A unit that was computed.

    :ivar unit: which one.
    :ivar tally: what was counted, but for the faults.
    :ivar faults: what could not be computed.
    :ivar machine: on what, in words by name; see `child.machine`.
    :ivar again: whether it was tried again in a fresh process.
    """

    unit: Unit
    tally: Tally
    faults: tuple[Fault, ...] = ()
    machine: dict[str, str] = field(default_factory=dict)
    again: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "unit": [self.unit.first, self.unit.count],
            "machine": self.machine,
            "tally": self.tally.to_json(),
            "faults": [asdict(fault) for fault in self.faults],
        }


class Runner:
    """A worker. Its process starts with the first unit, and anew after it has died."""

    def __init__(self, comparison: Comparison) -> None:
        """Prepare; nothing is started yet."""
        self._comparison = comparison
        self._process: Process | None = None
        self._closed = False
        self._left = _FAILURES

    def run(self, unit: Unit) -> Done:
        """Compute a unit, and where it cannot be, all of it that can.

        :raises HostError: the process does not start, in two attempts.
        """
        self._left = _FAILURES
        faults: list[Fault] = []
        again = False
        try:
            tallies = [self._tally(unit)]
        except _Failed:
            self.end()  # Whatever happened there need not happen in a fresh process.
            again, tallies = True, list(self._parts(unit, faults))
        return Done(unit, combined(tallies), tuple(faults), self._started().ready["machine"], again)

    def ask(self, unit: Unit, **request: Any) -> dict[str, Any]:
        """Have the process answer for a unit, once; see `child.Session.answer`.

        :param request: what else it is asked.
        :raises HostError: it does not start, or a side failed.
        """
        return self._started().watch({"first": unit.first, "count": unit.count, **request}, self._comparison.name)

    def end(self) -> None:
        """End the process, if there is one; the next unit has another one."""
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def close(self) -> None:
        """End the process for good: a unit that is being computed fails."""
        self._closed = True
        self.end()

    def _tally(self, unit: Unit) -> Tally:
        process = self._started()
        try:
            return Tally.from_json(self.ask(unit)["tally"])
        except HostError as error:
            if self._closed:
                raise
            found = process.number
            if error.ended:
                self.end()
            raise _Failed(error, found if 0 <= found < unit.count else None) from None

    def _parts(self, unit: Unit, faults: list[Fault]) -> Iterator[Tally]:
        """Compute a unit, and where it fails again its parts, down to the inputs that make it fail."""
        try:
            yield self._tally(unit)
        except _Failed as failed:
            self._left -= 1
            if unit.count == 1 or self._left <= 0 or (failed.at == 0 and self._fails_throughout(unit)):
                faults.append(self._fault(unit, failed.error))
                return
            for part in _cut(unit, failed.at, self._comparison.block):
                yield from self._parts(part, faults)

    def _fails_throughout(self, unit: Unit) -> bool:
        """Tell whether a unit that fails at its first point does so in the middle and at the end too."""
        return all(self._fails(Unit(unit.first + place, 1)) for place in (0, unit.count // 2, unit.count - 1))

    def _fails(self, unit: Unit) -> bool:
        try:
            self._tally(unit)
        except _Failed:
            self._left -= 1
            return True
        return False

    def _fault(self, unit: Unit, error: HostError) -> Fault:
        point = self._comparison.domain.points(unit.first, 1)
        with np.errstate(invalid="ignore"):
            x = int(floats.bits(point.astype(np.float64))[0])
        return Fault(unit.first, unit.count, x, error.kind, brief(error.problem))

    def _started(self) -> Process:
        if self._process is None:
            try:
                self._process = self._start()
            except HostError as error:
                if not error.ended:
                    raise
                self._process = self._start()  # Something from outside may have ended it.
        return self._process

    def _start(self) -> Process:
        setup = {"comparison": pickle.dumps(self._comparison).hex()}
        comparison = self._comparison
        process = Process(_MODULE, setup, comparison.name, comparison.patience, ENVIRONMENT | _MEMORY)
        _ = process.ready  # Waits for it.
        return process


class _Failed(Exception):  # noqa: N818 - no error of the package: it never leaves this module
    """A unit failed.

    :ivar error: what happened.
    :ivar at: which of its points, or the first of which block of them, it was at; None where that is not known.
    """

    def __init__(self, error: HostError, at: int | None) -> None:
        self.error = error
        self.at = at
        super().__init__(str(error))


def _cut(unit: Unit, at: int | None, block: int) -> list[Unit]:
    """Cut a unit around the point, or the block of points, that it was at; evenly where that is not known."""
    length = block if unit.count > block else 1
    if at is None or length >= unit.count:
        borders = sorted({unit.count * part // _PIECES for part in range(_PIECES + 1)})
    else:
        borders = sorted({0, at, min(at + length, unit.count), unit.count})
    return [Unit(unit.first + low, high - low) for low, high in pairwise(borders)]
