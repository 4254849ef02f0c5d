"""The cases of the portable exp: ``fixtures/portable.yaml``, its constants, and what each step gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.functions import check, number
from sigmoid_parity.errors import FixtureError

FILE: Final = "portable.yaml"


@dataclass(frozen=True, slots=True)
class PortableCase:
    """An input, and what the steps from it to the result give.

    :ivar id: a permanent, unique slug.
    :ivar input: the sigmoid's argument; that of exp is its negative.
    :ivar steps: the fast phase, each operation rounded once; none where it is not used.
    :ivar decided_by: ``"sum"``, ``"result"`` or ``"integers"``.
    :ivar exp: exp of the negative input, rounded once.
    :ivar formula: the sigmoid, every operation rounded once.
    :ivar exact: the true sigmoid, rounded once.
    :ivar flags: what the case shows.
    """

    id: str
    input: float
    steps: Mapping[str, float]
    decided_by: str
    exp: float
    formula: float
    exact: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portable:
    """What the file holds.

    :ivar cases: at least one.
    :ivar constants: the integers of each constant, by its name.
    :ivar bits: by how many bits each constant is to be shifted, by its name.
    """

    cases: Sequence[PortableCase]
    constants: Mapping[str, Sequence[int]]
    bits: Mapping[str, int]


def load_portable(path: Path | None = None, content: dict[str, Any] | None = None) -> Portable:
    """Read the cases of the portable exp, refusing whatever is not exactly of the format.

    :param path: the file; the package's own by default.
    :param content: what stands in it, where it is already read.
    :raises FixtureError: names the file, the case and the field.
    """
    path = resources.fixtures_dir() / FILE if path is None else path
    content = schema.read(path, "portable_cases", "this file holds no cases of the portable exp", content)
    cases = [_case(path.name, entry) for entry in content["portable_cases"]]
    check(path.name, cases, content["flags"])
    constants = {entry["name"]: entry for entry in content["constants"]}
    schema.check_unique(path.name, (entry["name"] for entry in content["constants"]), "a constant has one name")
    return Portable(
        cases,
        {name: entry.get("integers") or [int(entry["hex"], 16)] for name, entry in constants.items()},
        {name: entry["bits"] for name, entry in constants.items()},
    )


def _case(file: str, entry: dict[str, Any]) -> PortableCase:
    return PortableCase(
        id=entry["id"],
        input=number(file, entry, "input"),
        steps={name: _step(file, entry["id"], name, pair) for name, pair in entry.get("steps", {}).items()},
        decided_by=entry["decided_by"],
        exp=number(file, entry, "exp"),
        formula=number(file, entry, "formula"),
        exact=number(file, entry, "exact"),
        flags=tuple(entry["flags"]),
    )


def _step(file: str, case: str, name: str, pair: Sequence[str]) -> float:
    try:
        return floats.parse_pair(*pair)
    except ValueError as error:
        raise FixtureError(file, str(error), case=case, field=f"steps.{name}") from None
