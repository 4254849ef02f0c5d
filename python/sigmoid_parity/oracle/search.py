"""Inputs whose exponential is hard to round: nearest to a midpoint of two doubles among a seeded million.

Two implementations of exp that are both accurate to half an ULP and a bit differ, if anywhere, there.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from sigmoid_parity.oracle import exact
from sigmoid_parity.oracle.inputs import SEED, Input

SAMPLES: Final = 1_000_000
KEPT: Final = 64
_SPAN: Final = 40.0
_REPORT_EVERY: Final = 10_000


def hard_to_round(
    samples: int = SAMPLES, kept: int = KEPT, progress: Callable[[int], None] = lambda _: None
) -> list[Input]:
    """Search for the inputs x in [-40, 40) whose exp(-x) is nearest to a rounding boundary.

    :param samples: how many seeded inputs to try.
    :param kept: how many to keep.
    :param progress: called now and then with the number tried so far.
    :returns: the inputs, hardest first.
    """
    nearest = heapq.nsmallest(kept, _distances(samples, progress))
    return [Input(f"hard-exp-{rank:02}", x, ("hard-exp",)) for rank, (_, x) in enumerate(nearest)]


def _distances(samples: int, progress: Callable[[int], None]) -> Iterator[tuple[float, float]]:
    random = Random(SEED)
    for done in range(1, samples + 1):
        x = -_SPAN + 2.0 * _SPAN * (random.getrandbits(53) / 2**53)
        yield exact.rounding_distance(-x), x
        if done % _REPORT_EVERY == 0:
            progress(done)
