"""The table of languages for machines, as JSON, and for a document, as Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sigmoid_parity import floats
from sigmoid_parity.languages import words
from sigmoid_parity.languages.report import Measured, ProgramRow, ReaderRow, Report, Row, title

SCHEMA_VERSION: Final = 1
"""The version of the JSON report's form."""

_BEGIN: Final = "<!-- written by sigmoid-parity languages -->"
_END: Final = "<!-- end -->"


def to_json(report: Report, provenance: Mapping[str, str]) -> str:
    """Compose the JSON report; numbers are shortest decimals with their bits beside them.

    :param report: what came out.
    :param provenance: on what.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "provenance": dict(provenance),
        "against": report.against,
        "points": report.samples,
        "programs": [_program(row) for row in report.programs],
        "readers": [_reader(row) for row in report.readers],
        "missing_packages": report.packages,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def to_markdown(report: Report, provenance: Mapping[str, str], language: str = "en") -> str:
    """Compose the tables of a document: languages, processors, and readers of the YAML.

    :param report: what came out.
    :param provenance: on what; its processor and libm are named.
    :param language: of the words.
    """
    own = [row for row in report.programs if row.source.processor is None]
    emulated = [row for row in report.programs if row.source.processor is not None]
    where = f"{provenance['cpu']}; {provenance['libm']}; {report.against}. " + "; ".join(
        words.summary(report, language)
    )
    parts = [f"{where}."]
    parts += [_programs(rows, language) for rows in (own, emulated) if rows]
    if report.readers:
        parts.append(_readers(report.readers, language))
    return "\n\n".join(parts) + "\n"


def put(table: str, document: str) -> str:
    """Put tables into a document, in place of those between its two marks; a document without marks is replaced.

    :param table: as `to_markdown` composes it.
    :param document: the file's present content; may be empty.
    """
    before, begin, rest = document.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        before, after = "", "\n"
    return f"{before}{_BEGIN}\n\n{table}\n{_END}{after}"


def _programs(rows: Sequence[ProgramRow], language: str) -> str:
    count = max((row.activation.comparison.tally.cases for row in rows if row.activation), default=0)
    titles = [words.say(name, language) for name in ("language", "version", "exp", "same", "largest", "at")]
    titles += [words.say("cases", language, count=f"{count:,}"), words.say("others", language)]
    return _table(titles, [_cells(row, language) for row in rows])


def _cells(row: ProgramRow, language: str) -> list[str]:
    first = [title(row.source), row.version or "-", row.source.exp]
    if row.activation is None:
        return [*first, "-", "-", "-", "-", words.not_run(row, language)]
    same, largest, at, cases = words.figures(row.activation, language)
    return [*first, same, largest, f"`{at}`" if at != "-" else at, cases, words.others(row, language)]


def _readers(rows: Sequence[ReaderRow], language: str) -> str:
    titles = [words.say(name, language) for name in ("reader", "version", "result")]
    return _table(titles, [[title(row.source), row.version or "-", words.result(row, language)] for row in rows])


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_escaped, line))} |" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\n", " ")


def _common(row: Row) -> dict[str, Any]:
    return {
        "id": row.source.id,
        "name": row.source.name,
        "state": row.state,
        "version": row.version or None,
        "problem": row.problem or None,
        "packages": list(row.source.packages),
    }


def _program(row: ProgramRow) -> dict[str, Any]:
    return _common(row) | {
        "variant": row.source.variant,
        "processor": row.source.processor,
        "exp": row.source.exp,
        "functions": {one.comparison.function: _measured(one) for one in row.measured},
    }


def _reader(row: ReaderRow) -> dict[str, Any]:
    more = {"parser": row.source.parser, "runner": row.source.runner, "passed": row.passed, "said": row.said or None}
    return _common(row) | (more if row.state == "ran" else {})


def _measured(measured: Measured) -> dict[str, Any]:
    compared, tally = measured.comparison, measured.comparison.tally
    return {
        "cases": tally.cases,
        "cases_differ": tally.cases_differ,
        "cases_skipped": measured.skipped,
        "points": tally.samples,
        "points_differ": tally.samples_differ,
        "max_ulp": None if compared.max_ulp == floats.INCOMPARABLE else compared.max_ulp,
        "worst": _worst(measured) if compared.differ else None,
    }


def _worst(measured: Measured) -> dict[str, str]:
    compared = measured.comparison
    found: dict[str, str] = {}
    for name in ("inputs", "expected", "actual"):
        value = float(getattr(compared, name)[compared.worst])
        found |= {name: floats.decimal(value), f"{name}_bits": floats.hexadecimal(value)}
    return found
