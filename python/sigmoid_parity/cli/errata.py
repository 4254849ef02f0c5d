"""``sigmoid-parity errata``: the mistakes in the documents, each shown to be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from sigmoid_parity.cli import exits, options
from sigmoid_parity.lesson import terminal
from sigmoid_parity.lesson.errata import Document, Erratum, load_documents, load_errata
from sigmoid_parity.lesson.refuting import Refutation, refute
from sigmoid_parity.lesson.words import say


def errata(
    language: Annotated[options.Language, typer.Option(help="Of everything that is shown.")] = options.Language.en,
    fixtures_dir: options.Fixtures = None,
) -> None:
    """Show every mistake in the documents, run its witness, and prove what is right.

    A formula is compared with what it is said to equal; a program of fixtures/errata runs in a process of its own. A
    mistake of wording is noted only: nothing can be run. Needs the extra derive.

    Exit code 0: every mistake that can be run is refuted. 1: one is not. 2: something could not run.
    """
    documents, known = load_documents(fixtures_dir), load_errata(fixtures_dir)
    refutations = _refute(known, language)
    _show(documents, refutations, language)
    standing = any(refutation.verdict == "stands" for refutation in refutations)
    raise typer.Exit(exits.DIFFER if standing else exits.AGREE)


def _refute(known: Sequence[Erratum], language: str) -> list[Refutation]:
    refutations = []
    with exits.progress() as progress:
        for erratum in known:
            progress(say("refuting", language, id=erratum.id))
            refutations.append(refute(erratum))
    return refutations


def _show(documents: Sequence[Document], refutations: Sequence[Refutation], language: str) -> None:
    console = Console()
    for document in documents:
        terminal.print_document(document, language, console)
        for refutation in refutations:
            if refutation.erratum.source == document.key:
                terminal.print_refutation(refutation, language, console)
    terminal.print_refuted(refutations, language, console)
