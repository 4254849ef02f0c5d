"""What a check found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.report import Comparison, Failure, Judgement, Report, Tally
from sigmoid_parity.diagnosis import Shape
from sigmoid_parity.diagnosis.differences import differences
from sigmoid_parity.functions import FUNCTIONS

_READABLE: Final = 10**7  # From here on a distance is easier to read in powers of ten.


def original(function: str) -> str:
    """Name what C# computes a function with, such as ``C#'s DActivation``."""
    methods = FUNCTIONS[function].methods
    return "C#'s " + " and then ".join(methods) if methods else f"the port's {function}"


def title(judgement: Judgement, language: str) -> str:
    """Say what a candidate computes, or that it is not known."""
    if not judgement.diagnosis.findings:
        return "not known"
    finding = judgement.diagnosis.findings[0]
    of = f" of ({judgement.order})" if judgement.order else ""
    return f"{finding.title(language)}{of}"


def evidence(judgement: Judgement) -> str:
    """Say how sure it is what a candidate computes: the points for it, and all the points there were."""
    if not judgement.diagnosis.findings:
        return shape(judgement.diagnosis.shape)
    finding, tally = judgement.diagnosis.findings[0], judgement.convention
    if finding.sure == "approximation":
        return f"an approximation: largest error {finding.largest_error:.2g} at {finding.at!r}"
    if not tally.differ:
        return f"same bits in {counts(tally)}"
    apart = int(finding.steps[judgement.chosen].max(initial=np.uint64(0)))
    same = f"same bits in {tally.cases - tally.cases_differ:,} of {tally.cases:,} cases"
    if tally.samples:
        same += f" and {tally.samples - tally.samples_differ:,} of {tally.samples:,} points"
    return f"{same}, else within {distance(apart)}"


def counts(tally: Tally) -> str:
    """Say how many points were compared, such as ``5,312 cases and 100,000 points``."""
    return f"{tally.cases:,} cases" + (f" and {tally.samples:,} points" if tally.samples else "")


def beside(comparison: Comparison) -> str:
    """Say how a candidate differs from an original."""
    tally = comparison.tally
    if not tally.differ:
        return f"the bits of {original(comparison.function)} in {counts(tally)}"
    many = f"{tally.cases_differ:,} of {tally.cases:,} cases"
    if tally.samples:
        many += f" and {tally.samples_differ:,} of {tally.samples:,} points"
    return f"not {original(comparison.function)}: {many} differ"


def shape(found: Shape) -> str:
    """Describe a function that fits no convention."""
    return str(found)


def distance(steps: int) -> str:
    """Say a distance in ULP, briefly."""
    if steps == floats.INCOMPARABLE:
        return "no distance: NaN, infinity or the sign of zero"
    return f"{steps:,} ULP" if steps < _READABLE else f"{steps:.2e} ULP"


def advice(judgement: Judgement, language: str) -> Iterator[str]:
    """Say what differs by kind, and what to change."""
    if judgement.threw:
        error = judgement.answers.error
        yield f"throws at {judgement.threw:,} points: {error.problem if error else ''}"
    for comparison in judgement.comparisons[:1]:
        yield from kinds(comparison)
    if judgement.diagnosis.findings:
        yield judgement.diagnosis.findings[0].change(language)


def agreement(report: Report, _language: str) -> list[str]:
    """Say, for each function asked for, what has its bits, and in how many points."""
    said: dict[str, None] = {}
    for place in report.places:
        for one in place.judgements:
            if one.agrees and one.function in report.asked(place.place):
                skipped = f", {one.skipped:,} skipped" if one.skipped else ""
                said[f"{one.name}: {beside(one.comparisons[0])}{skipped}"] = None
    return list(said)


def difference(report: Report, language: str) -> list[str]:
    """Say, for each function asked for that is not there, what comes nearest."""
    said = {
        "; ".join(nearest(report, where, function, language)): None
        for where in report.wheres
        for function in report.missing(where)
    }
    return list(said)


def nearest(report: Report, where: str, function: str, language: str = "en") -> Iterator[str]:
    """Say that nothing in a place has the bits of a function, and what takes its place."""
    yield f"nothing has the bits of {original(function)}"
    for place in report.places:
        for one in place.judgements:
            if place.place == where and one.function == function:
                yield f"{one.name} computes {title(one, language)}"
                return


def trouble(report: Report, _language: str) -> list[str]:
    """Say what could not be run."""
    failures = [*report.failures, *(failure for place in report.places for failure in place.failures)]
    return [*map(failed, failures[:1])] or [f"nothing in {place.target} can be tried" for place in report.places[:1]]


def failed(failure: Failure) -> str:
    """Say what could not be tried, and why."""
    who = ", ".join(filter(None, (failure.target, failure.place)))
    return ": ".join(filter(None, (who, failure.name, failure.problem)))


def kinds(comparison: Comparison) -> Iterator[str]:
    """Say how many points differ in which way, ordinary inputs first."""
    argument = points.kind(comparison.function)
    found = differences(comparison.inputs, comparison.expected, comparison.actual, argument=argument)
    for one in found.kinds:
        at = comparison.inputs[one.worst]
        yield f"{one.count:,} points: {KINDS[one.kind]}, at most {distance(one.max_ulp)}, at {float(at)!r}"
