"""A benchmark's rows: a table for the terminal, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.measure import Row

SCHEMA_VERSION: Final = 1
"""The version of the JSON's form."""

_UNITS: Final = {"import": "ms", "first": "ms", "check": "ms", "unit": "ms", "scalar": "ns", "step": "ns"}
_BITS: Final = ("max ULP to C#", "same bits")
# All others stand beside the port.
_BESIDE: Final = {
    "first": "x NumPy's import",
    "sweep": "x C#",
    "pair": "x alone",
    "workers": "x one",
    "dask": "x local",
}
_TITLES: Final = {
    "activation": "sigmoid of an array",
    "d_activation": "derivative of an array, from the output",
    "scalar": "sigmoid of one float",
    "step": "training step of the 3-4-2 network",
    "import": "import in a new process",
    "first": "first array of a process, processor time",
    "check": "the command check in a new process, .NET's start included",
    "sweep": "sweep of the port against C#",
    "pair": "sweep of another pair, wall time without the making of points",
    "workers": "sweep of the port against C#, wall time",
    "dask": "the same on a Dask cluster of this machine",
    "unit": "processor time for a unit",
}


def render(rows: Sequence[Row], console: Console) -> None:
    """Print a table for each case, dtype and size; "x port" is how many times as long as the port it took."""
    for case, dtype, n in dict.fromkeys((row.case, row.dtype, row.n) for row in rows):
        chosen = [row for row in rows if (row.case, row.dtype, row.n) == (case, dtype, n)]
        console.print(_table(case, dtype, n, chosen))


def to_json(rows: Sequence[Row], provenance: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Compose the JSON: provenance, the peers' versions, the rows."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "provenance": dict(provenance),
        "versions": dict(versions),
        "rows": [asdict(row) for row in rows],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _table(case: str, dtype: str, n: int, rows: Sequence[Row]) -> Table:
    of_arrays = case in ("activation", "d_activation")
    title = ", ".join(filter(None, [_TITLES[case], dtype, f"points: {n:,}" if of_arrays else ""]))
    with_bits = any(row.share_of_same_bits is not None for row in rows)
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("implementation", no_wrap=True)
    for heading in (_UNITS.get(case, "ns/point"), _BESIDE.get(case, "x port"), *(_BITS if with_bits else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        time = row.ns_per_point * (1e-6 if _UNITS.get(case) == "ms" else 1.0)
        table.add_row(row.implementation, f"{time:.2f}", f"{row.ratio:.2f}", *(_parity(row) if with_bits else ()))
    return table


def _parity(row: Row) -> tuple[str, str]:
    if row.share_of_same_bits is None:
        return "", ""
    worst = "not comparable" if row.max_ulp_vs_csharp is None else f"{row.max_ulp_vs_csharp:,}"
    return worst, f"{row.share_of_same_bits:.2%}"
