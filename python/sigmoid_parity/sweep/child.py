"""A worker's process: makes points, computes both sides, and compares them, block by block.

Blocks are small enough to stay in the processor's cache where both sides are in this process.
"""

from __future__ import annotations

import os
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Final

import numpy as np

from sigmoid_parity.formats import Floats, rounded
from sigmoid_parity.implementations.hosting import child
from sigmoid_parity.implementations.hosting.memory import NO_ARRAYS, NOWHERE, Blocks
from sigmoid_parity.machine import provenance
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.counting import Counter
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.sides import Called, Compute, Place, Side

PARTS: Final = ("points", "expected", "actual", "compare")
"""What a unit consists of; the benchmark asks for some of them alone."""


class Session:
    """One comparison.

    :ivar ready: on what machine it is, for the parent.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        """Open both sides.

        :param setup: ``comparison``, pickled, as hex digits.
        :raises HostError: one of them cannot be loaded.
        """
        comparison: Comparison = pickle.loads(bytes.fromhex(setup["comparison"]))  # noqa: S301 - from our own parent
        if any(isinstance(side, Called) for side in (comparison.expected, comparison.actual)):
            os.chdir(comparison.folder)  # Elsewhere the folder is one where Mono may leave its report of a crash.
        self._domain, self._dtype, self._length = comparison.domain, comparison.dtype, comparison.block
        self._place, self._open_ones = Place(), ExitStack()
        # The process can host one runtime: a second one has a process of its own.
        hosted = isinstance(comparison.expected, Pair)
        sides = [("expected", comparison.expected, hosted), ("actual", comparison.actual, not hosted)]
        # Code under test last: it adds to where modules are looked for, and what ours import late must not be there.
        comparison.domain.points(0, 1)
        sides.sort(key=lambda one: isinstance(one[1], Called))
        self._compute = {name: self._open(comparison.function, side, inside) for name, side, inside in sides}
        self._apart = {name for name, side, _ in sides if side.apart}
        self._pool = ThreadPoolExecutor(len(sides))
        self.ready = {"machine": machine()}

    def answer(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Compare both sides at ``count`` points from ``first`` on; see `service.Session`.

        The number that it leaves in the shared memory says at which of the points it is: to the point for a block, and
        to the block for more.

        :param request: ``first``, ``count``, and optionally ``parts``, a choice of `PARTS`.
        :param memory: where it leaves the number.
        :returns: ``tally``, and how many seconds of this process's time it took.
        :raises HostError: a side failed.
        """
        first, count = request["first"], request["count"]
        parts = frozenset(request.get("parts", PARTS))
        shared = memory.block(*NO_ARRAYS).number
        single = count <= self._length
        self._place.move(shared if single else np.full(1, NOWHERE, np.int64))
        counter, began = Counter(self._dtype), time.thread_time()
        for start in range(first, first + count, self._length):
            if not single:
                shared[0] = start - first
            self._block(start, min(self._length, first + count - start), parts, counter)
        seconds = time.thread_time() - began
        return {"tally": counter.tally().to_json(), "seconds": seconds}

    def _block(self, start: int, count: int, parts: frozenset[str], counter: Counter) -> None:
        points = rounded(self._domain.points(start, count), self._dtype)
        results = self._results(points, parts)
        if "compare" in parts:
            counter.add(start, points, results["expected"], results["actual"])

    def _results(self, points: Floats, parts: frozenset[str]) -> dict[str, Floats]:
        """Compute the sides that are asked for; those with processes of their own compute meanwhile."""
        asked = [(name, compute) for name, compute in self._compute.items() if name in parts]
        elsewhere = {name: self._pool.submit(compute, points) for name, compute in asked if name in self._apart}
        try:
            results = {name: compute(points) for name, compute in asked if name not in self._apart}
        finally:
            for one in elsewhere.values():
                one.exception()  # Waits for it: a process takes one request at a time.
        return results | {name: one.result() for name, one in elsewhere.items()}

    def _open(self, function: str, side: Side, inside: bool) -> Compute:
        place = self._place if inside else None
        return self._open_ones.enter_context(side.open(function, self._dtype, self._length, place))


def machine() -> dict[str, str]:
    """Describe what results may depend on, as names and values in words."""
    return {"libm": provenance.libm(), "cpu": provenance.cpu(), "arrays": provenance.arrays()}


if __name__ == "__main__":
    child.main(Session)
