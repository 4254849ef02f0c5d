"""The benchmark as a figure: nanoseconds a point over the size of the array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from benchmarks.measure import Row
from sigmoid_parity.figures import canvas

_MARKERS: Final = "os^vDP*Xd<>"


def draw(rows: Sequence[Row], ending: str) -> bytes:
    """Draw ns a point over points in an array, a panel per dtype.

    :param rows: of the benchmark.
    :param ending: of `canvas.FORMATS`.
    :returns: the file's content.
    :raises MissingError: matplotlib is not installed.
    """
    arrays = [row for row in rows if row.case == "activation"]
    with canvas.settings():
        whole, parts = canvas.figure(2)
        left, right = (part.subplots() for part in parts)
        for index, name in enumerate(dict.fromkeys(row.implementation for row in arrays)):
            for axes, dtype in ((left, "float64"), (right, "float32")):
                points = [
                    (one.n, one.ns_per_point) for one in arrays if (one.implementation, one.dtype) == (name, dtype)
                ]
                if points:
                    axes.loglog(*zip(*points, strict=True), marker=_MARKERS[index], color=f"C{index}", label=name)
                axes.set(title=dtype, xlabel="points in the array", ylabel="ns a point")
                axes.grid(visible=True, alpha=0.4)
        left.legend()
        return canvas.save(whole, ending)
