"""``sigmoid-parity fixtures``: write the expected values, and check that they are what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from sigmoid_parity import diagnosis, resources
from sigmoid_parity.cases import (
    document,
    load_all,
    load_layer,
    load_limits,
    load_portable,
    load_trainings,
    portable,
    schema,
    trainings,
)
from sigmoid_parity.cases import layer as layers
from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.errors import UsageError
from sigmoid_parity.lesson import writing
from sigmoid_parity.lesson.derivations import load_derivations
from sigmoid_parity.lesson.errata import load_documents, load_errata
from sigmoid_parity.oracle import files, mpfr

_SHOWN: Final = 10
_READ: Final = {*files.NAMES, "limits.yaml", "rules.yaml", "documents.yaml", "errata.yaml", "conventions.yaml"}


@click.group(no_args_is_help=True)
def fixtures() -> None:
    """Write and check the fixtures' expected values.

    Needs the extra oracle.
    """


@fixtures.command(
    cls=Command,
    examples=["fixtures check", "fixtures check --fixtures my-fixtures"],
    codes={0: "all is well", 1: "a file is not what the oracle gives", 2: "a file is malformed"},
)
@options.fixtures
def check(fixtures_dir: Path | None) -> int:
    """Check the files' form, and their values anew.

    Checks the schema, the ids, the bits against the decimals, and that writing anew would change nothing.
    """
    mpfr.library()
    folder = _folder(fixtures_dir)
    load_limits(folder / "limits.yaml")
    found = list(files.read(folder))
    for said in _well_formed(folder, {file.path.name: file.content for file in found}):
        click.echo(f"{said}, well-formed")
    with exits.progress() as progress:
        drifted = []
        for file in (*found, *files.read_sources(folder)):
            progress(f"computing {file.path.name} anew")
            drifted.append((file.path.name, file.drift()))
    for name, lines in drifted:
        _report(name, lines)
    if any(lines for _, lines in drifted):
        return exits.DIFFER
    click.echo("computed anew, they are the same")
    return exits.AGREE


@fixtures.command(
    cls=Command,
    examples=["fixtures write", "fixtures write --fixtures my-fixtures"],
    codes={0: "written, or nothing changed", 2: "something could not run"},
)
@options.fixtures
def write(fixtures_dir: Path | None) -> None:
    """Compute every expected value, write every formula's LaTeX, and write the files.

    Keeps each file's head, and the cases you added: a line with id, input and flags is enough.
    """
    mpfr.library()
    changed = []
    with exits.progress() as progress:
        folder = _folder(fixtures_dir)
        for file in (*files.read(folder), *files.read_sources(folder)):
            progress(f"computing {file.path.name}")
            if file.write():
                changed.append(file.path.name)
        progress("writing LaTeX")
        changed += writing.write(folder)
    click.echo(f"written: {', '.join(changed)}" if changed else "nothing changed")


def _well_formed(folder: Path, contents: dict[str, dict[str, Any]]) -> Iterator[str]:
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in _READ:
            schema.validate(path.name, document.load(path))
    for fixture in load_all(folder, contents=contents):
        yield f"{fixture.file}: {len(fixture.cases):,} cases"
    yield f"{layers.FILE}: {len(load_layer(folder / layers.FILE, contents[layers.FILE])):,} cases"
    yield f"{trainings.FILE}: {len(load_trainings(folder / trainings.FILE, contents[trainings.FILE])):,} trainings"
    steps = load_portable(folder / portable.FILE, contents[portable.FILE])
    yield f"{portable.FILE}: {len(steps.cases):,} cases"
    yield f"conventions.yaml: {len(diagnosis.load(folder / 'conventions.yaml').conventions)} conventions"
    for derivation in load_derivations(folder):
        yield f"derivations/{derivation.file}: {len(derivation.steps)} steps"
    documents = load_documents(folder)
    yield f"documents.yaml: {len(documents)} documents"
    yield f"errata.yaml: {len(load_errata(folder, documents))} mistakes"


def _report(name: str, lines: list[str]) -> None:
    if lines:
        mend = "mend it: sigmoid-parity fixtures write"
        click.echo(f"{name}: not what the oracle gives, in {len(lines):,} lines; {mend}")
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")


def _folder(given: Path | None) -> Path:
    folder = given or resources.fixtures_dir()
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; name the one with the fixtures")
    return folder
