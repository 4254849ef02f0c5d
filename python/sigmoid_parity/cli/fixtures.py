"""``sigmoid-parity fixtures``: write the expected values, and check that they are what they should be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import Progress

from sigmoid_parity import resources
from sigmoid_parity.cases import document, load_all, load_layer, load_limits, load_trainings, schema, trainings
from sigmoid_parity.cases import layer as layers
from sigmoid_parity.cli import exits, options
from sigmoid_parity.errors import MissingError
from sigmoid_parity.lesson import writing
from sigmoid_parity.lesson.derivations import load_derivations
from sigmoid_parity.lesson.errata import load_documents, load_errata
from sigmoid_parity.oracle import exact, files, search
from sigmoid_parity.oracle.inputs import Input

app = typer.Typer(help="Write the fixtures' expected values, and check that they are right.", no_args_is_help=True)
_SHOWN: Final = 10


@app.command()
def check(fixtures_dir: options.Fixtures = None) -> None:
    """Check the schema, the ids, the bits against the decimals, and that writing anew would change nothing.

    Exit code 0: all is well. 1: a file is not what the oracle gives. 2: a file is malformed.
    """
    exact.context()
    folder = _folder(fixtures_dir)
    for path in sorted(folder.glob("*.yaml")):
        schema.validate(path.name, document.load(path))
    load_limits(folder / "limits.yaml")
    for fixture in load_all(folder):
        typer.echo(f"{fixture.file}: {len(fixture.cases):,} cases, well-formed")
    typer.echo(f"{layers.FILE}: {len(load_layer(folder / layers.FILE)):,} cases, well-formed")
    typer.echo(f"{trainings.FILE}: {len(load_trainings(folder / trainings.FILE)):,} trainings, well-formed")
    for derivation in load_derivations(folder):
        typer.echo(f"derivations/{derivation.file}: {len(derivation.steps)} steps, well-formed")
    typer.echo(f"documents.yaml: {len(load_documents(folder))} documents, well-formed")
    typer.echo(f"errata.yaml: {len(load_errata(folder))} mistakes, well-formed")
    with exits.progress() as progress:
        drifted = list(files.drift(folder, lambda name: progress(f"computing {name} anew")))
    for name, lines in drifted:
        typer.echo(
            f"{name}: not what the oracle gives, in {len(lines):,} lines; mend it: sigmoid-parity fixtures write"
        )
        for line in lines[:_SHOWN]:
            typer.echo(f"  {line}")
    if drifted:
        raise typer.Exit(exits.DIFFER)
    typer.echo("computed anew, they are the same")


@app.command()
def write(
    fixtures_dir: options.Fixtures = None,
    search_anew: Annotated[
        bool, typer.Option("--search", help="Search anew for the inputs whose exp is hard to round.")
    ] = False,
) -> None:
    """Compute every expected value from its input, write every formula's LaTeX, and write the files.

    Keeps each file's head, and the cases you added: a line with id, input and flags is enough.
    """
    exact.context()
    folder = _folder(fixtures_dir)
    extra = _search() if search_anew else []
    with exits.progress() as progress:
        changed = files.write(folder, extra, lambda name: progress(f"computing {name}"))
    changed += writing.write(folder)
    typer.echo(f"written: {', '.join(changed)}" if changed else "nothing changed")


def _search() -> list[Input]:
    with Progress(console=exits.ERRORS, transient=True) as bar:
        task = bar.add_task("searching for inputs whose exp is hard to round", total=search.SAMPLES)
        return search.hard_to_round(progress=lambda done: bar.update(task, completed=done))


def _folder(given: Path | None) -> Path:
    folder = given or resources.fixtures_dir()
    if not folder.is_dir():
        raise MissingError(f"there is no folder {folder}; name the one with the fixtures")
    return folder
