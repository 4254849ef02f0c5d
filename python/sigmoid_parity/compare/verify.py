"""Does the port agree with the C# class? All fixtures through all implementations, in one report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

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
from sigmoid_parity.compare.comparison import Failure, Report, compare
from sigmoid_parity.compare.exercises import LAYER, TRAINING, Exercise
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations import Implementation, Role
from sigmoid_parity.progress import Progress, silent

ALL: Final = (*FUNCTIONS, LAYER, TRAINING)
"""Everything that has fixtures, by the names in results."""

EPOCHS: Final = 100
"""Of every training; `sigmoid-parity train` goes on."""

_ANY: Final = np.array([0.5])  # An argument that every function takes.


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
    progress("looking for the methods")
    failures = refusals([one for one in implementations if one.role is Role.ORIGINAL], names)
    if failures:
        return Report(failures=failures)
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


def refusals(originals: Sequence[Implementation], names: Collection[str]) -> list[Failure]:
    """Find out at one point each whether the originals can be called at all; nothing where one of them can.

    A class or a method that is not there is missing on every runtime: that is one failure.

    :param originals: which.
    :param names: which of `ALL` are to be compared.
    """
    found = [error for one in originals if (error := _refusal(one, names)) is not None]
    if not found or len(found) < len(originals):
        return []
    first = {error.problem: error for error in reversed(found)}
    return [Failure(error.runtime, (), error.kind, problem) for problem, error in reversed(first.items())]


def _refusal(original: Implementation, names: Collection[str]) -> HostError | None:
    needed = frozenset().union(*(exercises.NEEDS.get(name, {name}) for name in names))
    for function in sorted(needed & original.functions):
        try:
            original.apply(function, _ANY)
        except HostError as error:
            if error.kind == "load":
                return error
    return None


def _exercises(names: Collection[str], folder: Path) -> Iterator[Exercise]:
    yield from exercises.of_functions(load_all(folder, [name for name in FUNCTIONS if name in names]))
    if LAYER in names:
        yield exercises.of_layer(load_layer(folder / layer.FILE))
    if TRAINING in names:
        yield exercises.of_trainings(load_trainings(folder / trainings.FILE), EPOCHS)
