"""What candidates are held to: the C# pair on each runtime, the port, or anything else that was named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.conformance.calling import Answers, call
from sigmoid_parity.conformance.comparison import Comparison, compare
from sigmoid_parity.conformance.points import Points
from sigmoid_parity.conformance.report import Failure
from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.implementations.candidates import Candidate, Floats


class Original(Protocol):
    """Something that candidates are held to."""

    @property
    def name(self) -> str:
        """What results call it."""

    @property
    def is_pair(self) -> bool:
        """Whether it is the C# pair, or the port, which has its bits."""

    def has(self, function: str) -> bool:
        """Tell whether it has a function."""

    def compute(self, function: str, inputs: Floats) -> Floats:
        """Compute what a function that it has is expected to give.

        :param inputs: of the candidate's format, shape (n,).
        :returns: of that format and shape, a result of a wider format being rounded once, masked where there is none.
        :raises HostError: it failed.
        """


class Originals:
    """All that candidates are held to.

    :ivar failures: what could not be run; it is not asked again.
    """

    def __init__(self) -> None:
        """Hold candidates to nothing yet."""
        self._originals: list[Original] = []
        self.failures: list[Failure] = []

    def add(self, originals: Sequence[Original]) -> None:
        """Hold candidates to these too."""
        self._originals.extend(originals)

    @property
    def are_pair(self) -> bool:
        """Whether all are the C# pair, or its port."""
        return all(original.is_pair for original in self._originals)

    def check(self, functions: Sequence[str]) -> None:
        """Make sure that there is an original of each function.

        :raises UsageError: there is none.
        """
        for function in functions:
            if not any(original.has(function) for original in self._originals):
                there = ", ".join(self.names)
                raise UsageError(f"{there} has no {function}; hold it to something that has, such as --against port")

    @property
    def names(self) -> list[str]:
        """The names of those that run."""
        return [original.name for original in self._originals]

    def compare(self, function: str, at: Points, answers: Answers) -> tuple[Comparison, ...]:
        """Compare a candidate with each original that has the function.

        :param function: as which the candidate is judged.
        :param at: the points.
        :param answers: what the candidate gave there.
        """
        inputs = at.argument(function)
        with ThreadPoolExecutor() as pool:  # Each runtime starts with its first call, and takes its time.
            having = [one for one in self._originals if one.has(function)]
            computed = [(one, pool.submit(one.compute, function, inputs)) for one in having]
        return tuple(self._compared(computed, function, at, answers))

    def _compared(
        self, computed: Sequence[tuple[Original, Future[Floats]]], function: str, at: Points, answers: Answers
    ) -> Iterator[Comparison]:
        for original, future in computed:
            try:
                expected = future.result()
            except HostError as error:
                self._originals.remove(original)
                self.failures.append(Failure.of(error, f"the original {original.name}", original.name))
            else:
                yield compare(function, original.name, original.is_pair, at, answers, expected)


class Given:
    """The C# pair on a runtime, or the port: its binary64 results, rounded once."""

    def __init__(self, implementation: Implementation, is_pair: bool = True) -> None:
        """Hold candidates to an implementation.

        :param is_pair: whether it is the C# pair, or the port.
        """
        self.is_pair = is_pair
        self._implementation = implementation
        self._known: dict[tuple[str, bytes], Floats] = {}

    @property
    def name(self) -> str:
        """The implementation's name."""
        return self._implementation.name

    def has(self, function: str) -> bool:
        """Tell whether it has a function."""
        return function in self._implementation.functions

    def compute(self, function: str, inputs: Floats) -> Floats:
        """Compute what a function is expected to give; see `Original`."""
        wide = inputs.astype(np.float64)
        key = function, wide.tobytes()
        if key not in self._known:
            self._known[key] = self._implementation.apply(function, wide)
        return formats.rounded(self._known[key], inputs.dtype)


class Named:
    """What was found in a target, each candidate as the function that it is."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, Candidate]]) -> None:
        """Hold candidates to others.

        :param name: as the target was named.
        :param candidates: each with the function that it is a form of.
        """
        self._candidates = candidates
        self._name = name

    @property
    def name(self) -> str:
        """As the target was named."""
        return self._name

    is_pair = False

    def has(self, function: str) -> bool:
        """Tell whether it has a function."""
        return any(name == function for name, _ in self._candidates)

    def compute(self, function: str, inputs: Floats) -> Floats:
        """Compute what a function is expected to give; see `Original`. One of the same format is asked, if there is."""
        fitting = [candidate for name, candidate in self._candidates if name == function]
        candidate = next((one for one in fitting if one.dtype == inputs.dtype), fitting[0])
        answers = call(candidate, [formats.rounded(inputs, candidate.dtype)])
        return np.ma.array(formats.rounded(answers.results, inputs.dtype), mask=~answers.given)
