"""The files of cases: read once, compared with what the oracle composes, or written anew."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity.cases import document
from sigmoid_parity.oracle import formulas, functions, layer, network
from sigmoid_parity.oracle.portable import sources, steps

_COMPOSE: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    **{f"{function}.yaml": functions.text for function in formulas.DOCUMENTED},
    "layer.yaml": layer.text,
    "network.yaml": network.text,
    "portable.yaml": steps.text,
}

NAMES: Final = tuple(_COMPOSE)
"""The files whose expected values the oracle gives."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that the oracle writes, as it is.

    :ivar path: where it is.
    :ivar text: what stands in it.
    """

    path: Path
    text: str

    def composed(self) -> str:
        """Compose it anew, with what the oracle gives.

        :raises FixtureError: it lacks what it needs.
        :raises MissingError: gmpy2 is not installed.
        """
        raise NotImplementedError

    def drift(self) -> list[str]:
        """Compare it with what writing it anew would give.

        :returns: the lines that would change, ``-`` as they are, ``+`` as written.
        """
        composed = self.composed()
        if composed == self.text:
            return []
        difference = difflib.unified_diff(self.text.splitlines(), composed.splitlines(), lineterm="", n=0)
        return [line for line in difference if not line.startswith(("---", "+++", "@@"))]

    def write(self) -> bool:
        """Write it anew, whole or not at all; tells whether it changed."""
        composed = self.composed()
        if composed == self.text:
            return False
        document.write(self.path, composed)
        return True


@dataclass(frozen=True, slots=True)
class CaseFile(File):
    """A file of cases; its name is one of `NAMES`.

    :ivar content: what its text means.
    """

    content: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> CaseFile:
        """Read a file.

        :raises FixtureError: it cannot be read, or is not YAML.
        """
        text = document.read(path)
        return cls(path, text, document.parse(path.name, text))

    def composed(self) -> str:
        """Compose it anew: its own head and cases, and the expected values from the oracle; see `File`."""
        return _COMPOSE[self.path.name](self.path.name, self.content)


@dataclass(frozen=True, slots=True)
class SourceFile(File):
    """A source file in some language, with the constants of the portable exp."""

    def composed(self) -> str:
        """Compose it anew: its own text, and the constants; see `File`."""
        return sources.composed(self.path.name, self.text)


def read(folder: Path) -> Iterator[CaseFile]:
    """Read the files of cases in a folder, one after the other."""
    return (CaseFile.read(folder / name) for name in NAMES)


def read_sources(folder: Path) -> Iterator[SourceFile]:
    """Read the source files that have the constants.

    :param folder: the fixtures; see `sources.paths`.
    """
    return (SourceFile(path, document.read(path)) for path in sources.paths(folder))
