"""The benchmark as a figure: nanoseconds a point over the size of the array."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.measure import Row

_FORMATS: Final = (".png", ".svg", ".pdf")
_MARKERS: Final = "os^vDP*Xd<>"


def problem(path: Path) -> str | None:
    """Say why no figure can be drawn to a file; None if one can."""
    if path.suffix not in _FORMATS:
        return f"cannot write {path}: a figure's name ends in {', '.join(_FORMATS)}"
    try:
        import matplotlib  # noqa: F401
    except ModuleNotFoundError:
        return "--plot needs matplotlib; pip install '.[plot]' installs it"
    return None


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw ns a point over points in an array, a panel per dtype.

    :param rows: of the benchmark.
    :param path: where to; see `problem`.
    """
    from matplotlib.figure import Figure

    arrays = [row for row in rows if row.case == "activation"]
    whole = Figure(figsize=(10.0, 4.5), layout="constrained")
    for axes, dtype in zip(whole.subplots(1, 2), ("float64", "float32"), strict=True):
        for index, name in enumerate(dict.fromkeys(row.implementation for row in arrays)):
            points = [(one.n, one.ns_per_point) for one in arrays if (one.implementation, one.dtype) == (name, dtype)]
            if points:
                axes.loglog(
                    *zip(*points, strict=True), marker=_MARKERS[index % len(_MARKERS)], color=f"C{index}", label=name
                )
        axes.set(title=dtype, xlabel="points in the array", ylabel="ns a point")
        axes.grid(visible=True, alpha=0.4)
        if arrays:
            axes.legend()
    whole.savefig(path)
