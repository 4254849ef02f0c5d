"""Workers: the same counts as this process's own, and every input that kills one found, while the rest goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import Runtime, find
from sigmoid_parity.sweep import sweeping, words
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, Every, File
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.runner import Runner
from sigmoid_parity.sweep.tally import combined
from sigmoid_parity.sweep.units import LARGEST, Unit
from tests.conftest import Misbehaving
from tests.sweep.shared import Direct, against_port

pytestmark = pytest.mark.processes


@pytest.fixture
def runner(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Makes workers that end with the test."""
    made: list[Runner] = []

    def make(comparison: Comparison) -> Runner:
        made.append(Runner(comparison))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def one_runtime() -> Runtime:
    """The first runtime that is found: what waits for time limits and restarts takes long enough on one."""
    return find()[0]


def process(runner: Runner) -> int:
    return runner._started()._process.pid


def memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


def test_the_port_agrees_on_every_runtime(runtime: Runtime, dll: Path, runner: Any) -> None:
    """At every float16 and at random bits no result differs, in one attempt."""
    for domain in (Every("float16"), Bits(1 << 18, 5)):
        done = runner(against_port(runtime, dll, domain)).run(Unit(0, domain.size))
        assert (done.tally.compared, done.tally.differ) == (domain.size, 0)
        assert not done.faults
        assert not done.again


def test_one_wrong_float32_is_found(runtime: Runtime, misbehaving: Misbehaving, runner: Any) -> None:
    """A class that is off by 1 ULP at a single float32 is told apart, with that input, at a million others."""
    place = int(np.array(0.1, np.float32).view(np.uint32))
    done = runner(against_port(runtime, misbehaving("Faulty"), Every("float32"))).run(Unit(place - 500_000, 1 << 20))
    assert done.tally.differ == 1
    (point,) = done.tally.worst
    assert (point.index, point.steps, words.double(point.x)) == (place, 1, float(np.float32(0.1)))


def test_killers_are_found(one_runtime: Runtime, misbehaving: Misbehaving, runner: Any) -> None:
    """The inputs at which the class crashes, throws and hangs are found; all the others are compared."""
    domain = Every("float16")
    done = runner(against_port(one_runtime, misbehaving("Faulty"), domain, 8.0)).run(Unit(0, domain.size))
    found = [(words.double(fault.x), fault.kind, fault.count) for fault in sorted(done.faults, key=lambda one: one.x)]
    assert found == [(1.0, "crash", 1), (2.0, "throw", 1), (3.0, "hang", 1)]
    assert done.tally.compared == domain.size - 3
    assert done.tally.differ == 0
    assert done.again


def test_a_class_that_always_fails(one_runtime: Runtime, misbehaving: Misbehaving, runner: Any) -> None:
    """Where every input kills, that is said of all of them, after a few attempts."""
    done = runner(against_port(one_runtime, misbehaving("FailFast"), Every("float16"))).run(Unit(0, 1 << 16))
    assert sum(fault.count for fault in done.faults) == 1 << 16
    assert len(done.faults) < 10
    assert {fault.kind for fault in done.faults} == {"crash"}


def test_a_killed_worker(runtime: Runtime, dll: Path, runner: Any) -> None:
    """A process that was killed between two units is started anew, and nothing is lost."""
    worker = runner(against_port(runtime, dll, Bits(1 << 20, 5)))
    first = worker.run(Unit(0, 1 << 16))
    os.kill(process(worker), signal.SIGKILL)
    second = worker.run(Unit(1 << 16, 1 << 16))
    assert (first.again, second.again) == (False, True)
    assert combined([first.tally, second.tally]).kinds == {0: 1 << 17}


def test_memory_does_not_grow(one_runtime: Runtime, dll: Path, runner: Any) -> None:
    """The most memory that a worker takes is that of its first unit, within a few megabytes."""
    worker = runner(against_port(one_runtime, dll, Every("float32")))
    worker.run(Unit(0, LARGEST))
    before = memory(process(worker))
    for number in (1, 60, 61, 130, 200):
        worker.run(Unit(number * LARGEST, LARGEST))
    assert memory(process(worker)) - before < 20 << 20


def test_what_cannot_be_loaded(one_runtime: Runtime, tmp_path: Path, runner: Any) -> None:
    """An assembly that is none is an error, not a fault at an input."""
    path = tmp_path / "a.dll"
    path.write_bytes(b"MZ")
    with pytest.raises(HostError, match="not a usable assembly"):
        runner(against_port(one_runtime, path, Every("float16"))).run(Unit(0, 100))


def test_workers_change_nothing(runtime: Runtime, dll: Path, tmp_path: Path) -> None:
    """One worker and three find the same, point for point, as this process alone."""
    np.save(tmp_path / "a.npy", np.linspace(-800.0, 800.0, 300_000))
    comparison = against_port(runtime, dll, File(tmp_path / "a.npy"))
    alone = sweeping.run([comparison], Direct()).results[0].tally
    for count in (1, 3):
        report = sweeping.run([comparison], Local(count))
        assert report.results[0].tally == alone
        assert report.verdict == "agree"
