"""``sigmoid-parity errata``: the mistakes in the documents, each shown to be one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.lesson import terminal
from sigmoid_parity.lesson.errata import Document, Erratum, load_documents, load_errata
from sigmoid_parity.lesson.refuting import Refutation, refute
from sigmoid_parity.lesson.words import say


@click.command(
    cls=Command,
    examples=["errata", "errata --language zh"],
    codes={0: "every mistake that can be run is refuted", 1: "one is not", 2: "something could not run"},
)
@options.language
@options.fixtures
def errata(language: str, fixtures_dir: Path | None) -> int:
    """Show and refute the mistakes in the documents.

    A formula is compared with what it is said to equal; a program of fixtures/errata runs in a process of its own. A
    mistake of wording is noted only: nothing can be run. Needs the extra derive.
    """
    documents = load_documents(fixtures_dir)
    known = load_errata(fixtures_dir, documents)
    refutations = _refute(known, language)
    _show(documents, refutations, language)
    standing = any(refutation.verdict == "stands" for refutation in refutations)
    return exits.DIFFER if standing else exits.AGREE


def _refute(known: Sequence[Erratum], language: str) -> list[Refutation]:
    refutations = []
    with exits.progress() as progress:
        for erratum in known:
            progress(say("refuting", language, id=erratum.id))
            refutations.append(refute(erratum))
    return refutations


def _show(documents: Sequence[Document], refutations: Sequence[Refutation], language: str) -> None:
    console = exits.console()
    for document in documents:
        terminal.print_document(document, language, console)
        for refutation in refutations:
            if refutation.erratum.source == document.key:
                terminal.print_refutation(refutation, language, console)
    terminal.print_refuted(refutations, language, console)
