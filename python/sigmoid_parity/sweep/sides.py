"""The two sides of a comparison: the port, the portable functions, or a candidate in a target; C# is in `pair`.

Sides are described here, and sent to the processes that open them.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.errors import HostError
from sigmoid_parity.formats import rounded
from sigmoid_parity.implementations.candidates import Floats, Found, Target
from sigmoid_parity.implementations.dotnet import AssemblyTarget, assembly
from sigmoid_parity.implementations.hosting.memory import NOWHERE
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.implementations.portable import PortableArray
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.port import functions as port
from sigmoid_parity.port.backends import choice

Compute = Callable[[Floats], Floats]
"""Computes a function for an array; what it returns may be overwritten by its next call."""

_DOUBLE: Final = np.dtype(np.float64)

_SINGLE: Final = 4  # Bytes; the port computes narrower formats in float64 too.

NEAR: Final = 1 << 15
"""Points of a block for what is called in the process itself: they stay in the cache, and take longer than a call."""

FAR: Final = 1 << 19
"""Points of a block that goes to another process."""

STARTED: Final = 1 << 20
"""Points of a block for which a program is started; four times as many where they are bytes, not lines."""


class Place:
    """Where code under test leaves the number of the element that it is at.

    :ivar number: int64 of shape (1,).
    :ivar address: where that is.
    """

    def __init__(self) -> None:
        """Leave it where nobody looks."""
        self.move(np.full(1, NOWHERE, np.int64))

    def move(self, number: NDArray[np.int64]) -> None:
        """Leave it elsewhere."""
        self.number, self.address = number, number.ctypes.data


class Side(Protocol):
    """One of two implementations that are compared."""

    @property
    def name(self) -> str:
        """What results call it."""

    @property
    def block(self) -> int:
        """How many points it is given at a time."""

    @property
    def apart(self) -> bool:
        """Whether it computes in a process of its own, in which others need not wait for it."""

    def identity(self) -> dict[str, str]:
        """Return what must be the same for a sweep to be gone on with."""

    def open(
        self, function: str, dtype: np.dtype[Any], block: int, place: Place | None
    ) -> AbstractContextManager[Compute]:
        """Get ready to compute.

        :param function: its name in Python.
        :param dtype: of the points and results.
        :param block: how many points it will be given at a time, at most.
        :param place: where to leave the number of the element; None where code may not run in this process.
        :raises HostError: it cannot be loaded.
        """


@dataclass(frozen=True, slots=True)
class Port:
    """The port: its functions over arrays.

    :ivar wide: whether it computes in float64 whatever the format, its results being rounded once.
    """

    wide: bool = False

    name = "port"
    block = NEAR
    apart = False

    def identity(self) -> dict[str, str]:
        """See `Side`."""
        version, backend = metadata.version("sigmoid-parity"), choice.chosen().name
        return {"name": self.name, "version": version, "backend": backend, "wide": str(self.wide)}

    @contextmanager
    def open(self, function: str, dtype: np.dtype[Any], block: int, place: Place | None) -> Iterator[Compute]:  # noqa: ARG002
        """See `Side`."""
        own = dtype if dtype.itemsize >= _SINGLE and not self.wide else _DOUBLE
        compute, memory = getattr(port, function), np.empty(block, own)

        def computed(points: Floats) -> Floats:
            # The port asks more questions about a part of an array than about a whole one.
            target = memory if points.size == memory.size else memory[: points.size]
            return rounded(compute(rounded(points, own), out=target), dtype)

        yield computed


@dataclass(frozen=True, slots=True)
class Portable:
    """The portable functions: their binary64 results, rounded once."""

    name = "portable"
    block = NEAR
    apart = False

    def identity(self) -> dict[str, str]:
        """See `Side`."""
        return {"name": self.name, "version": metadata.version("sigmoid-parity")}

    @contextmanager
    def open(self, function: str, dtype: np.dtype[Any], block: int, place: Place | None) -> Iterator[Compute]:  # noqa: ARG002
        """See `Side`."""
        portable = PortableArray()
        portable.apply(function, np.zeros(1))  # What it imports late is there from here on.
        yield lambda points: rounded(portable.apply(function, points.astype(np.float64)), dtype)


@dataclass(frozen=True, slots=True)
class Called:
    """A candidate in a target.

    :ivar target: as it was named.
    :ivar number: of the candidate among those found.
    :ivar called: the candidate's name.
    :ivar apart: whether it is called in a process of its own, and not in the worker's; see `placing`.
    """

    target: Target
    number: int
    called: str
    apart: bool = True

    @property
    def name(self) -> str:
        """Candidate, target and place; see `Side`."""
        place = f" on {self.target.place}" if self.target.place else ""
        known = "" if self.target.name in self.called else f" of {self.target.name}"
        return f"{self.called}{known}{place}"

    @property
    def block(self) -> int:
        """See `Side`."""
        if isinstance(self.target, ProgramTarget):
            return 4 * STARTED if self.target.binary else STARTED
        return FAR if self.apart else NEAR

    def identity(self) -> dict[str, str]:
        """See `Side`; files that are named by their content, a package by its version."""
        return {"name": self.name, **_contents(self.target.name)}

    @contextmanager
    def open(self, function: str, dtype: np.dtype[Any], block: int, place: Place | None) -> Iterator[Compute]:  # noqa: ARG002
        """See `Side`."""
        with self._opened() as found:
            if self.number >= len(found.candidates) or found.candidates[self.number].name != self.called:
                raise HostError(self.name, "load", "it is not found any more; is the file another one by now?")
            candidate = found.candidates[self.number]
            yield lambda points: rounded(candidate.compute(rounded(points, candidate.dtype)), dtype)

    def _opened(self) -> AbstractContextManager[Found]:
        if not self.apart and isinstance(self.target, (AssemblyTarget, PythonTarget)):
            return self.target.inside()
        return self.target.open()


def _contents(text: str) -> dict[str, str]:
    words = [part for word in _words(text) for part in (word, word.rpartition(":")[0])]
    files = {word: assembly.digest_of(Path(word)) for word in words if word and Path(word).is_file()}
    package = text.partition(":")[0].partition(".")[0]
    try:
        return files or {package: metadata.version(package)}
    except (metadata.PackageNotFoundError, ValueError):
        return files


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return [text]
