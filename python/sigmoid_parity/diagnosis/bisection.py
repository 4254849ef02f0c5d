"""The place where a condition on a function's values starts to hold: to the bit where the function can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.diagnosis.arithmetic import Arithmetic, Evaluator
from sigmoid_parity.diagnosis.catalogue import Bisected
from sigmoid_parity.diagnosis.observation import Observation

Floats = NDArray[np.floating[Any]]

_WIDTH: Final = 256  # Parts between the points that are asked for at once: eight bits of a place.
_AROUND: Final = 16
_LONGEST: Final = 17
_PLAIN: Final = Arithmetic("", {}, np.dtype(np.float64), np.dtype(np.float64))


@dataclass(frozen=True, slots=True)
class Place:
    """Two points next to each other, as far as is known, and what was found around them.

    :ivar inside: the last at which the condition does not hold, going away from 0.
    :ivar outside: the first at which it does.
    :ivar inputs: points around them.
    :ivar results: the function's values there.
    """

    inside: float
    outside: float
    inputs: Floats
    results: Floats


def boundary(found: Bisected, takes: str, observation: Observation, own: NDArray[np.bool_]) -> Place | None:
    """Find where a condition starts to hold, or return None where it holds nowhere, everywhere, or here and there.

    :param found: the condition, and on which side of 0.
    :param takes: the name of the argument.
    :param observation: of a function of one argument.
    :param own: the points to start from, finite.
    """
    sign = -1.0 if found.side == "below" else 1.0
    x = observation.inputs[0]
    outwards = np.flatnonzero(own & (sign * x > 0.0))
    outwards = outwards[np.argsort(np.abs(x[outwards]), kind="stable")]
    search = _Search(found, takes, observation, sign)
    first = _first(search.holds(x[outwards], observation.values[outwards]))
    if first is None:
        return None
    inside, outside = x[outwards[first - 1]], x[outwards[first]]
    return search.narrow(inside, outside) if observation.ask else search.guess(float(inside), float(outside))


def _first(holds: NDArray[np.bool_]) -> int | None:
    """Return the first index from which on all are true; None unless some are false before it and two are true."""
    false = np.flatnonzero(~holds)
    if not false.size or false[-1] + 2 >= holds.size:
        return None
    return int(false[-1]) + 1


@dataclass(frozen=True)
class _Search:
    found: Bisected
    takes: str
    observation: Observation
    sign: float

    def holds(self, x: Floats, v: Floats) -> NDArray[np.bool_]:
        names = {self.takes: x, "v": v, **self.observation.known(self.takes)}
        return np.broadcast_to(Evaluator(_PLAIN, names).condition(self.found.when), x.shape)

    def narrow(self, inside: Any, outside: Any) -> Place:
        low, high = self._place(inside), self._place(outside)
        while high - low > 1:
            places = np.array(sorted({low + (high - low) * part // _WIDTH for part in range(_WIDTH + 1)}), np.uint64)
            x = self._points(places)
            where = np.flatnonzero(self.holds(x, self._ask(x)))
            after = max(int(where[0]), 1) if where.size else len(places) - 1
            low, high = int(places[after - 1]), int(places[after])
        around = self._points(np.arange(max(low - _AROUND, 0), high + _AROUND, dtype=np.uint64))
        ends = self._points(np.array([low, high], np.uint64)).tolist()
        return Place(float(ends[0]), float(ends[1]), around, self._ask(around))

    def guess(self, inside: float, outside: float) -> Place:
        """Take the shortest decimal between two points, since nobody can be asked."""
        low, high = sorted((abs(inside), abs(outside)))
        middle = (low + high) / 2.0
        shortest = (float(f"{middle:.{digits}g}") for digits in range(1, _LONGEST + 1))
        chosen = next((one for one in shortest if low <= one <= high), middle)
        nothing = np.empty(0, self.observation.dtype)
        return Place(self.sign * low, self.sign * chosen, nothing, nothing)

    def _ask(self, x: Floats) -> Floats:
        if self.observation.ask is None:  # pragma: no cover - only narrow asks
            raise AssertionError
        return np.asarray(np.ma.getdata(self.observation.ask(x)))

    def _place(self, value: Any) -> int:
        size = self.observation.dtype.itemsize
        return int(np.abs(np.asarray(value, self.observation.dtype)).view(f"u{size}"))

    def _points(self, places: NDArray[np.uint64]) -> Floats:
        dtype = self.observation.dtype
        magnitudes = np.ascontiguousarray(places.astype(f"u{dtype.itemsize}")).view(dtype)
        return np.asarray(-magnitudes if self.sign < 0 else magnitudes)
