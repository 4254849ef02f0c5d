"""Call a candidate at many points, of which some may make it throw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Candidate, Floats

_CALLS: Final = 400
"""How often a candidate that throws is called, to find where it does."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a candidate gave.

    :ivar results: of the candidate's format, shape (n,); anything where it gave none.
    :ivar skipped: where it said that it cannot represent the argument or the result.
    :ivar threw: where it threw instead, or was not asked, for it threw on both sides and between.
    :ivar error: the first thing that it threw, or None.
    """

    results: Floats
    skipped: NDArray[np.bool_]
    threw: NDArray[np.bool_]
    error: HostError | None = None

    @property
    def given(self) -> NDArray[np.bool_]:
        """Where it gave a result."""
        return ~(self.skipped | self.threw)


def call(candidate: Candidate, arguments: Sequence[Floats]) -> Answers:
    """Call a candidate at all points, and where it throws, at the others.

    What throws at a few inputs, such as ``math.exp`` below -709.78, has results at all others: those are found by
    halving the points, in the order of the first argument.

    :param arguments: an array for each argument, of shape (n,).
    :raises HostError: it crashed or hung, or throws everywhere.
    """
    return _Caller(candidate, arguments).run()


class _Caller:
    def __init__(self, candidate: Candidate, arguments: Sequence[Floats]) -> None:
        self._candidate = candidate
        self._arguments = arguments
        self._calls = _CALLS
        shape = arguments[0].shape
        self._results = np.zeros(shape, candidate.dtype)
        self._skipped = np.zeros(shape, np.bool_)
        self._given = np.zeros(shape, np.bool_)
        self._threw = np.zeros(shape, np.bool_)
        self._error: HostError | None = None

    def run(self) -> Answers:
        self._part(np.argsort(self._arguments[0], kind="stable"))
        if self._error is not None and self._threw.all():
            raise self._error
        return Answers(self._results, self._skipped, self._threw, self._error)

    def _part(self, chosen: NDArray[np.intp]) -> None:
        if self._succeeds(chosen):
            return
        probes = np.unique([0, chosen.size // 2, chosen.size - 1])
        asked = chosen.size > 1 and self._calls > 0 and [self._succeeds(chosen[[probe]]) for probe in probes]
        if chosen.size <= probes.size or not asked or not any(asked):
            self._threw[chosen] = ~self._given[chosen]
            return
        middle = chosen.size // 2
        self._part(chosen[:middle])
        self._part(chosen[middle:])

    def _succeeds(self, chosen: NDArray[np.intp]) -> bool:
        self._calls -= 1
        try:
            found = self._candidate.compute(*(argument[chosen] for argument in self._arguments))
        except HostError as error:
            if error.kind != "throw":
                raise
            self._error = self._error or error
            return False
        self._results[chosen] = np.ma.getdata(found)
        self._skipped[chosen] = np.ma.getmaskarray(found)
        self._given[chosen] = True
        return True
