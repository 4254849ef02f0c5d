"""Workers of a Dask cluster: Dask schedules, retries and moves data; a unit is computed as it is locally.

What was named as a file travels as its content, once a worker, under the hash of that content. Packages and programs
must be installed on the workers, and so must this package. A .NET runtime is looked for there by its name.
"""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import get_ident
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.errors import HostError, SigmoidParityError, UsageError
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, select
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import File
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.pool import drain
from sigmoid_parity.sweep.runner import Done, Runner
from sigmoid_parity.sweep.sides import Called, Side
from sigmoid_parity.sweep.units import Unit

_PATIENCE: Final = 30.0  # Seconds until a scheduler must answer.


@dataclass(frozen=True, slots=True)
class Job:
    """A comparison with the files that it needs.

    :ivar comparison: as it was made here.
    :ivar files: their contents, by the paths that they have here.
    :ivar key: the hash of all of it.
    """

    comparison: Comparison
    files: Mapping[Path, bytes]
    key: str


class Cluster:
    """The workers of a Dask cluster.

    :ivar count: how many threads they have; each computes one unit at a time.
    """

    def __init__(self, client: Any) -> None:
        """Take a `distributed.Client`."""
        self._client = client
        self.count = max(1, sum(client.nthreads().values()))

    def run(self, comparison: Comparison, units: Iterable[Unit]) -> Generator[Done, None, None]:
        """See `pool.Workers`."""
        taken = job(comparison)
        # A task, and not scattered data: where the worker that has it is lost, the scheduler makes it anew.
        held = self._client.submit(_same, taken, key=f"sigmoid-parity-{taken.key}")
        try:
            with self._client.get_executor(pure=False) as executor:
                yield from drain(partial(executor.submit, _compute, held), units, self.count)
        finally:
            with suppress(OSError, TimeoutError):
                self._client.run(_end)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler.

    :param address: such as ``tcp://10.0.0.1:8786``.
    :raises MissingError: Dask is not installed.
    :raises UsageError: nothing answers there.
    """
    with extras.needed("distributed", "sweeps on a cluster", "cluster"):
        import distributed
    try:
        client = distributed.Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}: {error}; is it running, and reachable?") from None
    with client:
        yield Cluster(client)


def job(comparison: Comparison) -> Job:
    """Take up the files that a comparison needs."""
    files = {path: path.read_bytes() for path in _files(comparison)}
    total = hashlib.sha256(repr(comparison).encode())
    for path, content in files.items():
        total.update(f"{path}\0{len(content)}\0".encode() + content)
    return Job(comparison, files, total.hexdigest())


def _files(comparison: Comparison) -> Iterator[Path]:
    for side in (comparison.expected, comparison.actual):
        path = _file(side)
        if path is not None:
            yield path
    if isinstance(comparison.domain, File):
        yield comparison.domain.path


def _file(side: Side) -> Path | None:
    """Return the file of a side that has one: an assembly, or a file of Python."""
    if isinstance(side, Pair):
        return side.path
    target = side.target if isinstance(side, Called) else None
    if isinstance(target, AssemblyTarget):
        return target.path
    path = Path(target.name.rpartition(":")[0]) if isinstance(target, PythonTarget) else None
    return path if path is not None and path.is_file() else None


def _same(sent: Job) -> Job:
    return sent


def _compute(sent: Job, unit: Unit) -> Done:
    """Compute a unit on a worker of the cluster; each of its threads keeps its process for the next one."""
    key, runner = _RUNNERS.get(get_ident(), ("", None))
    if runner is None or key != sent.key:
        if runner is not None:
            runner.close()
        runner = Runner(_localised(sent))
        _RUNNERS[get_ident()] = sent.key, runner
    return runner.run(unit)


def _end() -> None:
    """End the processes on a worker of the cluster."""
    while _RUNNERS:
        _RUNNERS.popitem()[1][1].close()


def _localised(sent: Job) -> Comparison:
    """Write the files to a folder of this machine, and name them there."""
    folder = _folder(sent.key)
    places = {}
    for number, (path, content) in enumerate(sent.files.items()):
        places[path] = folder / str(number) / path.name
        places[path].parent.mkdir(exist_ok=True)
        if not places[path].exists():
            places[path].write_bytes(content)
    comparison = sent.comparison
    domain = comparison.domain
    return replace(
        comparison,
        expected=_side(comparison.expected, places),
        actual=_side(comparison.actual, places),
        domain=File(places[domain.path]) if isinstance(domain, File) else domain,
        folder=str(folder),
    )


def _side(side: Side, places: Mapping[Path, Path]) -> Side:
    if isinstance(side, Pair):
        return replace(side, runtime=_runtime(side.runtime), path=places[side.path])
    if not isinstance(side, Called):
        return side
    target, file = side.target, next((path for path in places if side.target.name.startswith(f"{path}")), None)
    if isinstance(target, AssemblyTarget):
        return replace(side, target=replace(target, runtime=_runtime(target.runtime), path=places[target.path]))
    if isinstance(target, PythonTarget) and file is not None:
        return replace(side, target=target.moved(f"{places[file]}{target.name.removeprefix(str(file))}"))
    return side


def _runtime(wanted: Runtime) -> Runtime:
    """Find a runtime of this machine by its name.

    :raises HostError: there is none.
    """
    try:
        return select((wanted.name,))[0]
    except SigmoidParityError as error:
        raise HostError(platform.node(), "load", str(error)) from None


@cache
def _folder(key: str) -> Path:
    """Return a folder that goes with this process."""
    made = tempfile.TemporaryDirectory(prefix=f"sigmoid-parity-{key[:8]}-")
    _KEPT.append(made)
    return Path(made.name)


_KEPT: Final[list[Any]] = []
_RUNNERS: Final[dict[int, tuple[str, Runner]]] = {}
