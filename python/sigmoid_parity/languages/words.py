"""The cells of the table of languages, in words of three languages: the phrases of ``words.yaml``."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from sigmoid_parity import floats
from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.diagnosis import words as distances
from sigmoid_parity.functions import ACTIVATION
from sigmoid_parity.languages.report import Measured, ProgramRow, ReaderRow, Report, Row

_PHRASES: Final = Phrases(Path(__file__).with_name("words.yaml"))

say = _PHRASES.say
"""Say a phrase: takes its name, the language, and what is put into it."""

_HUNDREDTHS: Final = 10_000


def figures(measured: Measured, language: str) -> tuple[str, str, str, str]:
    """Write what came out of a function: same bits in %, largest distance in ULP, where it is, cases that differ."""
    compared = measured.comparison
    at = floats.decimal(measured.worst) if compared.differ else "-"
    return share(measured), distances.distance(compared.max_ulp, language), at, _cases(measured, language)


def share(measured: Measured) -> str:
    """Write in how many points of a hundred the bits are the same; rounded down, so that 100 says all."""
    hundredths = math.floor(measured.share * _HUNDREDTHS)
    return f"{hundredths / 100:.2f}" if hundredths < _HUNDREDTHS else "100"


def others(row: ProgramRow, language: str) -> str:
    """Say which other functions differ, and in how many cases and points."""
    differing = [one.comparison for one in row.differing if one.comparison.function != ACTIVATION.name]
    said = [say("differ-in", language, function=one.function, count=f"{one.differ:,}") for one in differing]
    return ", ".join(said) or say("all-same", language)


def not_run(row: Row, language: str) -> str:
    """Say why a row has no figures."""
    return say("not-run", language, problem=row.problem)


def result(row: ReaderRow, language: str) -> str:
    """Say whether a reader passed."""
    if row.state != "ran":
        return not_run(row, language)
    return say("passed", language) if row.passed else say("not-passed", language, said=row.said)


def summary(report: Report, language: str) -> list[str]:
    """Say how many rows ran, and how they came out; of programs and of readers, where there are any."""
    lines = []
    if report.programs:
        ran = [row for row in report.programs if row.state == "ran"]
        counts = {"ran": len(ran), "all": len(report.programs), "same": sum(not row.differing for row in ran)}
        held = {"original": report.against, "points": f"{report.samples:,}"}
        lines.append(say("held", language, **counts, **held))
    if report.readers:
        passed = sum(row.passed for row in report.readers)
        lines.append(say("readers", language, passed=passed, all=len(report.readers)))
    return lines


def _cases(measured: Measured, language: str) -> str:
    count = f"{measured.comparison.tally.cases_differ:,}"
    return say("skipped", language, count=count, skipped=measured.skipped) if measured.skipped else count
