"""Choose what is tried, and hold it to an original: from names to a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Final

import numpy as np

from sigmoid_parity import diagnosis
from sigmoid_parity.cases import load_all
from sigmoid_parity.cases.languages import Languages, Source, load_languages
from sigmoid_parity.conformance import points, targets
from sigmoid_parity.conformance.judging import Suite
from sigmoid_parity.conformance.originals import Originals
from sigmoid_parity.conformance.points import SAMPLES, SEED
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import UsageError, instead
from sigmoid_parity.implementations.dotnet import select
from sigmoid_parity.languages import trying
from sigmoid_parity.languages.report import Report
from sigmoid_parity.languages.trying import Task
from sigmoid_parity.progress import Progress, silent

TIME_LIMIT: Final = 300.0
"""How long a run of a program may take by default, in seconds: an emulated processor is slow."""

_BINARY64: Final = np.dtype(np.float64)


def run(
    names: Sequence[str] = (),
    against: str | None = None,
    samples: int = SAMPLES,
    seed: int = SEED,
    time_limit: float = TIME_LIMIT,
    progress: Progress = silent,
    languages: Languages | None = None,
) -> Report:
    """Build and run programs and readers, and hold the programs to an original.

    :param names: ids of rows, or languages; everything where there is none.
    :param against: what programs are held to, see `targets.originals`; the newest .NET runtime by default.
    :param samples: how many points besides the cases.
    :param seed: what they are drawn with.
    :param time_limit: for each run of a program, in seconds.
    :param progress: called with what is about to be done.
    :param languages: what there is; the package's own by default.
    :raises HostError: the original failed.
    :raises MissingError: there is no .NET runtime, or no assembly.
    :raises UsageError: there is no such row or language, or no such original.
    """
    sources = list(_chosen(load_languages() if languages is None else languages, names))
    progress("the results to compare with")
    task = _task(against, samples, seed, time_limit)
    programs, readers = trying.run(sources, task, progress)
    return Report(task.against, samples, programs, readers)


def _chosen(languages: Languages, names: Sequence[str]) -> Iterator[tuple[Source, bool]]:
    every: list[Source] = [*languages.programs, *languages.readers]
    if not names:
        yield from ((source, False) for source in every)
        return
    known = {source.id for source in every}
    called = {source.name.lower() for source in every}
    for name in names:
        if name not in known and name.lower() not in called:
            raise UsageError(f"there is no language {name!r}; {instead(name, sorted(known))}")
    ids = known.intersection(names)
    languages_named = {name.lower() for name in names if name not in known}
    yield from ((one, True) for one in every if one.id in ids or one.name.lower() in languages_named)


def _task(against: str | None, samples: int, seed: int, time_limit: float) -> Task:
    suite = Suite(list(load_all()), diagnosis.load(), Originals(), (), samples, seed)
    if against is None:
        against = select(())[0].name
    at = {}
    for fixture in suite.fixtures:
        kind = points.kind(fixture.function)
        at[fixture.function] = points.single([fixture], _BINARY64, {kind: points.samples(kind, samples, seed)})
    with ExitStack() as stack:
        original = targets.originals(against, Options(), lambda: suite, stack)[0]
        known = {name: original.compute(name, one.x) for name, one in at.items() if original.has(name)}
    return Task(original.name, original.is_pair, at, known, time_limit)
