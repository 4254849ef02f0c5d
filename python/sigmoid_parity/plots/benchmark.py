"""The benchmark as a figure: nanoseconds a point over the size of the array."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sigmoid_parity import remedies
from sigmoid_parity.benchmark.measure import Row
from sigmoid_parity.errors import MissingError

_MARKERS: Final = "os^vDP*Xd<>"


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw ns a point over points in an array, one panel per dtype, and save it in the form that the name ends in.

    :raises MissingError: matplotlib is not installed, or the file cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingError(f"matplotlib is not installed, and plots need it: {remedies.pip('matplotlib')}") from None
    figure = Figure(figsize=(11.0, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    arrays = [row for row in rows if row.case == "activation"]
    for index, name in enumerate(dict.fromkeys(row.implementation for row in arrays)):
        for axes, dtype in ((left, "float64"), (right, "float32")):
            points = [(row.n, row.ns_per_point) for row in arrays if (row.implementation, row.dtype) == (name, dtype)]
            if points:
                axes.loglog(*zip(*points, strict=True), marker=_MARKERS[index], color=f"C{index}", label=name)
            axes.set(title=dtype, xlabel="points in the array", ylabel="ns a point")
            axes.grid(visible=True, alpha=0.4)
    left.legend()
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise MissingError(f"cannot write {path}: {error}") from None
