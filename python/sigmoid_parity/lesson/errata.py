"""The documents, and the mistakes in them: ``fixtures/documents.yaml`` and ``fixtures/errata.yaml``.

Each mistake has a witness: a formula with its values, a program in ``fixtures/errata/<id>/``, or, where nothing can be
run, a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.lesson import formulas
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.notation import Node


@dataclass(frozen=True)
class Document:
    """A document that the project implements, under a title of our own.

    :ivar key: by which everything else cites it.
    :ivar language: that it is written in, of `texts.LANGUAGES`.
    :ivar kind: ``"article"``, ``"notebook"`` or ``"translation"``.
    :ivar title: what it is about.
    :ivar holds: what is in it, in one sentence.
    :ivar note: what to know of how it was read, or None.
    """

    key: str
    language: str
    kind: str
    title: Texts
    holds: Texts
    note: Texts | None = None


@dataclass(frozen=True)
class Value:
    """What the wrong and the right formula give at a point, in decimal digits.

    :ivar at: the variables' values.
    :ivar says: the wrong formula's value.
    :ivar right: the right one's.
    """

    at: Mapping[str, str]
    says: str
    right: str


@dataclass(frozen=True)
class WrongFormula:
    """A formula that is said to equal another one, and does not.

    :ivar scope: what the names in it mean.
    :ivar of: what is to be found.
    :ivar says: what the document says it is.
    :ivar right: what it is.
    :ivar points: where the two differ, at least one.
    """

    scope: Scope
    of: Node
    says: Node
    right: Node
    points: Sequence[Value]


@dataclass(frozen=True)
class FailingProgram:
    """A program that raises an exception, beside the same program mended; in our own words.

    :ivar wrong: the file of the first.
    :ivar right: the file of the second, which asserts that it does what it is for.
    :ivar type: the exception's type, by its name.
    :ivar message: part of the exception's message.
    """

    wrong: Path
    right: Path
    type: str
    message: str


@dataclass(frozen=True)
class WrongText:
    """Words that nothing can run.

    :ivar says: what the document says, in our own words.
    :ivar right: what is right.
    """

    says: Texts
    right: Texts


Witness = WrongFormula | FailingProgram | WrongText


@dataclass(frozen=True)
class Erratum:
    """A mistake in a document.

    :ivar id: a permanent, unique slug.
    :ivar source: the document's key.
    :ivar where: the place in it.
    :ivar mistake: what is wrong, and why.
    :ivar witness: what shows it.
    """

    id: str
    source: str
    where: Texts
    mistake: Texts
    witness: Witness


def load_documents(folder: Path | None = None) -> list[Document]:
    """Read the documents, in their order in the file.

    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: names the file, the document and the field.
    """
    path = (folder or resources.fixtures_dir()) / "documents.yaml"
    content = schema.read(path, "documents", "this file holds no documents")
    documents = [Document(**entry) for entry in content["documents"]]
    schema.check_unique(path.name, (document.key for document in documents), "a key names one document")
    return documents


def load_errata(folder: Path | None = None, documents: Sequence[Document] | None = None) -> list[Erratum]:
    """Read the mistakes.

    :param folder: the fixtures; the package's own by default.
    :param documents: the folder's documents, where they are already read.
    :raises FixtureError: names the file, the mistake and the field.
    """
    path = (folder or resources.fixtures_dir()) / "errata.yaml"
    content = schema.read(path, "errata", "this file holds no errata")
    errata = [_erratum(path, entry) for entry in content["errata"]]
    schema.check_unique(path.name, (erratum.id for erratum in errata), "an id names one mistake for good")
    known = {document.key for document in (load_documents(folder) if documents is None else documents)}
    for erratum in errata:
        if erratum.source not in known:
            problem = f"is {erratum.source}, and documents.yaml has no such document; add it there"
            raise FixtureError(path.name, problem, case=erratum.id, field="source")
    return errata


def _erratum(path: Path, entry: dict[str, Any]) -> Erratum:
    witness = _READERS[entry["witness"]](path, entry)
    return Erratum(entry["id"], entry["source"], entry["where"], entry["mistake"], witness)


def _program(path: Path, entry: dict[str, Any]) -> FailingProgram:
    wrong, right = (path.parent / "errata" / entry["id"] / name for name in ("wrong.py", "right.py"))
    for file in (wrong, right):
        if not file.is_file():
            problem = f"there is no program errata/{entry['id']}/{file.name}; add it, or take another kind of witness"
            raise FixtureError(path.name, problem, case=entry["id"], field="witness")
    return FailingProgram(wrong, right, **entry["raises"])


def _text(_: Path, entry: dict[str, Any]) -> WrongText:
    return WrongText(entry["says"], entry["right"])


def _formula(path: Path, entry: dict[str, Any]) -> WrongFormula:
    scope = formulas.read_scope(path.name, entry)
    of, says, right = (
        formulas.read_formula(path.name, entry[field], scope, f"{entry['id']}, {field}")
        for field in ("of", "says", "right")
    )
    points = [Value(**point) for point in entry["points"]]
    for point in points:
        if point.at.keys() != scope.variables.keys():
            problem = f"gives {', '.join(point.at)}; give each of {', '.join(scope.variables)} a value"
            raise FixtureError(path.name, problem, case=entry["id"], field="points.at")
    return WrongFormula(scope, of, says, right, points)


_READERS: Final[Mapping[str, Callable[[Path, dict[str, Any]], Witness]]] = {
    "formula": _formula,
    "program": _program,
    "text": _text,
}
