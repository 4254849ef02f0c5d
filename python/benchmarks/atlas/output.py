"""The atlas's files: figures as JSON, a picture, a page, and the document with the table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any, Final

from benchmarks.atlas.rows import FORMATS
from benchmarks.atlas.sweep import Swept
from sigmoid_parity import floats
from sigmoid_parity.figures import page, strips
from sigmoid_parity.figures.page import Column, Page, Picture, Section, Table
from sigmoid_parity.figures.strips import Panel, Strip
from sigmoid_parity.machine import provenance
from sigmoid_parity.sweep import files, picture, words

SCHEMA_VERSION: Final = 1
"""The version of the JSON's form."""

_TITLE: Final = "Sigmoids at every float32"
_TITLES: Final = {
    "float32": "float32 in and out, against C#'s result rounded once",
    "float64": "float32 widened to double, against C#'s bits",
}
_MACHINE: Final = ("sigmoid-parity", "python", "numpy", "libm", "cpu", "arrays")  # What results may depend on.
_TEMPLATE: Final = Path(__file__).with_name("atlas.md")
_COLUMNS: Final = (
    "implementation",
    "float32: differ",
    "share",
    "furthest, ULP",
    "as doubles: differ",
    "share",
    "furthest, ULP",
    "million points a second",
)


def write(swept: Sequence[Swept], folder: Path) -> None:
    """Write what was swept so far: ``atlas.json``, ``.svg``, ``.html`` and ``.md``.

    :param swept: the rows, in order.
    :param folder: where.
    """
    machine = {name: words for name, words in provenance.collect(None).items() if name in _MACHINE}
    picture_of = strips.draw(list(_panels(swept)), "svg")
    (folder / "atlas.json").write_text(_json(swept, machine), encoding="utf-8")
    (folder / "atlas.svg").write_bytes(picture_of)
    (folder / "atlas.html").write_text(_page(swept, machine, picture_of), encoding="utf-8")
    (folder / "atlas.md").write_text(_document(swept, machine), encoding="utf-8")


def _json(swept: Sequence[Swept], machine: Mapping[str, str]) -> str:
    rows = ",\n".join(json.dumps(_figures(one), ensure_ascii=False) for one in swept)  # A line each.
    head = json.dumps({"schema_version": SCHEMA_VERSION, "provenance": dict(machine)}, ensure_ascii=False)
    return f'{head[:-1]}, "rows": [\n{rows}\n]}}\n'


def _figures(one: Swept) -> dict[str, Any]:
    comparison = one.row.comparison
    return {
        "name": one.row.name,
        "format": comparison.format,
        "domain": comparison.domain.describe(),
        **files.counted(one.result.tally, comparison),
        "faults": len(one.result.faults),
        "failure": one.result.failure or None,
        "seconds": round(one.seconds, 1) or None,
    }


def _panels(swept: Sequence[Swept]) -> Iterator[Panel]:
    for form, title in _TITLES.items():
        chosen = [one for one in swept if one.row.comparison.format == form]
        if chosen:
            exponents = picture.exponents(chosen[0].row.comparison.domain.dtype)
            yield Panel(title, exponents, [Strip(one.row.name, one.summary, _largest(one)) for one in chosen])


def _largest(one: Swept) -> dict[int, int]:
    return {binade: most for binade, (_, most) in one.result.tally.binades.items()}


def _page(swept: Sequence[Swept], machine: Mapping[str, str], drawn: bytes) -> str:
    figure = Section("Where they differ", pictures=[Picture(drawn, "; ".join(_TITLES.values()))])
    table = Section("How many differ", table=Table((Column(_COLUMNS[0]), *_numbers()), list(_cells(swept))))
    on = Section("Machine", table=Table((Column("thing"), Column("value")), list(machine.items())))
    sections = [figure, table, *map(_section, swept), on]
    summary = f"{len({one.row.name for one in swept})} implementations against C#"
    return page.compose(Page("en", _TITLE, "differ", "ATLAS", summary, sections))


def _numbers() -> list[Column]:
    return [Column(title, "number") for title in _COLUMNS[1:]]


def _section(one: Swept) -> Section:
    counted = one.result.tally
    rows = [
        (name, f"{count:,}", f"{count / counted.compared:.4%}", first)
        for name, count, first in words.kinds(counted, "en")
    ]
    columns = (
        *(Column(title, "number") for title in ("distance in ULP", "points", "share")),
        Column("first at x", "code"),
    )
    title = f"{one.row.name}: {_TITLES[one.row.comparison.format]}"
    return Section(title, [words.domain(one.row.comparison, "en"), one.summary], Table(columns, rows))


def _cells(swept: Sequence[Swept]) -> Iterator[tuple[str, ...]]:
    """Return the table: a row an implementation, three cells a format, and the slower of the two rates."""
    for name in dict.fromkeys(one.row.name for one in swept):
        of = {one.row.comparison.format: one for one in swept if one.row.name == name}
        times = [one.result.tally.compared / one.seconds / 1e6 for one in of.values() if one.seconds]
        cells = [cell for form in FORMATS for cell in (_counted(of[form]) if form in of else ("", "", ""))]
        yield (name, *cells, f"{min(times):,.3g}" if times else "")


def _counted(one: Swept) -> tuple[str, str, str]:
    counted = one.result.tally
    if one.result.failure or one.result.faults or not counted.compared:
        return "not computed", "", ""
    furthest = floats.short(counted.max_ulp) if counted.worst else "0"
    if counted.unequal:
        furthest += f"; {counted.unequal:,} not comparable"
    if counted.skipped:
        furthest += f"; {counted.skipped:,} skipped"
    return f"{counted.differ:,}", f"{counted.differ / counted.compared:.4%}", furthest


def _document(swept: Sequence[Swept], machine: Mapping[str, str]) -> str:
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|---|" + "---:|" * (len(_COLUMNS) - 1)]
    lines += ["| " + " | ".join(cells) + " |" for cells in _cells(swept)]
    values = {
        "table": "\n".join(lines),
        "cpu": machine["cpu"],
        "libm": machine["libm"],
        "python": machine["python"],
        "hours": f"{sum(one.seconds for one in swept) / 3600:.1f}",
    }
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(values)
