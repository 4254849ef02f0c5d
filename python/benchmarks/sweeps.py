"""The speed of a sweep beside that of the C# calls in it, and of two workers beside one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from benchmarks import pairs
from benchmarks.measure import Row
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Runtime
from sigmoid_parity.progress import Progress
from sigmoid_parity.sweep import sweeping
from sigmoid_parity.sweep.cluster import Cluster
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, Domain, Every, Normal, Uniform
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.pool import Local, Workers
from sigmoid_parity.sweep.runner import Runner
from sigmoid_parity.sweep.sides import Port
from sigmoid_parity.sweep.units import Unit

_SEED: Final = 20261121
_POINTS: Final = 1 << 26
_TURNS: Final = 15
_UNIT: Final = 1 << 20
_MANY: Final = 1 << 28  # For wall time, of which processes take a second or two to start;
_MORE: Final = 1 << 30  # with units of the greatest length.
_REPEATED: Final = 3
_SMALL: Final = 1 << 10  # Points of a unit so small that there is little but what a unit costs;
_UNITS: Final = 500  # so many of them.
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
        yield from _parts(name, _comparison(runtime, assembly, domain))
    progress("sweep, other pairs")
    yield from pairs.measure(runtime, assembly, _DOMAINS, _TURNS)
    many, more = (_comparison(runtime, assembly, Uniform(count, _SEED, -745.0, 745.0)) for count in (_MANY, _MORE))
    progress("sweep, workers")
    yield from _workers(many)
    if find_spec("distributed"):
        progress("sweep, Dask")
        yield from _dask(more)


def _comparison(runtime: Runtime, assembly: Path, domain: Domain) -> Comparison:
    return Comparison("activation", "float64", Pair(runtime, assembly, TIME_LIMIT), Port(), domain, ".", TIME_LIMIT)


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
    """Time one worker and two in turn, from the first process's start to the last one's end: the least of each."""
    times = _least({f"workers: {count}": partial(_wall, comparison, Local(count)) for count in (1, 2)})
    yield from _rows("workers", comparison.domain.size, times)


def _dask(comparison: Comparison) -> Iterator[Row]:
    """Time two workers of this machine, and two of a Dask cluster on it, in turn; and what units cost Dask itself."""
    distributed: Any = import_module("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started,
        distributed.Client(started) as client,
    ):
        cluster = Cluster(client)
        pools: dict[str, Workers] = {"this process, workers: 2": Local(2), "Dask, workers: 2": cluster}
        times = _least({name: partial(_wall, comparison, pool) for name, pool in pools.items()})
        yield from _rows("dask", comparison.domain.size, times)
        yield Row("unit", "scheduler and client of Dask", "", 0, _unit(comparison, cluster) * 1e9, 1.0)


def _unit(comparison: Comparison, cluster: Cluster) -> float:
    """Return this process's processor time for a unit, in seconds: the cluster's workers are others."""
    units = (Unit(number * _SMALL, _SMALL) for number in range(_UNITS))
    running = cluster.run(comparison, units)
    with closing(running):
        next(running)  # The processes have started.
        began = time.process_time()
        done = sum(1 for _ in running)
        return (time.process_time() - began) / done


def _least(measured: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    turns = [{name: measure() for name, measure in measured.items()} for _ in range(_REPEATED)]
    return {name: min(turn[name] for turn in turns) for name in measured}


def _rows(case: str, points: int, times: Mapping[str, float]) -> Iterator[Row]:
    first = next(iter(times.values()))
    for name, seconds in times.items():
        yield Row(case, name, "", points, seconds / points * 1e9, seconds / first)


def _wall(comparison: Comparison, workers: Workers) -> float:
    began = time.perf_counter()
    sweeping.run([comparison], workers)
    return time.perf_counter() - began
