"""The programs in other languages: ``fixtures/consumers/languages.yaml``.

Each is built and run in a folder of its own that holds a copy of its file; nothing here starts anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import resources
from sigmoid_parity.cases import schema

Command = Sequence[str]
"""The words of a command, to be run without a shell."""

FILE: Final = "languages.yaml"
"""The file's name, in the folder ``consumers`` of the fixtures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source file in another language, and what builds and runs it.

    :ivar id: a permanent slug, unique among the programs or among the readers.
    :ivar name: the language's.
    :ivar path: the file.
    :ivar version: prints the version of what builds or runs it; the first line counts.
    :ivar build: builds it, or None where nothing has to.
    :ivar run: runs it.
    :ivar packages: Debian's packages that have what it needs; none where Debian has none.
    """

    id: str
    name: str
    path: Path
    version: Command
    build: Command | None
    run: Command
    packages: Sequence[str]

    def tools(self) -> list[str]:
        """Name the commands that must be found on PATH, each once; what the build makes is none of them."""
        first = [_tool(command) for command in (self.version, self.build, self.run) if command]
        return [tool for tool in dict.fromkeys(first) if "/" not in tool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Source):
    """A program that speaks the protocol of ``fixtures/README.md``; its ``run`` has ``{function}`` among its words.

    :ivar functions: those that it has, by their names in Python.
    :ivar exp: whose exp it calls.
    :ivar variant: what differs from the language's ordinary row, or None.
    :ivar processor: the emulated processor that it runs on, or None for this machine's own.
    :ivar decimal: whether it reads and writes decimals instead of hex digits.
    """

    functions: Sequence[str]
    exp: str
    variant: str | None
    processor: str | None
    decimal: bool

    def command(self, function: str) -> list[str]:
        """Return what runs it for one of its functions."""
        return [function if word == "{function}" else word for word in self.run]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader(Source):
    """A test that reads the files of cases; its ``run`` has ``{fixtures}`` in one of its words.

    :ivar parser: what reads YAML there.
    :ivar runner: what runs the test, or the form in which it reports.
    """

    parser: str
    runner: str

    def command(self, fixtures: Path) -> list[str]:
        """Return what runs it over a folder of fixtures."""
        return [word.replace("{fixtures}", str(fixtures)) for word in self.run]


@dataclass(frozen=True, slots=True)
class Languages:
    """All that a file names, in its order."""

    programs: Sequence[Program]
    readers: Sequence[Reader]


def load_languages(path: Path | None = None) -> Languages:
    """Read which programs there are.

    :param path: the file; the package's own by default. The programs are beside it, the readers in ``readers``.
    :raises FixtureError: another form, or an id that stands twice.
    """
    path = resources.fixtures_dir() / "consumers" / FILE if path is None else path
    content = schema.read(path, "languages", "this file names no programs")
    for entries in (content["languages"], content["readers"]):
        schema.check_unique(path.name, (entry["id"] for entry in entries), "an id names one program for good")
    return Languages(
        [_program(path.parent, entry) for entry in content["languages"]],
        [Reader(**_common(path.parent / "readers", entry)) for entry in content["readers"]],
    )


def _tool(command: Command) -> str:
    """Return what a command runs, which may stand behind env and variables."""
    return next(word for word in command if word != "env" and "=" not in word)


def _program(folder: Path, entry: dict[str, Any]) -> Program:
    optional = {"variant": None, "processor": None, "decimal": False}
    return Program(**optional | _common(folder, entry))


def _common(folder: Path, entry: dict[str, Any]) -> dict[str, Any]:
    fields = {"build": None} | entry
    return {"path": folder / fields.pop("file"), **fields}
