"""The C# pair as a side of a comparison, on the runtime of this process or of one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity import resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.formats import rounded
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, binding
from sigmoid_parity.implementations.dotnet.inside import Inside
from sigmoid_parity.implementations.hosting.memory import NOWHERE
from sigmoid_parity.sweep.sides import NEAR, Compute, Place

_DOUBLE: Final = np.dtype(np.float64)


@dataclass(frozen=True, slots=True)
class Pair:
    """The C# pair: its binary64 results, rounded once.

    :ivar runtime: on which runtime.
    :ivar path: the assembly.
    :ivar time_limit: for each call in a process of its own, in seconds.
    """

    runtime: Runtime
    path: Path
    time_limit: float

    block = NEAR
    apart = False

    @property
    def name(self) -> str:
        """The runtime's name; see `Side`."""
        return self.runtime.name

    def identity(self) -> dict[str, str]:
        """See `Side`."""
        return {"name": self.name, "assembly": assembly.digest_of(self.path)}

    @contextmanager
    def open(self, function: str, dtype: np.dtype[Any], block: int, place: Place | None) -> Iterator[Compute]:
        """See `Side`."""
        if place is not None:
            yield _InProcess(self, function, dtype, block, place)
            return
        with Host(self.runtime, self.path, time_limit=self.time_limit) as host:
            yield lambda points: rounded(host.apply(function, points.astype(np.float64)), dtype)


class _InProcess:
    """The pair on the runtime of this process, over blocks in memory that is used again and again."""

    def __init__(self, pair: Pair, function: str, dtype: np.dtype[Any], block: int, place: Place) -> None:
        self._inside = Inside(pair.runtime, pair.path.resolve(), resources.harness_path().resolve())
        methods = FUNCTIONS[function].methods
        self._dtype = dtype
        self._place = place
        self._memory = np.empty((len(methods), block))
        self._steps = [(method, row.ctypes.data) for method, row in zip(methods, self._memory, strict=True)]

    def __call__(self, points: Floats) -> Floats:
        source = np.ascontiguousarray(rounded(points, _DOUBLE))
        address = source.ctypes.data
        for method, target in self._steps:
            self._apply(method, address, target, source.size)
            address = target
        return rounded(self._memory[-1, : source.size], self._dtype)

    def _apply(self, method: str, source: int, target: int, count: int) -> None:
        try:
            self._inside.apply(method, source, target, count, self._place.address)
        except HostError:
            raise
        except Exception as error:
            problem = f"{method} threw {binding.describe(error)}"
            raise HostError(self._inside.runtime.name, "throw", problem) from error
        self._place.number[0] = NOWHERE  # What fails from here on is the other side.
