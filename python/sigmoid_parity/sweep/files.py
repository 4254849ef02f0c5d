"""What a sweep found, for machines: JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from sigmoid_parity import floats
from sigmoid_parity.sweep import report as reports
from sigmoid_parity.sweep import words
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.report import Report, Result
from sigmoid_parity.sweep.runner import Fault
from sigmoid_parity.sweep.tally import Point, Tally

SCHEMA_VERSION: Final = 1
"""The version of the JSON report's form."""


def to_json(report: Report, provenance: Mapping[str, str]) -> str:
    """Compose the JSON report; numbers are shortest decimals with their bits beside them.

    :param report: what was found.
    :param provenance: on what.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "verdict": report.verdict,
        "provenance": dict(provenance),
        "machines": reports.machines(report),
        "workers": report.workers,
        "comparisons": [_result(result) for result in report.results],
        "not_swept": [asdict(refusal) for refusal in report.refusals],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _result(result: Result) -> dict[str, Any]:
    comparison = result.comparison
    return {
        **comparison.identity(),
        **counted(result.tally, comparison),
        "machines": [{"machine": dict(one), "differ": tally.differ} for one, tally in result.tallies.items()],
        "faults": [_fault(one) for one in result.faults],
        "failure": result.failure or None,
        "tried_again": result.again,
        "from_journal": result.kept,
        "seconds": round(result.seconds, 3),
        "points_per_second": round(result.rate),
    }


def counted(tally: Tally, comparison: Comparison) -> dict[str, Any]:
    """Return what was counted as JSON has it: how many points differ, by how much, where, and the furthest."""
    return {
        "points": tally.compared,
        "same": tally.compared - tally.differ,
        "differ": tally.differ,
        "skipped": tally.skipped,
        "max_ulp": tally.max_ulp,
        "distances": {name: count for name, count, _ in words.kinds(tally, "en")},
        "binades": [
            {"x": name, "differ": count, "max_ulp": _steps(most)} for name, count, most in words.binades(tally)
        ],
        "worst": [_point(point, comparison) for point in tally.worst],
        "not_comparable": [_point(point, comparison) for point in tally.odd],
        "first": [_point(point, comparison) for _, point in sorted(tally.first.items())],
    }


def _point(point: Point, comparison: Comparison) -> dict[str, Any]:
    x = words.double(point.x)
    expected, actual = (words.result_of(one, comparison) for one in (point.expected, point.actual))
    return {
        "index": point.index,
        "x": floats.decimal(x),
        "x_bits": floats.hexadecimal(x),
        "expected": expected[0],
        "expected_bits": expected[1],
        "actual": actual[0],
        "actual_bits": actual[1],
        "ulp": _steps(point.steps),
    }


def _fault(fault: Fault) -> dict[str, Any]:
    x = words.double(fault.x)
    return {**asdict(fault), "x": floats.decimal(x), "x_bits": floats.hexadecimal(x)}


def _steps(steps: int) -> int | None:
    return None if steps == floats.INCOMPARABLE else steps
