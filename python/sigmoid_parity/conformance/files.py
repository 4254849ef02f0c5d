"""What a check found, for machines: JSON, and JUnit's XML for CI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sigmoid_parity import floats, junit
from sigmoid_parity.conformance import words
from sigmoid_parity.conformance.comparison import Comparison
from sigmoid_parity.conformance.report import Failure, Judgement, Place, Report
from sigmoid_parity.diagnosis import Finding
from sigmoid_parity.junit import TestCase, Trouble

SCHEMA_VERSION: Final = 1
"""The version of the JSON report's form."""


def to_json(report: Report, provenance: Mapping[str, str], language: str = "en") -> str:
    """Compose the JSON report; numbers are shortest decimals with their bits beside them.

    :param report: what was found.
    :param provenance: on what.
    :param language: of the words.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "verdict": report.verdict,
        "provenance": dict(provenance),
        "originals": list(report.originals),
        "places": [_place(place, report, language) for place in report.places],
        "errors": [_failure(failure) for failure in report.failures],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def to_junit(report: Report, provenance: Mapping[str, str]) -> str:
    """Compose the JUnit report: a test case a function asked for in each place, and an error for what did not run."""
    return junit.compose("sigmoid-parity check", provenance, list(_cases(report)))


def _place(place: Place, report: Report, language: str) -> dict[str, Any]:
    return {
        "target": place.target,
        "place": place.place,
        "asked": list(report.asked(place.place)),
        "missing": report.missing(place.place),
        "callables": [_judgement(one, language) for one in place.judgements],
        "unrelated": place.unrelated,
        "not_tried": [{"owner": one.owner, "name": one.name, "reason": one.reason} for one in place.refusals],
        "errors": [_failure(failure) for failure in place.failures],
    }


def _judgement(judgement: Judgement, language: str) -> dict[str, Any]:
    return {
        "owner": judgement.owner,
        "name": judgement.name,
        "order": judgement.order or None,
        "function": judgement.function,
        "agrees": judgement.agrees,
        "computes": words.title(judgement, language),
        "evidence": words.evidence(judgement, language),
        "conventions": [_finding(finding) for finding in judgement.diagnosis.findings],
        "threw": judgement.threw,
        "skipped": judgement.skipped,
        "comparisons": [_comparison(one) for one in judgement.comparisons],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.convention.id,
        "form": finding.form,
        "arithmetic": finding.arithmetic.id,
        "parameter": finding.parameter,
        "sure": finding.sure,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    tally = comparison.tally
    return {
        "against": comparison.against,
        "function": comparison.function,
        "cases": tally.cases,
        "cases_differ": tally.cases_differ,
        "points": tally.samples,
        "points_differ": tally.samples_differ,
        "max_ulp": None if comparison.max_ulp == floats.INCOMPARABLE else comparison.max_ulp,
        "differing": [_point(comparison, int(index)) for index in comparison.steps.nonzero()[0]],
    }


def _point(comparison: Comparison, index: int) -> dict[str, str | int | None]:
    values = {"input": comparison.inputs, "expected": comparison.expected, "actual": comparison.actual}
    numbers: dict[str, str | int | None] = {}
    for name, array in values.items():
        numbers |= {name: floats.decimal(float(array[index])), f"{name}_bits": floats.digits(array[index])}
    steps = int(comparison.steps[index])
    return numbers | {"ulp": None if steps == floats.INCOMPARABLE else steps}


def _failure(failure: Failure) -> dict[str, str]:
    return {
        "target": failure.target,
        "place": failure.place,
        "name": failure.name,
        "kind": failure.kind,
        "problem": failure.problem,
    }


def _cases(report: Report) -> Iterator[TestCase]:
    for where in report.wheres:
        missing = report.missing(where)
        for function in report.asked(where):
            trouble = Trouble("differ", "; ".join(words.nearest(report, where, function, "en")))
            yield TestCase(f"sigmoid-parity.{function}", where, trouble if function in missing else None)
    failures = [*report.failures, *(failure for place in report.places for failure in place.failures)]
    for failure in failures:
        name = " ".join(filter(None, (failure.target, failure.place, failure.name)))
        yield TestCase("sigmoid-parity", name, error=Trouble(failure.kind, failure.problem))
