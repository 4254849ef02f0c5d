"""A candidate's results beside an original's, and how many of them are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.conformance.calling import Answers
from sigmoid_parity.conformance.points import Points
from sigmoid_parity.implementations.candidates import Floats


@dataclass(frozen=True, slots=True)
class Tally:
    """How many points were compared, and at how many of them two results are not the same, NaN being a class.

    :ivar cases: how many cases of the fixtures.
    :ivar samples: how many further points.
    :ivar cases_differ: how many of the cases differ.
    :ivar samples_differ: how many of the further points.
    """

    cases: int
    samples: int
    cases_differ: int
    samples_differ: int

    @property
    def differ(self) -> int:
        """How many points differ in all."""
        return self.cases_differ + self.samples_differ


@dataclass(frozen=True, slots=True)
class Comparison:
    """A candidate's results beside an original's.

    :ivar function: as which the original was asked.
    :ivar against: the original's name.
    :ivar is_pair: whether the original is the C# pair, or its port.
    :ivar inputs: the points at which both have a result, shape (n,); cases first, then samples.
    :ivar expected: the original's results.
    :ivar actual: the candidate's.
    :ivar steps: their distances, in ULP of the format.
    :ivar is_case: which of the points are cases of the fixtures.
    """

    function: str
    against: str
    is_pair: bool
    inputs: Floats
    expected: Floats
    actual: Floats
    steps: NDArray[np.uint64]
    is_case: NDArray[np.bool_]

    @property
    def tally(self) -> Tally:
        """At how many points the results differ."""
        return tally(self.steps, self.is_case)

    @property
    def differ(self) -> int:
        """At how many points, cases or not, the results differ."""
        return int(np.count_nonzero(self.steps))

    @property
    def max_ulp(self) -> int:
        """The largest distance, in ULP; `floats.INCOMPARABLE` where none applies."""
        return int(self.steps.max(initial=np.uint64(0)))

    @property
    def worst(self) -> int:
        """The place of the first of the points with the largest distance."""
        return int(self.steps.argmax())


def compare(
    function: str, against: str, is_pair: bool, points: Points, answers: Answers, expected: Floats
) -> Comparison:
    """Compare what a candidate gave with what an original gave, wherever both did.

    :param function: as which the original was asked.
    :param against: the original's name.
    :param is_pair: whether the original is the C# pair, or its port.
    :param points: at which.
    :param answers: the candidate's.
    :param expected: the original's, for all the points; masked where it gave none.
    """
    chosen = points.of(function) & answers.given & ~np.ma.getmaskarray(expected)
    inputs, is_case = points.argument(function)[chosen], points.is_case[chosen]
    left, right = np.ma.getdata(expected)[chosen], answers.results[chosen]
    return Comparison(function, against, is_pair, inputs, left, right, floats.distance(left, right), is_case)


def tally(steps: NDArray[np.uint64], is_case: NDArray[np.bool_]) -> Tally:
    """Count the points that differ.

    :param steps: the distances, in ULP.
    :param is_case: which of the points are cases of the fixtures.
    """
    differs = steps > 0
    counts = (is_case, ~is_case, is_case & differs, ~is_case & differs)
    return Tally(*(int(np.count_nonzero(chosen)) for chosen in counts))
