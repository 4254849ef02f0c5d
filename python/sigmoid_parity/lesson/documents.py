"""The documents that the project implements, from ``fixtures/documents.yaml``: what each key stands for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.errors import FixtureError

FILE: Final = "documents.yaml"


@dataclass(frozen=True)
class Document:
    """A document, under a title of our own.

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


def load_documents(folder: Path | None = None) -> list[Document]:
    """Read the documents, in their order in the file.

    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: names the file, the document and the field.
    """
    path = (resources.fixtures_dir() if folder is None else folder) / FILE
    content = schema.read(path, "documents", "this file holds no documents")
    documents = [Document(**entry) for entry in content["documents"]]
    keys = [document.key for document in documents]
    for key in keys:
        if keys.count(key) > 1:
            raise FixtureError(path.name, "stands twice in this file; a key names one document", case=key)
    return documents
