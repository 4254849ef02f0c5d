"""What differs between implementations: by kind, where several differ in the same way once; and case by case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import Case, Fixture
from sigmoid_parity.compare.comparison import Outcome, Report, Result
from sigmoid_parity.diagnosis.differences import Argument, Differences, Kind, differences
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role

Doubles = NDArray[np.float64]
_T = TypeVar("_T")

_ARGUMENTS: Final[dict[str, Argument]] = {"x": "x", "y": "y"}


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """Two groups of implementations, each with the same bits, and how the one differs from the other.

    :ivar fixture: the function's cases.
    :ivar names: of the implementations of each group, the one with the expected results first.
    :ivar whole: whether the first group is all the C# there is, and the second all of the port.
    :ivar values: the results of each group, float64 of shape (cases,).
    :ivar found: how they differ.
    """

    fixture: Fixture
    names: tuple[tuple[str, ...], tuple[str, ...]]
    whole: tuple[bool, bool]
    values: tuple[Doubles, Doubles]
    found: Differences

    @property
    def function(self) -> str:
        """The function's name."""
        return self.fixture.function


@dataclass(frozen=True, slots=True)
class Differing:
    """A case in which something differs by more than it may.

    :ivar function: the function's name.
    :ivar case: the case.
    :ivar kinds: how the implementations differ there; none where only the expected values are too far.
    :ivar steps: the largest distance of two implementations, in ULP.
    :ivar results: each result, with the names of the implementations that have it.
    """

    function: str
    case: Case
    kinds: tuple[Kind, ...]
    steps: int
    results: tuple[tuple[tuple[str, ...], float], ...]


def argument(fixture: Fixture) -> Argument | None:
    """Return what a fixture's inputs are: the sigmoid's input, its output, or neither."""
    return _ARGUMENTS.get(fixture.argument.partition(":")[0])


def contrasts(report: Report) -> list[Contrast]:
    """Find how implementations differ, in the order of the functions; nothing where all have the same bits."""
    return [contrast for outcome in report.outcomes for contrast in _contrasts(outcome, report)]


def elementary(found: list[Contrast]) -> list[Contrast]:
    """Leave out the functions that are composed of others, if any of those others differ: theirs is the cause."""
    single = [one for one in found if one.function in FUNCTIONS and len(FUNCTIONS[one.function].methods) == 1]
    return single or found


def composed(found: list[Contrast]) -> list[str]:
    """Name the functions that `elementary` leaves out, each once."""
    causes = {one.function for one in elementary(found)}
    return list(dict.fromkeys(one.function for one in found if one.function not in causes))


def cases(report: Report) -> Iterator[Differing]:
    """Yield every case in which something differs by more than it may, function by function."""
    found = contrasts(report)
    for outcome in report.outcomes:
        of = [contrast for contrast in found if contrast.fixture is outcome.fixture]
        beyond = [result.beyond for result in report.results if result.function == outcome.fixture.function]
        for place in np.flatnonzero(np.any(beyond, axis=0)) if beyond else ():
            yield _differing(outcome, of, int(place))


def _contrasts(outcome: Outcome, report: Report) -> Iterator[Contrast]:
    fixture, outputs = outcome.fixture, outcome.outputs
    of = [result for result in report.parity if result.function == fixture.function]
    groups: dict[tuple[bytes, bytes], list[Result]] = {}
    for result in of:
        if result.differ:
            sides = outputs[result.against], outputs[result.implementation]
            groups.setdefault((_bits(sides[0]), _bits(sides[1])), []).append(result)
    for results in groups.values():
        names = _unique(one.against for one in results), _unique(one.implementation for one in results)
        expected, actual = outputs[names[0][0]], outputs[names[1][0]]
        found = differences(
            fixture.inputs,
            expected,
            actual,
            argument=argument(fixture),
            exact=fixture.exact,
            amplifications=fixture.amplifications,
        )
        ports = {one.implementation for one in of if one.role is Role.PORT}
        originals = {one.against for one in of if one.implementation in ports}
        whole = set(names[0]) == originals, set(names[1]) == ports
        yield Contrast(fixture, names, whole, (expected, actual), found)


def _differing(outcome: Outcome, of: list[Contrast], place: int) -> Differing:
    results: dict[str, tuple[list[str], float]] = {}
    for name, values in outcome.outputs.items():
        value = float(values[place])
        results.setdefault(floats.hexadecimal(value), ([], value))[0].append(name)
    fixture = outcome.fixture
    return Differing(
        fixture.function,
        fixture.cases[place],
        _unique(kind.kind for one in of for kind in one.found.kinds if place in kind.places),
        max((int(one.found.steps[place]) for one in of), default=0),
        tuple((tuple(names), value) for names, value in results.values()),
    )


def _bits(values: Doubles) -> bytes:
    """Return the encodings of results, every NaN the same."""
    return np.where(np.isnan(values), np.nan, values).tobytes()


def _unique(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
