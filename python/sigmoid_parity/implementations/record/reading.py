"""Read a record: the text file in which `SigmoidParity.Recorder`, or a reader's own program, keeps results.

fixtures/README.md has the format with its grammar.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import instead
from sigmoid_parity.implementations.candidates import Recording, Refusal
from sigmoid_parity.implementations.record.results import Results

VERSION: Final = 1
"""Of the format."""

_TITLE: Final = "sigmoid-parity record "
_DIGEST: Final = re.compile(rb"digest: ([0-9a-f]{64})\n?\Z")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_FIELD: Final = re.compile(r"([a-z][a-z0-9-]*): (.+)")
_FORMATS: Final[dict[str, np.dtype[Any]]] = {"binary64": np.dtype(np.float64), "binary32": np.dtype(np.float32)}
_CALLABLE: Final = ("callable", "owner", "member", "arguments", "format", "threw", "results")
_REFUSED: Final = ("refused", "owner", "reason")
_MACHINE: Final = ("runtime", "system", "processor", "libm")
_BIGGEST: Final = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Callable:
    """What was called.

    :ivar owner: what it belongs to, such as ``Acme.Neuro.Sigmoid(2.0)``; may be empty.
    :ivar member: its bare name.
    :ivar name: its name with what it takes.
    :ivar arity: how many arguments it takes: 1 or 2.
    :ivar threw: what it threw, at the least of the points at which it did; empty where nothing was noted.
    :ivar results: what it gave.
    """

    owner: str
    member: str
    name: str
    arity: int
    threw: str
    results: Results


@dataclass(frozen=True, slots=True)
class Record:
    """What stands in a record.

    :ivar recording: at which points.
    :ivar place: on what: runtime, system, processor and C library, as far as they are noted.
    :ivar callables: what was called.
    :ivar refusals: what could not be.
    """

    recording: Recording
    place: str
    callables: tuple[Callable, ...]
    refusals: tuple[Refusal, ...]


def read(path: Path) -> Record:
    """Read a record. The results themselves are read when they are asked for.

    :raises ValueError: it cannot be read, is truncated, was changed, or has another form: a continuation of its name.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror or error}") from None
    _check_version(content)
    head, *sections = _verified(content).replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n\n")
    fields = _fields("the head", head.decode("utf-8").split("\n")[1:])
    sorted_out = list(map(_section, sections))
    return Record(
        _recording(fields),
        ", ".join(fields[name] for name in _MACHINE if name in fields),
        tuple(one for one in sorted_out if isinstance(one, Callable)),
        tuple(one for one in sorted_out if isinstance(one, Refusal)),
    )


def _check_version(content: bytes) -> None:
    first = content[:80].partition(b"\n")[0].decode("utf-8", "replace").strip()
    if not first.startswith(_TITLE):
        raise ValueError(f"is no record: its first line is not {_TITLE + str(VERSION)!r}")
    if first != f"{_TITLE}{VERSION}":
        problem = f"is of version {first.removeprefix(_TITLE)} of the format, and this sigmoid-parity reads {VERSION}"
        raise ValueError(f"{problem}; record it with the recorder of the same version")


def _verified(content: bytes) -> bytes:
    found = _DIGEST.search(content[-80:].replace(b"\r\n", b"\n"))
    start = content.rfind(b"digest: ")
    if found is None or start < 0:
        raise ValueError("is truncated: its last line is not its digest; copy it again, or record it anew")
    if hashlib.sha256(content[:start]).hexdigest().encode() != found[1]:
        problem = "was changed after it was recorded: its digest is not that of its text"
        raise ValueError(f"{problem}; copy it again, as a binary file, or record it anew")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8: byte {error.start:,}") from None
    return content[:start]


def _fields(where: str, lines: list[str], known: tuple[str, ...] = ()) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found is None:
            raise ValueError(f"has in {where} the line {line!r}; write 'name: value'")
        name, value = found.groups()
        if name in fields:
            raise ValueError(f"has {name!r} twice in {where}")
        if known and name not in known:
            raise ValueError(f"has in {where} the field {name!r}; {instead(name, known)}")
        fields[name] = value
    return fields


def _recording(fields: Mapping[str, str]) -> Recording:
    digest = fields.get("points-sha256", "")
    if not _SHA256.fullmatch(digest):
        raise ValueError("has no 'points-sha256' of 64 hex digits in the head: the SHA-256 of the points' lines")
    return Recording(
        digest, _number("the head", fields, "samples", 10**8), _number("the head", fields, "seed", _BIGGEST)
    )


def _number(where: str, fields: Mapping[str, str], name: str, most: int) -> int:
    text = fields.get(name, "")
    if not re.fullmatch("[0-9]{1,20}", text, re.ASCII) or int(text) > most:
        raise ValueError(f"has no {name!r} from 0 to {most} in {where}")
    return int(text)


def _section(section: bytes) -> Callable | Refusal:
    heading, lines = _split(section)
    first = heading[0].partition(": ")[2]
    if heading[0].startswith("refused: "):
        fields = _fields(f"the heading of {first}", heading, _REFUSED)
        return Refusal(fields.get("owner", ""), first, fields.get("reason", ""))
    where = f"the heading of {first or repr(heading[0])}"
    fields = _fields(where, heading, _CALLABLE)
    if "callable" not in fields:
        raise ValueError(f"has no 'callable' nor 'refused' in {where}")
    arity = int(_one_of(where, fields, "arguments", ("1", "2")))
    dtype = _FORMATS[_one_of(where, fields, "format", tuple(_FORMATS))]
    results = Results(lines, _number(where, fields, "results", 10**9), arity, dtype)
    name, member = fields["callable"], fields.get("member", fields["callable"].partition("(")[0])
    return Callable(fields.get("owner", ""), member, name, arity, fields.get("threw", ""), results)


def _split(section: bytes) -> tuple[list[str], bytes]:
    """Split a section after its last field."""
    end = 0
    for field in _field_lines(section):
        end += len(field) + 1
    return section[: end - 1].decode("utf-8").split("\n"), section[end:]


def _field_lines(section: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(section):
        stop = section.find(b"\n", start)
        line = section[start : stop if stop >= 0 else len(section)]
        yield line
        if line.startswith(b"results: "):
            return
        start += len(line) + 1


def _one_of(where: str, fields: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = fields.get(name, known[0])
    if value not in known:
        raise ValueError(f"has the {name} {value!r} in {where}; {instead(value, known)}")
    return value
