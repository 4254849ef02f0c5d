"""The speed of a sweep beside that of the C# calls in it, and of two workers beside one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.measure import Row
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Runtime
from sigmoid_parity.progress import Progress
from sigmoid_parity.sweep import sweeping
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, Domain, Every, Normal, Uniform
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.runner import Runner
from sigmoid_parity.sweep.sides import Port
from sigmoid_parity.sweep.units import Unit

_SEED: Final = 20261121
_POINTS: Final = 1 << 26
_TURNS: Final = 15
_UNIT: Final = 1 << 20
_DOMAINS: Final[Mapping[str, Domain]] = {
    "every float32": Every("float32"),
    "random bits": Bits(_POINTS, _SEED),
    "uniform in +-745": Uniform(_POINTS, _SEED, -745.0, 745.0),
    "normal, deviation 8": Normal(_POINTS, _SEED, 8.0),
}


def measure(runtime: Runtime, assembly: Path, progress: Progress) -> Iterator[Row]:
    """Measure sweeps of the port against the C# class.

    :param runtime: on which runtime.
    :param assembly: the class's.
    :param progress: called with what is about to be done.
    """
    for name, domain in _DOMAINS.items():
        progress(f"sweep, {name}")
        comparison = Comparison(
            "activation", "float64", Pair(runtime, assembly, TIME_LIMIT), Port(), domain, ".", TIME_LIMIT
        )
        yield from _parts(name, comparison)
    progress("sweep, workers")
    yield from _workers(comparison)


def _parts(name: str, comparison: Comparison) -> Iterator[Row]:
    """Time the whole, and the C# calls alone, in turn over all of the domain: processor time of the worker's thread."""
    whole, calls = [], []
    with closing(Runner(comparison)) as runner:
        runner.ask(Unit(0, _UNIT))
        for turn in range(_TURNS):
            unit = Unit(turn * (comparison.domain.size // _TURNS), _UNIT)
            points, both = (runner.ask(unit, parts=parts)["seconds"] for parts in (["points"], ["points", "expected"]))
            calls.append(both - points)
            whole.append(runner.ask(unit)["seconds"])
    for title, times in (("C# calls alone", calls), ("sweep", whole)):
        ns = sum(times) / len(times) / _UNIT * 1e9
        yield Row("sweep", title, name, _UNIT, ns, sum(times) / sum(calls))


def _workers(comparison: Comparison) -> Iterator[Row]:
    times = {count: _wall(comparison, count) for count in (1, 2)}
    for count, seconds in times.items():
        ns = seconds / comparison.domain.size * 1e9
        yield Row("workers", f"workers: {count}", "", comparison.domain.size, ns, seconds / times[1])


def _wall(comparison: Comparison, workers: int) -> float:
    began = time.perf_counter()
    sweeping.run([comparison], Local(workers))
    return time.perf_counter() - began
