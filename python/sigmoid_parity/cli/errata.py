"""``sigmoid-parity errata``: the mistakes in the documents, each shown to be one."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from sigmoid_parity import errata as refuting
from sigmoid_parity.cli import exits, options
from sigmoid_parity.fixtures.errata import load_errata
from sigmoid_parity.report import errata as rendering


def errata(
    language: Annotated[options.Language, typer.Option(help="Of places and mistakes.")] = options.Language.en,
    fixtures_dir: options.Fixtures = None,
) -> None:
    """Show every mistake in the documents, run its witness, and prove what is right.

    Needs the extra derive.

    Exit code 0: every mistake is refuted. 1: one is not. 2: something could not run.
    """
    console = Console()
    with exits.progress() as progress:
        refutations = []
        for erratum in load_errata(fixtures_dir):
            progress(f"refuting {erratum.id}")
            refutations.append(refuting.refute(erratum))
    for refutation in refutations:
        rendering.render(refutation, language, console)
    console.print(rendering.verdict(refutations), soft_wrap=True, highlight=False)
    raise typer.Exit(exits.AGREE if all(refutation.holds for refutation in refutations) else exits.DIFFER)
