"""Has units computed by an executor of the standard library's kind: threads here, each with a process, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Final, Protocol

from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.runner import Done, Runner
from sigmoid_parity.sweep.units import Unit

_AHEAD: Final = 2  # Units a worker that wait, so that none is idle; more would only take memory.


class Workers(Protocol):
    """What computes the units of a comparison.

    :ivar count: how many there are.
    """

    count: int

    def run(self, comparison: Comparison, units: Iterable[Unit]) -> Generator[Done, None, None]:
        """Compute units, and yield them as they are ready, in any order.

        :raises HostError: a side cannot be loaded.
        """


class Local:
    """Workers of this machine: a thread each, with a process of its own.

    :ivar count: how many there are.
    """

    def __init__(self, count: int) -> None:
        """Prepare; nothing is started yet.

        :param count: how many.
        """
        self.count = count

    def run(self, comparison: Comparison, units: Iterable[Unit]) -> Generator[Done, None, None]:
        """See `Workers`."""
        # The runners are closed first: the pool waits for its threads, which wait for the processes.
        with ThreadPoolExecutor(self.count) as pool, _runners(comparison, self.count) as idle:

            def work(unit: Unit) -> Done:
                runner = idle.get()
                try:
                    return runner.run(unit)
                finally:
                    idle.put(runner)

            yield from drain(lambda unit: pool.submit(work, unit), units, self.count)


@contextmanager
def _runners(comparison: Comparison, count: int) -> Iterator[SimpleQueue[Runner]]:
    runners = [Runner(comparison) for _ in range(count)]
    idle: SimpleQueue[Runner] = SimpleQueue()
    for runner in runners:
        idle.put(runner)
    try:
        yield idle
    finally:
        for runner in runners:
            runner.close()


def drain(submit: Callable[[Unit], Future[Done]], units: Iterable[Unit], workers: int) -> Iterator[Done]:
    """Submit units to an executor, few of which wait at any time, and yield what is done."""
    waiting: set[Future[Done]] = set()
    try:
        for unit in units:
            waiting.add(submit(unit))
            while len(waiting) >= _AHEAD * workers:
                waiting = yield from _ready(waiting)
        while waiting:
            waiting = yield from _ready(waiting)
    finally:
        for future in waiting:
            future.cancel()


def _ready(waiting: set[Future[Done]]) -> Generator[Done, None, set[Future[Done]]]:
    done, rest = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield future.result()
    return rest
