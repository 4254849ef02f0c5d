"""A report for machines: JSON, and JUnit's XML for CI."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sigmoid_parity import floats, junit
from sigmoid_parity.compare import differing
from sigmoid_parity.compare.comparison import Failure, Report, Result, Worst
from sigmoid_parity.compare.differing import Contrast, Differing
from sigmoid_parity.junit import TestCase, Trouble

SCHEMA_VERSION: Final = 3
"""The version of the JSON report's form."""


def to_json(report: Report, provenance: Mapping[str, str], runtimes: Sequence[tuple[str, str]]) -> str:
    """Compose the JSON report.

    Doubles are strings, the shortest decimals that read back as the same double; ``max_ulp`` is null where no distance
    applies (NaN against a number, an infinity against anything else, +0 against -0).

    :param report: what was found.
    :param provenance: on what.
    :param runtimes: name and version of each .NET runtime.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "verdict": report.verdict,
        "provenance": dict(provenance),
        "runtimes": [{"name": name, "version": version} for name, version in runtimes],
        "results": [_result(result) for result in report.results],
        "differences": [_contrast(contrast) for contrast in differing.contrasts(report)],
        "cases": [_differing(case) for case in differing.cases(report)],
        "errors": [
            {
                "runtime": failure.runtime,
                "functions": list(failure.functions),
                "kind": failure.kind,
                "problem": failure.problem,
            }
            for failure in report.failures
        ],
        "widened": list(report.widened),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def to_junit(report: Report, provenance: Mapping[str, str]) -> str:
    """Compose the JUnit report: a test case per comparison, an error per thing that could not be run."""
    return junit.compose(
        "sigmoid-parity", provenance, [*map(_test_case, report.results), *map(_error, report.failures)]
    )


def _result(result: Result) -> dict[str, Any]:
    return {
        "function": result.function,
        "implementation": result.implementation,
        "role": result.role.value,
        "against": result.against,
        "kind": result.kind.value,
        "flag": result.flag,
        "cases": result.cases,
        "differ": result.differ,
        "max_ulp": _steps(result.max_ulp),
        "limit_ulp": result.limit_ulp,
        "worst": _worst(result.worst),
    }


def _contrast(contrast: Contrast) -> dict[str, Any]:
    sides = ("expected", "actual")
    looks = [side for side, float32 in zip(sides, contrast.found.float32, strict=True) if float32]
    return {
        "function": contrast.function,
        "expected": list(contrast.names[0]),
        "actual": list(contrast.names[1]),
        "cases": contrast.found.points,
        "differ": contrast.found.count,
        "float32": looks[0] if looks else None,
        "kinds": [
            {
                "kind": one.kind.value,
                "count": one.count,
                "max_ulp": _steps(one.max_ulp),
                "worst": contrast.fixture.cases[one.worst].id,
                "nearer": None if one.nearer is None else dict(zip(sides, one.nearer, strict=True)),
            }
            for one in contrast.found.kinds
        ],
    }


def _differing(case: Differing) -> dict[str, Any]:
    return {
        "function": case.function,
        "id": case.case.id,
        "kinds": [kind.value for kind in case.kinds],
        "ulp": _steps(case.steps),
        "input": _double(case.case.input),
        "results": [{"implementations": list(names)} | _double(value) for names, value in case.results],
        "formula": _double(case.case.formula),
        "exact": _double(case.case.exact),
    }


def _double(value: float) -> dict[str, str]:
    return {"value": floats.decimal(value), "bits": floats.hexadecimal(value)}


def _steps(steps: int) -> int | None:
    return None if steps == floats.INCOMPARABLE else steps


def _worst(worst: Worst | None) -> dict[str, str] | None:
    if worst is None:
        return None
    values = {"input": worst.input, "expected": worst.expected, "actual": worst.actual}
    return {"id": worst.id} | {name: floats.decimal(value) for name, value in values.items()}


def _test_case(result: Result) -> TestCase:
    name = f"{result.implementation} against {result.against}" + (f" ({result.flag})" if result.flag else "")
    message = f"distance {floats.explain(result.max_ulp)}, limit {result.limit_ulp}; {result.differ} cases differ"
    failure = None if result.passed else Trouble("differ", message, json.dumps(_worst(result.worst)))
    return TestCase(f"sigmoid-parity.{result.function}", name, failure)


def _error(failure: Failure) -> TestCase:
    name = " ".join(filter(None, (failure.runtime, *failure.functions))) or "set-up"
    return TestCase("sigmoid-parity", name, error=Trouble(failure.kind, failure.problem))
