"""``python -m benchmarks.kernels``, in the folder python: sigmoids of 16 bits at all inputs, and C#'s rounded once.

The C# result is rounded to the format; torch and JAX are taken where they are installed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.console import Console

from benchmarks import timing
from benchmarks.timing import Call
from sigmoid_parity import activation, floats, formats
from sigmoid_parity.cli import exits, streams
from sigmoid_parity.conformance import checking, words
from sigmoid_parity.conformance.report import Judgement
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import SigmoidParityError
from sigmoid_parity.figures import distances
from sigmoid_parity.figures.distances import Panel, Series
from sigmoid_parity.implementations.module import PythonTarget

FORMATS: Final = ("bfloat16", "float16")
"""The formats."""

PEERS: Final = {
    "NumPy": ("numpy", "benchmarks.kernels:formula"),
    "torch": ("torch", "torch:sigmoid"),
    "JAX": ("jax", "jax.nn:sigmoid"),
}
"""By the name of each: the package that must be there, and the function."""

PORT: Final = "port, float32"
"""What times are ratios to: the port, of as many float32."""

_TITLES: Final = ("format", "sigmoid", "version", "differ of 65,536", "largest, ULP", "at x", "what it is", "time")


def formula(x: Any) -> Any:
    """Compute ``1 / (1 + exp(-x))`` as NumPy does it, every operation in the format of the array."""
    one = x.dtype.type(1)
    with np.errstate(all="ignore"):
        return one / (one + np.exp(-x))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table as Markdown; returns the exit code: 0, or 2 where it could not run."""
    parser = argparse.ArgumentParser("python -m benchmarks.kernels", description=__doc__)
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the distances (png, svg, pdf)")
    plot = parser.parse_args(arguments).plot
    try:
        exits.check_folders(plot)
        _run(plot)
    except SigmoidParityError as error:
        Console(stderr=True, soft_wrap=True).print(f"error: {error}", markup=False)
        return exits.COULD_NOT_RUN
    return exits.AGREE


def _run(plot: Path | None) -> None:
    rows = [_TITLES, ("---",) * len(_TITLES)]
    panels = []
    for name in FORMATS:
        series = []
        ratios = _ratios(name)
        for peer, judgement in _judged(name):
            compared = judgement.comparisons[0]
            rows.append((name, peer, version(PEERS[peer][0]), *_cells(judgement), f"{ratios[peer]:.2f}"))
            series.append(Series(peer, compared.inputs.astype(np.float64), compared.steps))
        panels.append(Panel(name, "x", series))
    for row in rows:
        sys.stdout.write(f"| {' | '.join(row)} |\n")
    if plot is not None:
        exits.write_bytes(plot, distances.draw(panels, plot.suffix.removeprefix(".")))


def _here() -> list[str]:
    return [peer for peer, (package, _) in PEERS.items() if find_spec(package)]


def _judged(name: str) -> Iterator[tuple[str, Judgement]]:
    options = Options(dtype=name, time_limit=300.0)
    for peer in _here():
        target = PythonTarget(PEERS[peer][1], options.time_limit, name)
        report = checking.run([(target, True)], None, options)
        for place in report.places:
            for failure in place.failures:
                raise SigmoidParityError(words.failed(failure))
            yield peer, place.judgements[0]


def _cells(judgement: Judgement) -> tuple[str, str, str, str]:
    compared = judgement.comparisons[0]
    at = floats.decimal(float(compared.inputs[compared.worst])) if compared.differ else "-"
    steps = f"{compared.max_ulp:,}" if compared.max_ulp != floats.INCOMPARABLE else "none"
    what = f"{words.title(judgement, 'en')}; {words.evidence(judgement, 'en')}"
    return f"{compared.differ:,}", steps, at, what


def _ratios(name: str) -> dict[str, float]:
    """Time each peer on all inputs, beside the port; how many times as long it takes."""
    with np.errstate(invalid="ignore"):
        x = formats.every(formats.dtype(name))
        x = np.where(np.isnan(x), np.zeros_like(x), x)
    calls: dict[str, Call] = {PORT: _port(x.astype(np.float32))}
    calls |= {peer: _CALLS[peer](x) for peer in _here()}
    times = timing.in_turn(calls)
    return {peer: timing.ratio(seconds, times[PORT]) for peer, seconds in times.items()}


def _port(x: Any) -> Call:
    return lambda: activation(x)


def _numpy(x: Any) -> Call:
    return lambda: formula(x)


def _torch(x: Any) -> Call:
    torch = import_module("torch")
    torch.set_num_threads(1)
    tensor = torch.from_numpy(x.view(np.int16)).view(getattr(torch, x.dtype.name))
    return lambda: torch.sigmoid(tensor)


def _jax(x: Any) -> Call:
    jax = import_module("jax")
    array = jax.numpy.asarray(x)
    return lambda: jax.nn.sigmoid(array).block_until_ready()


_CALLS: Final = {"NumPy": _numpy, "torch": _torch, "JAX": _jax}

if __name__ == "__main__":
    streams.prepare()
    exits.end_on_signals()
    sys.exit(main())
