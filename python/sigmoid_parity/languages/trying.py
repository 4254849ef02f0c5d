"""Builds and runs programs and readers, side by side, and holds the programs to an original."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final

import numpy as np

from sigmoid_parity import resources
from sigmoid_parity.cases.languages import Program, Reader, Source
from sigmoid_parity.conformance.calling import Answers
from sigmoid_parity.conformance.comparison import compare
from sigmoid_parity.conformance.points import Points
from sigmoid_parity.errors import HostError, MissingError
from sigmoid_parity.implementations.candidates import Candidate, Floats
from sigmoid_parity.implementations.hosting.words import brief
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.languages.commands import CommandError, output
from sigmoid_parity.languages.report import Measured, ProgramRow, ReaderRow, State, title
from sigmoid_parity.progress import Progress, silent

BUILD_LIMIT: Final = 300.0
"""How long a build may take, in seconds: a first one of .NET on a busy machine takes the longest."""

_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_VERSION: Final = re.compile(r".*?[0-9]+\.[0-9]\S*")


@dataclass(frozen=True, slots=True)
class Task:
    """What programs are held to, and how they are run.

    :ivar against: the original's name.
    :ivar is_pair: whether the original is the C# pair, or its port.
    :ivar points: by function, those at which it is compared.
    :ivar expected: by function, the original's results there.
    :ivar time_limit: for each run of a program, in seconds.
    :ivar stopped: ends everything as soon as it is set.
    """

    against: str
    is_pair: bool
    points: Mapping[str, Points]
    expected: Mapping[str, Floats]
    time_limit: float
    stopped: Event = field(default_factory=Event)


def run(
    sources: Sequence[tuple[Source, bool]], task: Task, progress: Progress = silent
) -> tuple[list[ProgramRow], list[ReaderRow]]:
    """Try each program and reader, as many at a time as there are cores.

    :param sources: each with whether it was named.
    :param task: what they are held to.
    :param progress: called with how many are done.
    :returns: their rows, in the same order.
    """
    counter = _Counter(len(sources), progress)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        futures = [pool.submit(counter.counted, _row, source, named, task) for source, named in sources]
        try:
            rows = [future.result() for future in futures]
        except BaseException:  # Ctrl-C too.
            task.stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [row for row in rows if isinstance(row, ProgramRow)], [row for row in rows if isinstance(row, ReaderRow)]


class _Counter:
    def __init__(self, count: int, progress: Progress) -> None:
        self._count, self._done, self._progress = count, 0, progress
        self._lock = Lock()

    def counted(self, do: Callable[..., ProgramRow | ReaderRow], source: Source, *more: Any) -> ProgramRow | ReaderRow:
        row = do(source, *more)
        with self._lock:
            self._done += 1
            self._progress(f"{self._done} of {self._count}: {title(source)}")
        return row


def _row(source: Source, named: bool, task: Task) -> ProgramRow | ReaderRow:
    if missing := [tool for tool in source.tools() if shutil.which(tool) is None]:
        return _without(source, named, "missing", f"not installed: {', '.join(missing)}")
    version = ""
    try:
        with _folder(source) as folder:
            version = _version(source, folder, task)
            if source.build is not None:
                output(source.build, folder, BUILD_LIMIT, task.stopped)
            if isinstance(source, Reader):
                return _read(source, named, version, folder, task)
            measured = tuple(_measured(_program(source), folder, task))
            return ProgramRow(source=_program(source), named=named, version=version, measured=measured)
    except MissingError as error:
        return _without(source, named, "missing", str(error))
    except (CommandError, HostError, OSError) as error:
        problem = brief(error.problem) if isinstance(error, HostError) else str(error)
        return _without(source, named, "failed", problem, version)


def _version(source: Source, folder: Path, task: Task) -> str:
    """Ask for the version; a reader's parser that has none is not installed."""
    try:
        return shortened(output(source.version, folder, BUILD_LIMIT, task.stopped))
    except CommandError as error:
        if isinstance(source, Reader):
            raise MissingError(f"not installed: {source.parser} or {source.runner}: {error}", lacks=source.id) from None
        raise


def _without(source: Source, named: bool, state: State, problem: str, version: str = "") -> ProgramRow | ReaderRow:
    if isinstance(source, Reader):
        return ReaderRow(source=source, named=named, state=state, problem=problem, version=version)
    return ProgramRow(source=_program(source), named=named, state=state, problem=problem, version=version)


def _program(source: Source) -> Program:
    assert isinstance(source, Program)  # noqa: S101 - what is no reader
    return source


@contextmanager
def _folder(source: Source) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sigmoid-parity-", ignore_cleanup_errors=True) as name:
        shutil.copy(source.path, name)
        yield Path(name)


def shortened(text: str) -> str:
    """Return the first line of what a program says of its version, as far as the number, without parentheses."""
    line = next(filter(str.strip, text.splitlines()), "")
    plain = " ".join(_ASIDE.sub(" ", line).split())
    found = _VERSION.match(plain)
    return (found.group() if found else plain).rstrip(",;:")


def _read(reader: Reader, named: bool, version: str, folder: Path, task: Task) -> ReaderRow:
    try:
        output(reader.command(resources.fixtures_dir()), folder, BUILD_LIMIT, task.stopped)
    except CommandError as error:
        return ReaderRow(source=reader, named=named, version=version, said=str(error))
    return ReaderRow(source=reader, named=named, version=version, passed=True)


def _measured(program: Program, folder: Path, task: Task) -> Iterator[Measured]:
    functions = [function for function in program.functions if function in task.expected]
    target = ProgramTarget(
        shlex.join(program.run),
        functions,
        decimal=program.decimal,
        time_limit=task.time_limit,
        folder=folder,
        stopped=task.stopped,
    )
    with target.open() as found:
        for refusal in found.refusals:
            raise HostError(refusal.owner, "throw", f"{refusal.name}: {refusal.reason}")
        for function, candidate in zip(functions, found.candidates, strict=True):
            yield _held(function, candidate, task)


def _held(function: str, candidate: Candidate, task: Task) -> Measured:
    at = task.points[function]
    found = candidate.compute(at.x)
    skipped = np.ma.getmaskarray(found)
    answers = Answers(np.ma.getdata(found), skipped, np.zeros_like(skipped))
    compared = compare(function, task.against, task.is_pair, at, answers, task.expected[function])
    return Measured(compared, int(np.count_nonzero(skipped & at.is_case)))
