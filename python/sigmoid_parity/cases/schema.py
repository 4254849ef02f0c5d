"""The closed schema of the fixture files: an unknown field or version is an error, not a surprise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import fastjsonschema

from sigmoid_parity import resources
from sigmoid_parity.cases import document
from sigmoid_parity.errors import FixtureError

VERSION: Final = 1
"""The version of the format that this package reads and writes."""

# Whose items have ids or keys.
_LISTS: Final = frozenset(
    [
        "cases",
        "layer_cases",
        "trainings",
        "portable_cases",
        "errata",
        "documents",
        "arithmetics",
        "conventions",
        "libraries",
        "languages",
        "readers",
    ]
)


def read(path: Path, field: str, absent: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    """Read a file of the format, which must be of the kind that has a field.

    :param path: the file.
    :param field: what only files of this kind have.
    :param absent: what to say where it is not there.
    :param content: what stands in the file, where it is already read.
    :raises FixtureError: it cannot be read, is not of the format, or is of another kind.
    """
    content = document.load(path) if content is None else content
    validate(path.name, content)
    if field not in content:
        raise FixtureError(path.name, absent, field=field)
    return content


def validate(file: str, content: dict[str, Any]) -> None:
    """Hold a file's content to ``fixtures/schema.json``.

    :param file: the file's name, for the message.
    :param content: the file's content.
    :raises FixtureError: an unknown version, an unknown or missing field, a value of another form.
    """
    version = content.get("schema_version")
    if version != VERSION or isinstance(version, bool):
        raise FixtureError(
            file, f"is {version!r}; this package reads version {VERSION} of the format", field="schema_version"
        )
    try:
        _validator()(content)
    except fastjsonschema.JsonSchemaValueException as error:
        raise _explain(file, content, error) from None


def check_unique(file: str, names: Iterable[str], why: str) -> None:
    """Make sure that no name stands twice in a file.

    :param file: the file's name, for the message.
    :param names: ids or keys, in the order of the file.
    :param why: what a name is for.
    :raises FixtureError: names the first one that stands twice.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FixtureError(file, f"stands twice in this file; {why}", case=name)
        seen.add(name)


@cache
def _validator() -> Callable[[dict[str, Any]], Any]:
    schema = json.loads((resources.fixtures_dir() / "schema.json").read_text(encoding="utf-8"))
    return fastjsonschema.compile(schema, use_default=False)


def _explain(file: str, content: dict[str, Any], error: fastjsonschema.JsonSchemaValueException) -> FixtureError:
    path = list(error.path)[1:]
    problem = error.message.removeprefix(error.name or "").strip()
    case = None
    if len(path) > 1 and path[0] in _LISTS:
        index = int(path[1])
        named = content[path[0]][index]
        name = (named.get("id") or named.get("key")) if isinstance(named, dict) else None
        case = str(name or f"number {index + 1}")
        path = path[2:]
    return FixtureError(file, problem, case=case, field=".".join(map(str, path)) or None)
