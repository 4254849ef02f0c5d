"""What the tests of sweeps share: comparisons of our own code, which need no process, and of C# that misbehaves."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sigmoid_parity.implementations.dotnet import Runtime
from sigmoid_parity.sweep.child import Session
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.counting import Counter
from sigmoid_parity.sweep.domains import Bits, Domain
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.runner import Done
from sigmoid_parity.sweep.sides import Compute, Place, Port
from sigmoid_parity.sweep.units import Unit

__all__ = ["Direct", "Session", "Shifted", "against_port", "small"]


@dataclass(frozen=True)
class Shifted:
    """The port with the last bit of some results changed."""

    every: int

    name = "shifted"
    block = 1 << 12
    apart = False

    def identity(self) -> dict[str, str]:
        return {"name": self.name, "every": str(self.every)}

    @contextmanager
    def open(self, function: str, dtype: np.dtype[Any], block: int, place: Place | None) -> Iterator[Compute]:
        with Port().open(function, dtype, block, place) as port:
            yield lambda points: self._shift(port(points).copy())

    def _shift(self, results: Any) -> Any:
        words = results.view(f"u{results.itemsize}")
        words[words % self.every == 0] ^= 1
        return results


class Direct:
    """Computes units in this process, in order, and remembers which."""

    count = 1

    def __init__(self, most: int | None = None) -> None:
        self.done: list[Unit] = []
        self._most = most

    def run(self, comparison: Comparison, units: Iterable[Unit]) -> Generator[Done, None, None]:
        sides = comparison.expected, comparison.actual
        function, dtype, block = comparison.function, comparison.dtype, 1 << 16
        with (
            sides[0].open(function, dtype, block, None) as expected,
            sides[1].open(function, dtype, block, None) as actual,
        ):
            for unit in units:
                if self._most is not None and len(self.done) >= self._most:
                    raise KeyboardInterrupt
                points = comparison.domain.points(unit.first, unit.count).astype(dtype)
                counter = Counter(dtype)
                counter.add(unit.first, points, expected(points), actual(points))
                self.done.append(unit)
                yield Done(unit, counter.tally(), (), {"cpu": "this one"})


def small(every: int = 100, domain: Domain | None = None) -> Comparison:
    """Compare the port with itself, a bit of which is changed in some results; ten units."""
    return Comparison("activation", "float64", Port(), Shifted(every), domain or Bits(10 << 16, 3), ".", 60.0)


def against_port(runtime: Runtime, dll: Path, domain: Domain, time_limit: float = 60.0) -> Comparison:
    """Compare an assembly's class with the port."""
    return Comparison(
        "activation", "float64", Pair(runtime, dll, time_limit), Port(), domain, str(Path.cwd()), time_limit
    )
