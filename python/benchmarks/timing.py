"""Time calls side by side: in turn, round after round, so that a machine that drifts drifts for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Final

Call = Callable[[], object]

ROUNDS: Final = 15
"""How often each call has its turn; an odd number has a middle."""

_TURN: Final = 500e-6  # Seconds that a turn should last at least; a short call is repeated within it.


def in_turn(calls: Mapping[str, Call], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Time calls in turn.

    :param calls: what to time, by name.
    :param rounds: how many turns each call has.
    :returns: seconds per call of each turn, by name; the n-th turns of all are neighbours in time.
    """
    repeats = {name: _repeats(call) for name, call in calls.items()}
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(_time(call, repeats[name]))
    return times


def ratio(times: Sequence[float], reference: Sequence[float]) -> float:
    """Return the median of the ratios, turn by turn: how many times as long as the reference."""
    return median(one / other for one, other in zip(times, reference, strict=True))


def _repeats(call: Call) -> int:
    call()  # What only the first call does is not timed.
    return max(1, round(_TURN / max(_time(call, 1), 1e-9)))


def _time(call: Call, repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats
