"""Compare implementations on exercises: with one another (parity), and with the expected values (accuracy).

It computes and prints nothing; what it finds is data. Parity is 0 ULP by definition. Every comparison with expected
values has a bound in ``fixtures/limits.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import PARITY, Fixture, Kind, Limit, Limits
from sigmoid_parity.compare.exercises import Exercise
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations import Implementation, Role
from sigmoid_parity.progress import Progress, silent

Verdict = Literal["agree", "differ", "error"]
Doubles = NDArray[np.float64]

_BELOW_ONE_ULP: Final = 0.5  # So that a distance can be divided by a bound of 0.


@dataclass(frozen=True, slots=True)
class Worst:
    """The case of a comparison with the largest distance, measured by its bound.

    :ivar id: the case's id.
    :ivar input: its argument.
    :ivar expected: the value it was compared with.
    :ivar actual: the implementation's value.
    """

    id: str
    input: float
    expected: float
    actual: float


@dataclass(frozen=True, slots=True)
class Result:
    """A comparison of an implementation with another one, or with an expected value, over some cases.

    :ivar function: the function's name.
    :ivar implementation: whose results.
    :ivar role: what the implementation is.
    :ivar against: with what: another implementation's name, ``"formula"`` or ``"exact"``.
    :ivar kind: parity, or the accuracy against one of the expected values.
    :ivar flag: over the cases with this flag, or, where None, over those that no flag's bound takes.
    :ivar cases: how many.
    :ivar differ: how many of them are not the same (bits, or both NaN).
    :ivar max_ulp: the distance of the worst case, in ULP; `floats.INCOMPARABLE` where none applies.
    :ivar limit_ulp: the largest that passes there.
    :ivar worst: the first case with the largest distance, measured by its bound, or None where none differs.
    :ivar beyond: which of the function's cases are beyond their bounds, in the order of its fixture.
    """

    function: str
    implementation: str
    role: Role
    against: str
    kind: Kind
    flag: str | None
    cases: int
    differ: int
    max_ulp: int
    limit_ulp: int
    worst: Worst | None
    beyond: NDArray[np.bool_] = field(compare=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether the largest distance is within the bound."""
        return self.max_ulp <= self.limit_ulp


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be run.

    :ivar runtime: the .NET runtime, or None where it is not one runtime's.
    :ivar functions: what could not be compared for it; none where nothing could.
    :ivar kind: ``"crash"``, ``"hang"``, ``"throw"``, ``"load"`` or ``"missing"``.
    :ivar problem: what happened, and what to do.
    """

    runtime: str | None
    functions: tuple[str, ...]
    kind: str
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the implementations computed for a function's cases.

    :ivar fixture: the cases.
    :ivar outputs: the results by the implementation's name, float64 of shape (cases,).
    """

    fixture: Fixture
    outputs: Mapping[str, Doubles]


@dataclass
class Report:
    """What was found: in the order of the exercises, parity before accuracy.

    :ivar results: the comparisons.
    :ivar outcomes: what was compared, an outcome a function.
    :ivar failures: what could not be run; one for each cause, however much it kept from being compared.
    :ivar widened: bounds that are wider than the package's own, in words.
    """

    results: list[Result] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    widened: list[str] = field(default_factory=list)

    @property
    def parity(self) -> list[Result]:
        """The comparisons of implementations with one another."""
        return [result for result in self.results if result.kind is Kind.PARITY]

    @property
    def failed(self) -> list[Result]:
        """The comparisons that are beyond their bounds."""
        return [result for result in self.results if not result.passed]

    @property
    def verdict(self) -> Verdict:
        """``error`` if anything could not run, else ``differ`` if any comparison failed, else ``agree``."""
        if self.failures or not self.parity:
            return "error"
        return "differ" if self.failed else "agree"

    @property
    def compared(self) -> int:
        """How many cases were compared with a C# class, each function's once."""
        return sum({result.function: result.cases for result in self.parity}.values())

    def extend(self, other: Report) -> None:
        """Take in what another comparison found."""
        self.results += other.results
        self.failures += other.failures

    def add(self, error: HostError, function: str) -> None:
        """Take in what kept a function from being compared: with what it kept before, if it is the same cause."""
        cause = (error.runtime, error.kind, error.problem)
        for index, known in enumerate(self.failures):
            if (known.runtime, known.kind, known.problem) == cause:
                self.failures[index] = replace(known, functions=(*known.functions, function))
                return
        self.failures.append(Failure(error.runtime, (function,), error.kind, error.problem))


def compare(
    exercises: Iterable[Exercise],
    implementations: Sequence[Implementation],
    limits: Limits,
    progress: Progress = silent,
) -> Report:
    """Run every implementation through every exercise and compare the results.

    Whatever is no original is compared with every original, the originals with one another, and all with the expected
    values.

    :param exercises: the cases, and how to run them.
    :param implementations: what to compare.
    :param limits: the bounds.
    :param progress: called with what is about to be done.
    :raises FixtureError: a comparison has no bound.
    """
    report = Report()
    for exercise in exercises:
        function = exercise.fixture.function
        outputs: dict[Implementation, Doubles] = {}
        for implementation in implementations:
            if exercise.needs <= implementation.functions:
                progress(f"{function}: {implementation.name}")
                try:
                    outputs[implementation] = exercise.run(implementation)
                except HostError as error:
                    report.add(error, function)
        report.results.extend(_results(exercise.fixture, outputs, limits))
        report.outcomes.append(Outcome(exercise.fixture, {one.name: found for one, found in outputs.items()}))
    return report


def _results(fixture: Fixture, outputs: Mapping[Implementation, Doubles], limits: Limits) -> Iterator[Result]:
    for one, other in _pairs(list(outputs)):
        yield _result(fixture, one, outputs[one], other.name, outputs[other], PARITY, np.ones(len(fixture.cases), bool))
    for kind, expected in ((Kind.FORMULA, fixture.formula), (Kind.EXACT, fixture.exact)):
        for one, found in outputs.items():
            for limit, chosen in _groups(fixture, limits.of(fixture.function, kind)):
                yield _result(fixture, one, found, kind.value, expected, limit, chosen)


def _pairs(implementations: Sequence[Implementation]) -> Iterator[tuple[Implementation, Implementation]]:
    originals = [one for one in implementations if one.role is Role.ORIGINAL]
    yield from product([one for one in implementations if one.role is not Role.ORIGINAL], originals)
    yield from combinations(originals, 2)


def _groups(fixture: Fixture, limits: Sequence[Limit]) -> Iterator[tuple[Limit, NDArray[np.bool_]]]:
    left = np.ones(len(fixture.cases), np.bool_)
    for limit in limits:
        chosen = left & fixture.flagged(limit.flag) if limit.flag is not None else left
        if chosen.any():
            yield limit, chosen
        left = left & ~chosen


def _result(
    fixture: Fixture,
    implementation: Implementation,
    found: Doubles,
    against: str,
    expected: Doubles,
    limit: Limit,
    chosen: NDArray[np.bool_],
) -> Result:
    steps = np.where(chosen, floats.distance(expected, found), np.uint64(0))
    bounds = limit.bounds(fixture.amplifications)
    worst = int((steps / np.maximum(bounds, _BELOW_ONE_ULP)).argmax())
    differ = int(np.count_nonzero(steps))
    return Result(
        function=fixture.function,
        implementation=implementation.name,
        role=implementation.role,
        against=against,
        kind=limit.kind,
        flag=limit.flag,
        cases=int(np.count_nonzero(chosen)),
        differ=differ,
        max_ulp=int(steps[worst]),
        limit_ulp=int(bounds[worst]),
        worst=_case(fixture, worst, float(expected[worst]), float(found[worst])) if differ else None,
        beyond=steps > bounds,
    )


def _case(fixture: Fixture, index: int, expected: float, actual: float) -> Worst:
    return Worst(fixture.cases[index].id, float(fixture.inputs[index]), expected, actual)
