"""Does the port agree with the C# class? All fixtures through all implementations, in one report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from sigmoid_parity import resources
from sigmoid_parity.cases import (
    layer,
    load_all,
    load_layer,
    load_limits,
    load_portable,
    load_trainings,
    portable,
    trainings,
)
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.compare import exercises
from sigmoid_parity.compare.comparison import Report, compare
from sigmoid_parity.compare.exercises import LAYER, TRAINING, Exercise
from sigmoid_parity.implementations import Implementation
from sigmoid_parity.progress import Progress, silent

ALL: Final = (*FUNCTIONS, LAYER, TRAINING)
"""Everything that has fixtures, by the names in results."""

EPOCHS: Final = 100
"""Of every training; `sigmoid-parity train` goes on."""


def verify(
    implementations: Sequence[Implementation],
    names: Collection[str] = ALL,
    folder: Path | None = None,
    progress: Progress = silent,
) -> Report:
    """Compare implementations on the fixtures.

    :param implementations: what to compare.
    :param names: which of `ALL`.
    :param folder: the fixtures; the package's own by default.
    :param progress: called with what is about to be done.
    :raises FixtureError: a file is not of the format, or has no bound for a comparison.
    """
    limits = load_limits(None if folder is None else folder / "limits.yaml")
    progress("reading the fixtures")
    report = compare(list(_exercises(names, folder or resources.fixtures_dir())), implementations, limits, progress)
    if folder is not None:
        report.widened += limits.wider_than(load_limits())
    return report


def verify_portable(
    implementations: Sequence[Implementation], folder: Path | None = None, progress: Progress = silent
) -> Report:
    """Compare implementations of the portable pair on the pair's fixtures.

    :param implementations: what to compare.
    :param folder: the fixtures; the package's own by default.
    :param progress: called with what is about to be done.
    :raises FixtureError: a file is not of the format, or has no bound for a comparison.
    """
    limits = load_limits(None if folder is None else folder / "limits.yaml")
    pair = load_all(folder, ["activation", "d_activation"])
    steps = load_portable((folder or resources.fixtures_dir()) / portable.FILE)
    return compare([exercises.of_portable(pair, steps.cases)], implementations, limits, progress)


def _exercises(names: Collection[str], folder: Path) -> Iterator[Exercise]:
    yield from exercises.of_functions(load_all(folder, [name for name in FUNCTIONS if name in names]))
    if LAYER in names:
        yield exercises.of_layer(load_layer(folder / layer.FILE))
    if TRAINING in names:
        yield exercises.of_trainings(load_trainings(folder / trainings.FILE), EPOCHS)
