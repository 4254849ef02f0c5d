"""``sigmoid-parity derive``: why is the derivative y (1 - y), and why does it take y?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console

from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.lesson import Check, checking, find_derivation, load_derivations, page, terminal
from sigmoid_parity.lesson import notebook as notebooks
from sigmoid_parity.lesson.derivations import Derivation

Checks = Mapping[str, Sequence[Check]]


@click.command(
    cls=Command,
    examples=["derive", "derive reciprocal-rule --check", "derive --language ja --html lesson.html"],
    codes={
        0: "shown; with --check, proved",
        1: "a step is wrong",
        2: "a step could not be proved, or something could not run",
    },
)
@click.argument("name", metavar="[ID]", required=False)
@click.option("--check", is_flag=True, help="Check each step against the one before it.")
@options.language
@click.option("--html", type=options.FILE, metavar="FILE", help="Write a page that needs no network; - is stdout.")
@click.option("--notebook", type=options.FILE, metavar="FILE", help="Write a Jupyter notebook; - is stdout.")
@options.fixtures
def derive(
    name: str | None, language: str, check: bool, notebook: Path | None, html: Path | None, fixtures_dir: Path | None
) -> int:
    """Show why the derivative is y (1 - y), step by step.

    Without ID, lists all derivations, or checks them; with one, shows its steps.

    A step is proved when SymPy proves it equal to the one before it, mpmath finds the same values at seeded points, to
    50 digits, and what changed is an instance of the rule that the step names. Needs the extra derive for --check,
    --html and --notebook.
    """
    exits.check_folders(notebook, html)
    found = load_derivations(fixtures_dir)
    chosen = [find_derivation(found, name)] if name else found
    checks = _check(chosen) if check else {}
    if notebook is not None:
        exits.write(notebook, notebooks.compose(chosen, language, fixtures_dir))
    if html is not None:
        exits.write(html, page.compose(chosen, checks, language, fixtures_dir))
    console = exits.beside(notebook, html)
    if notebook is html is None or check:
        _show(chosen, checks, name is not None, language, console)
    if check:
        return _conclude([one for several in checks.values() for one in several], len(chosen), console)
    return exits.AGREE


def _check(chosen: Sequence[Derivation]) -> Checks:
    checks = {}
    with exits.progress() as progress:
        for derivation in chosen:
            progress(f"checking {derivation.id}")
            checks[derivation.id] = list(checking.check(derivation))
    return checks


def _show(chosen: Sequence[Derivation], checks: Checks, whole: bool, language: str, console: Console) -> None:
    if whole:
        terminal.print_derivation(chosen[0], checks.get(chosen[0].id, ()), language, console)
    elif checks:
        for derivation in chosen:
            terminal.print_summary(derivation, checks[derivation.id], console)
    else:
        terminal.print_contents(chosen, language, console)


def _conclude(checks: Sequence[Check], derivations: int, console: Console) -> int:
    console.print()
    terminal.print_checked(checks, derivations, console)
    verdicts = {check.verdict for check in checks}
    if "wrong" in verdicts:
        return exits.DIFFER
    return exits.COULD_NOT_RUN if "unproved" in verdicts else exits.AGREE
