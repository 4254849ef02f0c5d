"""Compare implementations on the fixtures: with one another (parity), and with the expected values (accuracy).

It computes and prints nothing; what it finds is data. Every comparison has a bound in ``fixtures/limits.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import Fixture, Limit, Limits
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.progress import Progress, silent

Verdict = Literal["agree", "differ", "error"]
_BELOW_ONE_ULP: Final = 0.5  # So that a distance can be divided by a bound of 0.
_Values = Mapping[str, NDArray[np.float64]]


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
    :ivar against: with what: another implementation's name, ``"formula"`` or ``"exact"``.
    :ivar flag: over the cases with this flag, or, where None, over those that no flag's bound takes.
    :ivar cases: how many.
    :ivar differ: how many of them are not the same (bits, or both NaN).
    :ivar max_ulp: the distance of the worst case, in ULP; `floats.INCOMPARABLE` where none applies.
    :ivar limit_ulp: the largest that passes there.
    :ivar worst: the first case with the largest distance, measured by its bound, or None where none differs.
    """

    function: str
    implementation: str
    against: str
    flag: str | None
    cases: int
    differ: int
    max_ulp: int
    limit_ulp: int
    worst: Worst | None

    @property
    def passed(self) -> bool:
        """Whether the largest distance is within the bound."""
        return self.max_ulp <= self.limit_ulp

    @property
    def is_parity(self) -> bool:
        """Whether this compares implementations with one another, and not with an expected value."""
        return self.against not in ("formula", "exact")


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be run.

    :ivar runtime: the .NET runtime, or None where it is not one runtime's.
    :ivar function: the function, or None where it is not one function's.
    :ivar kind: ``"crash"``, ``"hang"``, ``"throw"``, ``"load"`` or ``"missing"``.
    :ivar problem: what happened, and what to do.
    """

    runtime: str | None
    function: str | None
    kind: str
    problem: str


@dataclass
class Report:
    """What was found: in the order of the fixtures, parity before accuracy."""

    results: list[Result] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """``differ`` if any comparison failed, else ``error`` if anything could not run, else ``agree``."""
        if not all(result.passed for result in self.results):
            return "differ"
        return "error" if self.failures or not any(result.is_parity for result in self.results) else "agree"


def verify(
    fixtures: Iterable[Fixture],
    implementations: Sequence[Implementation],
    limits: Limits,
    progress: Progress = silent,
) -> Report:
    """Run every fixture through every implementation and compare the results.

    :param fixtures: the cases.
    :param implementations: what to compare; those whose name starts with ``dotnet-`` are the originals.
    :param limits: the bounds.
    :param progress: called with what is about to be done.
    :raises FixtureError: a comparison has no bound.
    """
    report = Report()
    for fixture in fixtures:
        outputs: dict[str, NDArray[np.float64]] = {}
        for implementation in implementations:
            if fixture.function in implementation.functions:
                progress(f"{fixture.function}: {implementation.name}")
                try:
                    outputs[implementation.name] = implementation.apply(fixture.function, fixture.inputs)
                except HostError as error:
                    report.failures.append(Failure(error.runtime, fixture.function, error.kind, error.problem))
        report.results.extend(_compare(fixture, outputs, limits))
    return report


def _compare(fixture: Fixture, outputs: _Values, limits: Limits) -> Iterator[Result]:
    values = {**outputs, "formula": fixture.formula, "exact": fixture.exact}
    for names in _pairs(list(outputs)):
        for limit, chosen in _groups(fixture, limits.of(fixture.function, *names)):
            if chosen.any():
                yield _result(fixture, names, limit, chosen, values)


def _pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    originals = [name for name in names if name.startswith("dotnet-")]
    ports = [name for name in names if name not in originals]
    yield from product(ports, originals)
    yield from combinations(originals, 2)
    yield from ((name, against) for against in ("formula", "exact") for name in names)


def _groups(fixture: Fixture, limits: Sequence[Limit]) -> Iterator[tuple[Limit, NDArray[np.bool_]]]:
    left = np.ones(len(fixture.cases), np.bool_)
    for limit in limits:
        chosen = left & fixture.flagged(limit.flag) if limit.flag is not None else left
        yield limit, chosen
        left = left & ~chosen


def _result(
    fixture: Fixture, names: tuple[str, str], limit: Limit, chosen: NDArray[np.bool_], values: _Values
) -> Result:
    name, against = names
    steps = np.where(chosen, floats.distance(values[against], values[name]), np.uint64(0))
    bounds = limit.bounds(fixture.amplifications)
    differ = int(np.count_nonzero(steps))
    worst = int((steps / np.maximum(bounds, _BELOW_ONE_ULP)).argmax())
    return Result(
        function=fixture.function,
        implementation=name,
        against=against,
        flag=limit.flag,
        cases=int(np.count_nonzero(chosen)),
        differ=differ,
        max_ulp=int(steps[worst]),
        limit_ulp=int(bounds[worst]),
        worst=_case(fixture, worst, float(values[against][worst]), float(values[name][worst])) if differ else None,
    )


def _case(fixture: Fixture, index: int, expected: float, actual: float) -> Worst:
    return Worst(fixture.cases[index].id, float(fixture.inputs[index]), expected, actual)
