"""Read the catalogue of conventions: ``fixtures/conventions.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import schema
from sigmoid_parity.diagnosis import expressions
from sigmoid_parity.diagnosis.arithmetic import FORMATS, OWN, Arithmetic, Ending
from sigmoid_parity.diagnosis.catalogue import (
    Bisected,
    Catalogue,
    Convention,
    Fingerprint,
    Form,
    Parameter,
    Solved,
)
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.notation import Node


def load(path: Path | None = None) -> Catalogue:
    """Read the catalogue.

    :param path: the file; the package's own by default, which is read once.
    :raises FixtureError: another form, an expression that does not parse, an unknown name, an id that stands twice.
    """
    return _own() if path is None else _load(path)


@cache
def _own() -> Catalogue:
    return _load(resources.fixtures_dir() / "conventions.yaml")


def _load(path: Path) -> Catalogue:
    content = schema.read(path, "conventions", "this file holds no conventions")
    for field in ("arithmetics", "conventions", "libraries"):
        schema.check_unique(path.name, (one["id"] for one in content[field]), "an id names one thing for good")
    arithmetics = {one["id"]: _arithmetic(one) for one in content["arithmetics"]}
    conventions = [_Reader(path.name, one, arithmetics).read() for one in content["conventions"]]
    return Catalogue(tuple(conventions), tuple(arithmetics.values()), tuple(_fingerprints(path.name, content)))


def _arithmetic(entry: Mapping[str, Any]) -> Arithmetic:
    formats = {
        field: FORMATS[entry[field]] if field in entry else None
        for field in ("operations", "functions", "argument", "result")
    }
    flush, ending = entry.get("subnormals") == "flushed", _ending(entry)
    return Arithmetic(entry["id"], entry["title"], flush=flush, ending=ending, **formats)  # type: ignore[arg-type]


def _ending(entry: Mapping[str, Any]) -> Ending | None:
    ending = entry.get("ending")
    if ending is None:
        return None
    return Ending(
        rounding=ending.get("rounding", "nearest"),
        saturates=ending.get("overflow") == "saturated",
        flushes=ending.get("subnormals") == "flushed",
        own=entry["operations"] == OWN,
        along=ending["along"],
        change=ending["change"],
    )


def _fingerprints(file: str, content: Mapping[str, Any]) -> list[Fingerprint]:
    inputs = _doubles(content["fingerprint"]["inputs"])
    for one in content["libraries"]:
        if len(one["exp"]) != len(inputs):
            problem = f"has {len(one['exp'])} results; there are {len(inputs)} inputs"
            raise FixtureError(file, problem, case=one["id"], field="exp")
    order = np.argsort(inputs, kind="stable")
    return [
        Fingerprint(one["id"], one["title"], inputs[order], _doubles(one["exp"])[order]) for one in content["libraries"]
    ]


def _doubles(encodings: Sequence[str]) -> NDArray[np.float64]:
    return floats.from_bits(np.array([int(one, 16) for one in encodings], np.uint64))


@dataclass(frozen=True)
class _Reader:
    file: str
    entry: Mapping[str, Any]
    arithmetics: Mapping[str, Arithmetic]

    def read(self) -> Convention:
        entry = self.entry
        return Convention(
            id=entry["id"],
            function=entry.get("function"),
            takes=entry["takes"],
            forms=self._forms(),
            arithmetics=tuple(self._arithmetics()),
            parameter=self._parameter(),
            title=entry["title"],
            met=entry["met"],
            change=entry["change"],
        )

    def _arithmetics(self) -> Iterator[Arithmetic]:
        """List those that are named, and those that go along with one of them."""
        named = self.entry["arithmetic"]
        yield from map(self._arithmetic, named)
        yield from (one for one in self.arithmetics.values() if one.ending is not None and one.ending.along in named)

    def _arithmetic(self, name: str) -> Arithmetic:
        if name not in self.arithmetics:
            problem = f"{name!r} is no arithmetic of this file; there are {', '.join(self.arithmetics)}"
            raise FixtureError(self.file, problem, case=self.entry["id"], field="arithmetic")
        return self.arithmetics[name]

    def _names(self) -> set[str]:
        return {"x", "y"} if self.entry["takes"] == "both" else {self.entry["takes"]}

    def _forms(self) -> tuple[Form, ...]:
        parameter = self.entry.get("parameter")
        names = self._names() | ({parameter["name"]} if parameter else set())
        where: dict[str, Node] = {}
        whole: dict[str, Node] = {}
        for name, text in self.entry.get("where", {}).items():
            if name in names:
                raise FixtureError(self.file, f"{name!r} means something already", case=self.entry["id"], field="where")
            where[name] = self._parse(expressions.formula, text, names | whole.keys(), "where")
            whole[name] = expressions.put(where[name], whole)
        written = [
            self._parse(expressions.formula, text, names | whole.keys(), "forms") for text in self.entry["forms"]
        ]
        return tuple(Form(expressions.put(one, whole), one, where) for one in written)

    def _parse(self, parse: Any, text: str, names: set[str], field: str) -> Node:
        try:
            return parse(text, names)  # type: ignore[no-any-return]
        except ValueError as error:
            raise FixtureError(self.file, str(error), case=self.entry["id"], field=field) from None

    def _parameter(self) -> Parameter | None:
        entry = self.entry.get("parameter")
        if entry is None:
            return None
        names = self._names() | {"v", "first", "last", "middle"}
        value = self._parse(expressions.formula, entry["estimate"], names, "parameter.estimate")
        condition = "at" if "at" in entry else "from"
        holds = self._parse(expressions.condition, entry[condition], names, f"parameter.{condition}")
        found = Solved(value, holds) if condition == "at" else Bisected(holds, entry["side"], value)
        return Parameter(entry["name"], found)
