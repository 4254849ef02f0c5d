"""The measurements: arrays of several sizes, the derivative, scalar calls, imports, a process's first array."""

from __future__ import annotations

import importlib
import math
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import checks, first, step, timing
from benchmarks.peers import PORT, Peer
from sigmoid_parity import floats
from sigmoid_parity.implementations.dotnet import Runtime
from sigmoid_parity.port.functions import activation, d_activation
from sigmoid_parity.progress import Progress, silent

SIZES: Final = (1, 10, 100, 1_000, 100_000, 10_000_000)
"""Points in an array."""

SEED: Final = 20261121
_SPREAD: Final = 5.0
_COMPARED: Final = 1_000_000  # Points at which a peer's bits are compared with C#'s.
_IMPORTS: Final = 7
_CHECKS: Final = 3

Reference = Callable[[str, NDArray[np.float64]], NDArray[np.float64]]
"""The C# class: computes a function, by its name in Python, for each element."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement.

    :ivar case: ``"activation"``, ``"d_activation"``, ``"step"``, ``"scalar"``, ``"import"``, ``"first"``, ``"check"``,
        ``"sweep"``, ``"pair"``, ``"workers"``, ``"dask"`` or ``"unit"``.
    :ivar implementation: whose; of a first array, the part.
    :ivar dtype: of the array, or of the scalar; of a sweep, its points or what is compared; of a first array, what was
        on disk.
    :ivar n: points in the array; 1 for a scalar or a step, 0 for an import, a first array or a command.
    :ivar ns_per_point: median time in nanoseconds: per point, step, import, part (processor time) or command.
    :ivar ratio: how many times as long as the port took, median over the turns; a sweep as the C# calls in it, a
        pair as both sides alone, the part of a first array as the import of NumPy.
    :ivar max_ulp_vs_csharp: the largest distance from the C# class, or None where none was measured or none applies.
    :ivar share_of_same_bits: the share of points with the bits of the C# class, or None where it was not measured.
    """

    case: str
    implementation: str
    dtype: str
    n: int
    ns_per_point: float
    ratio: float
    max_ulp_vs_csharp: int | None = None
    share_of_same_bits: float | None = None


def measure(
    peers: Sequence[Peer],
    csharp: Reference | None,
    sizes: Sequence[int] = SIZES,
    progress: Progress = silent,
    runtime: Runtime | None = None,
) -> Iterator[Row]:
    """Measure everything, and yield rows as they are ready.

    :param peers: see `peers.find`; the port among them.
    :param csharp: the C# class, or None where there is no runtime or no assembly.
    :param sizes: points in the arrays.
    :param progress: called with what is about to be done.
    :param runtime: on which ``check`` is timed; what needs C# is left out where it is None.
    """
    for dtype in ("float64", "float32"):
        progress(f"comparing bits, {dtype}")
        points = samples(_COMPARED, dtype)
        expected = None if csharp is None else csharp("activation", points.astype(np.float64)).astype(dtype)
        parity = {peer.name: _parity(peer, points, expected) for peer in peers if dtype in peer.dtypes}
        for size in sizes:
            progress(f"{dtype}, {size:,} points")
            yield from _arrays(peers, dtype, size, parity)
    progress("derivative, training step, scalars, imports")
    yield from _derivative()
    yield from _steps()
    yield from _scalars(peers)
    yield from _imports(peers)
    progress("the first array of a process")
    yield from _first()
    progress("the command check")
    yield from _checks(runtime)


def samples(size: int, dtype: str) -> NDArray[Any]:
    """Return seeded, normally distributed points, of standard deviation 5."""
    return np.random.default_rng(SEED).normal(0.0, _SPREAD, size).astype(dtype)


def _arrays(
    peers: Sequence[Peer], dtype: str, size: int, parity: Mapping[str, tuple[int | None, float | None]]
) -> Iterator[Row]:
    source = samples(size, dtype)
    calls = {peer.name: peer.prepare(source, np.empty_like(source)) for peer in peers if dtype in peer.dtypes}
    times = timing.in_turn(calls)
    for name, turns in times.items():
        yield _row("activation", name, dtype, size, turns, times[PORT], *parity[name])


def _derivative(size: int = 100_000) -> Iterator[Row]:
    y = activation(samples(size, "float64"))
    target = np.empty_like(y)

    def formula() -> None:
        target[...] = (1.0 - y) * y

    times = timing.in_turn({PORT: lambda: d_activation(y, out=target), "NumPy formula": formula})
    for name, turns in times.items():
        yield _row("d_activation", name, "float64", size, turns, times[PORT])


def _steps() -> Iterator[Row]:
    times = timing.in_turn(step.calls(PORT))
    for name, turns in times.items():
        yield _row("step", name, "float64", 1, turns, times[PORT])


def _scalars(peers: Sequence[Peer]) -> Iterator[Row]:
    x, exp = 0.7, math.exp
    there = {peer.name for peer in peers}
    calls: dict[str, timing.Call] = {
        PORT: lambda: activation(x),
        "inline formula": lambda: 1.0 / (1.0 + exp(-x)),
        "NumPy formula": lambda: 1.0 / (1.0 + np.exp(-x)),
    }
    if "scipy.special.expit" in there:
        expit = importlib.import_module("scipy.special").expit
        calls["scipy.special.expit"] = lambda: expit(x)
    # The loop and the lambda cost as much as the work: a call of nothing is taken off every time.
    times = timing.in_turn({**calls, "": lambda: x})
    idle = times.pop("")
    net = {name: [turn - none for turn, none in zip(turns, idle, strict=True)] for name, turns in times.items()}
    for name, turns in net.items():
        yield _row("scalar", name, "float64", 1, turns, net[PORT])


def _imports(peers: Sequence[Peer]) -> Iterator[Row]:
    modules = {
        PORT: "sigmoid_parity",
        "numpy": "numpy",
        "scipy.special.expit": "scipy.special",
        "torch.sigmoid": "torch",
    }
    chosen = {name: module for name, module in modules.items() if name == "numpy" or name in {p.name for p in peers}}
    times = timing.in_turn({name: _importing(module) for name, module in chosen.items()}, _IMPORTS)
    for name, turns in times.items():
        yield _row("import", name, "", 0, turns, times[PORT])


def _first() -> Iterator[Row]:
    for state, part, seconds, ratio in first.measure(_IMPORTS):
        yield Row("first", part, state, 0, seconds * 1e9, ratio)


def _checks(runtime: Runtime | None) -> Iterator[Row]:
    times = timing.in_turn(checks.calls(PORT, runtime), _CHECKS)
    for name, turns in times.items():
        yield _row("check", name, "", 0, turns, times[PORT])


def _importing(module: str) -> timing.Call:
    command = [sys.executable, "-c", f"import {module}"]
    # Ctrl-C is for this process, which then ends the other.
    return lambda: subprocess.run(command, check=True, start_new_session=True)  # noqa: S603 - this very Python


def _parity(peer: Peer, source: NDArray[Any], expected: NDArray[Any] | None) -> tuple[int | None, float | None]:
    if expected is None or not peer.is_sigmoid:
        return None, None
    target = np.empty_like(source)
    peer.prepare(source, target)()
    steps = floats.distance(expected, target)
    worst = int(steps.max())
    return None if worst == floats.INCOMPARABLE else worst, float(np.mean(steps == 0))


def _row(
    case: str, name: str, dtype: str, size: int, turns: Sequence[float], port: Sequence[float], *parity: Any
) -> Row:
    return Row(case, name, dtype, size, median(turns) * 1e9 / max(size, 1), timing.ratio(turns, port), *parity)
