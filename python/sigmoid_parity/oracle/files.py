"""The files of cases: read once, compared with what the oracle composes, or written anew."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity.cases import document
from sigmoid_parity.oracle import formulas, functions, layer, network

_COMPOSE: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    **{f"{function}.yaml": functions.text for function in formulas.DOCUMENTED},
    "layer.yaml": layer.text,
    "network.yaml": network.text,
}

NAMES: Final = tuple(_COMPOSE)
"""The files whose expected values the oracle gives."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of cases, as it is.

    :ivar path: where it is; its name is one of `NAMES`.
    :ivar text: what stands in it.
    :ivar content: what that means.
    """

    path: Path
    text: str
    content: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> CaseFile:
        """Read a file.

        :raises FixtureError: it cannot be read, or is not YAML.
        """
        text = document.read(path)
        return cls(path, text, document.parse(path.name, text))

    def composed(self) -> str:
        """Compose it anew: its own head and cases, and the expected values from the oracle.

        :raises FixtureError: a case lacks what it needs, or has a generated id and another input.
        :raises MissingError: gmpy2 is not installed.
        """
        return _COMPOSE[self.path.name](self.path.name, self.content)

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


def read(folder: Path) -> Iterator[CaseFile]:
    """Read the files of cases in a folder, one after the other."""
    return (CaseFile.read(folder / name) for name in NAMES)
