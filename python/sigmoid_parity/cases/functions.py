"""A function's cases, from a YAML file to arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, functions, resources
from sigmoid_parity.cases import schema
from sigmoid_parity.errors import FixtureError

FUNCTIONS: Final = tuple(functions.FUNCTIONS)
"""The functions that have fixtures; each has a file of its name."""


class Flagged(Protocol):
    """What every kind of case has: an id, and flags."""

    @property
    def id(self) -> str:
        """A permanent, unique slug."""

    @property
    def flags(self) -> Sequence[str]:
        """What the case shows."""


@dataclass(frozen=True, slots=True)
class Case:
    """One argument and what is expected of it.

    :ivar id: a permanent, unique slug.
    :ivar input: the argument.
    :ivar formula: the documented formula, every operation rounded once.
    :ivar exact: the true value, rounded once.
    :ivar leftover: true value - ``exact``, in ULP of ``exact``; a decimal of four digits.
    :ivar flags: what the case shows; each is explained at the head of its file.
    :ivar note: what a reader should know of this case alone, or None.
    :ivar amplification: how many ULP of the result one ULP on the way to it may become; 1 where the file has none.
    """

    id: str
    input: float
    formula: float
    exact: float
    leftover: str
    flags: tuple[str, ...]
    note: str | None = None
    amplification: int = 1


@dataclass(frozen=True)
class Fixture:
    """The cases of one function.

    :ivar file: the file's name.
    :ivar function: which function, by its name in Python.
    :ivar argument: what the argument means.
    :ivar text: the documented formula.
    :ivar cases: at least one.
    """

    file: str
    function: str
    argument: str
    text: str
    cases: Sequence[Case]

    @cached_property
    def inputs(self) -> NDArray[np.float64]:
        """The arguments, float64 of shape (cases,)."""
        return np.array([case.input for case in self.cases], np.float64)

    @cached_property
    def formula(self) -> NDArray[np.float64]:
        """The documented formula's values, float64 of shape (cases,)."""
        return np.array([case.formula for case in self.cases], np.float64)

    @cached_property
    def exact(self) -> NDArray[np.float64]:
        """The true values, rounded once; float64 of shape (cases,)."""
        return np.array([case.exact for case in self.cases], np.float64)

    @cached_property
    def amplifications(self) -> NDArray[np.uint64]:
        """How many ULP of each result one ULP on the way to it may become; uint64 of shape (cases,)."""
        return np.array([case.amplification for case in self.cases], np.uint64)

    def flagged(self, flag: str) -> NDArray[np.bool_]:
        """Mark the cases that carry a flag; bool of shape (cases,)."""
        return np.array([flag in case.flags for case in self.cases], np.bool_)


def load(path: Path, content: dict[str, Any] | None = None) -> Fixture:
    """Read a fixture file, refusing whatever is not exactly of the format.

    :param path: the file.
    :param content: what stands in it, where it is already read.
    :raises FixtureError: names the file, the case and the field.
    """
    content = schema.read(path, "function", "this file holds no cases; a fixture names its function", content)
    cases = [_case(path.name, entry) for entry in content["cases"]]
    check(path.name, cases, content["flags"])
    return Fixture(path.name, content["function"], content["argument"], content["formula"], cases)


def load_all(
    folder: Path | None = None,
    functions: Sequence[str] = FUNCTIONS,
    contents: Mapping[str, dict[str, Any]] | None = None,
) -> Iterator[Fixture]:
    """Read the fixture files of some functions.

    :param folder: where they are; the package's own fixtures by default.
    :param functions: of `FUNCTIONS`, in the order in which they are read.
    :param contents: what stands in the files that are already read, by their names.
    :raises FixtureError: names the file, the case and the field.
    """
    folder = resources.fixtures_dir() if folder is None else folder
    own = folder == resources.fixtures_dir() and contents is None
    for function in functions:
        path = folder / f"{function}.yaml"
        fixture = _load_own(path) if own else load(path, (contents or {}).get(path.name))
        if fixture.function != function:
            raise FixtureError(
                fixture.file, f"is {fixture.function!r}, which belongs in {fixture.function}.yaml", field="function"
            )
        yield fixture


@cache
def _load_own(path: Path) -> Fixture:
    # Reading a file takes longer than most that is done with it, and the package's own do not change.
    return load(path)


def _case(file: str, entry: dict[str, Any]) -> Case:
    return Case(
        id=entry["id"],
        input=number(file, entry, "input"),
        formula=number(file, entry, "formula"),
        exact=number(file, entry, "exact"),
        leftover=entry["leftover_ulp"],
        flags=tuple(entry["flags"]),
        note=entry.get("note"),
        amplification=entry.get("amplification", 1),
    )


def number(file: str, entry: dict[str, Any], field: str) -> float:
    """Read a case's field, which has its bits beside it.

    :raises FixtureError: names the file, the case and the field.
    """
    try:
        return floats.parse_pair(entry[field], entry[f"{field}_bits"])
    except ValueError as error:
        raise FixtureError(file, str(error), case=entry["id"], field=field) from None


def check(file: str, cases: Sequence[Flagged], known: Collection[str]) -> None:
    """Make sure that ids are unique and flags explained.

    :param file: the file's name, for the message.
    :param cases: its cases.
    :param known: the flags that its head explains.
    :raises FixtureError: names the file, the case and the field.
    """
    schema.check_unique(file, (case.id for case in cases), "an id names one case for good")
    for case in cases:
        for flag in case.flags:
            if flag not in known:
                raise FixtureError(
                    file, f"{flag!r} is not explained at the head of the file", case=case.id, field="flags"
                )
