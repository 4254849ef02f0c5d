"""``sigmoid-parity derive``: why is the derivative y (1 - y), and why does it take y?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sigmoid_parity.cli import exits, options
from sigmoid_parity.lesson import Check, checking, find_derivation, load_derivations, page, terminal
from sigmoid_parity.lesson import notebook as notebooks
from sigmoid_parity.lesson.derivations import Derivation

Checks = Mapping[str, Sequence[Check]]


def derive(
    name: Annotated[str | None, typer.Argument(metavar="[ID]", help="Which derivation; by default all.")] = None,
    language: Annotated[options.Language, typer.Option(help="Of titles, rules and reasons.")] = options.Language.en,
    check: Annotated[bool, typer.Option("--check", help="Check each step against the one before it.")] = False,
    notebook: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a Jupyter notebook; - is standard output.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page that needs no network; - is standard output.")
    ] = None,
    fixtures_dir: options.Fixtures = None,
) -> None:
    """List the derivations of the sigmoid's derivative, show one step by step, and check each step.

    A step is proved when SymPy proves it equal to the one before it, mpmath finds the same values at seeded points, to
    50 digits, and what changed is an instance of the rule that the step names. Needs the extra derive for --check,
    --html and --notebook.

    Exit code 0: shown, or proved. 1: a step is wrong. 2: a step could not be proved, or something could not run.
    """
    found = load_derivations(fixtures_dir)
    chosen = [find_derivation(found, name)] if name else found
    checks = _check(chosen) if check else {}
    if notebook is not None:
        exits.write(notebook, notebooks.compose(chosen, language))
    if html is not None:
        exits.write(html, page.compose(chosen, checks, language))
    console = exits.ERRORS if Path("-") in (notebook, html) else Console()
    if notebook is html is None or check:
        _show(chosen, checks, name is not None, language, console)
    if check:
        _conclude([one for several in checks.values() for one in several], len(chosen), console)


def _check(chosen: Sequence[Derivation]) -> Checks:
    checks = {}
    with exits.progress() as progress:
        for derivation in chosen:
            progress(f"checking {derivation.id}")
            checks[derivation.id] = list(checking.check(derivation))
    return checks


def _show(
    chosen: Sequence[Derivation], checks: Checks, whole: bool, language: options.Language, console: Console
) -> None:
    if whole:
        terminal.print_derivation(chosen[0], checks.get(chosen[0].id, ()), language, console)
    elif checks:
        for derivation in chosen:
            terminal.print_summary(derivation, checks[derivation.id], console)
    else:
        terminal.print_contents(chosen, language, console)


def _conclude(checks: Sequence[Check], derivations: int, console: Console) -> None:
    console.print()
    terminal.print_checked(checks, derivations, console)
    verdicts = {check.verdict for check in checks}
    if "wrong" in verdicts:
        raise typer.Exit(exits.DIFFER)
    if "unproved" in verdicts:
        raise typer.Exit(exits.COULD_NOT_RUN)
