"""What a check found, in sentences of three languages: the phrases of ``words.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.comparison import Comparison, Tally
from sigmoid_parity.conformance.report import Failure, Judgement, Place, Report
from sigmoid_parity.diagnosis import Finding, Shape
from sigmoid_parity.diagnosis import words as kinds_of
from sigmoid_parity.diagnosis.differences import differences
from sigmoid_parity.diagnosis.levels import levels
from sigmoid_parity.functions import FUNCTIONS

_PHRASES: Final = Phrases(Path(__file__).with_name("words.yaml"))

_LONGEST: Final = 48  # Characters of a formula before its words.

say = _PHRASES.say
"""Say a phrase: takes its name, the language, and what is put into it."""

speaker = _PHRASES.speaker
"""Return what says a phrase in a language."""


def original(function: str, language: str, is_pair: bool) -> str:
    """Name what computes a function in C#, such as ``C#'s DActivation``, or say that it is the original's own."""
    if not is_pair:
        return say("own", language, function=function)
    methods = FUNCTIONS[function].methods
    if not methods:
        return say("port", language, function=function)
    return say("csharp", language, methods=say("then", language).join(methods))


def title(judgement: Judgement, language: str) -> str:
    """Say what a candidate computes, with its formula if that is short, or that it is not known."""
    if not judgement.diagnosis.findings:
        return say("unknown", language)
    finding = judgement.diagnosis.findings[0]
    named = finding.title(language)
    if len(finding.form) <= _LONGEST:
        named = f"{finding.form}: {named}"
    return say("arguments", language, title=named, order=judgement.order) if judgement.order else named


def evidence(judgement: Judgement, language: str) -> str:
    """Say how sure it is what a candidate computes: the points for it, and all the points there were."""
    if not judgement.diagnosis.findings:
        return ", ".join(_shape(judgement.diagnosis.shape, language))
    return ", ".join(_evidence(judgement, judgement.diagnosis.findings[0], language))


def _evidence(judgement: Judgement, finding: Finding, language: str) -> Iterator[str]:
    tally, arithmetic = judgement.convention, finding.arithmetic
    if not arithmetic.ordinary:
        yield say("arithmetic", language, arithmetic=arithmetic.title[language])
    if finding.sure == "approximation":
        at = " ".join(map(floats.decimal, finding.at))
        yield say("approximation", language, error=f"{finding.largest_error:.2g}", at=at)
        return
    if tally.differ:
        apart = kinds_of.at_most(int(finding.steps[judgement.chosen].max(initial=np.uint64(0))), language)
        compared = tally.cases + tally.samples
        yield say("same-of", language, same=f"{compared - tally.differ:,}", all=f"{compared:,}", distance=apart)
    else:
        yield say("same", language, counts=counts(tally, language))
    if finding.library is not None:
        yield say("library", language, library=finding.library.title[language])


def _shape(shape: Shape, language: str) -> Iterator[str]:
    if shape.at_zero is not None:
        yield say("shape-zero", language, value=_short(shape.at_zero))
    if shape.lowest is not None and shape.highest is not None:
        yield say("shape-ends", language, lowest=_short(shape.lowest), highest=_short(shape.highest))
    if shape.slope is not None:
        yield say("shape-slope", language, slope=_short(shape.slope))
    yield say("not-monotone" if shape.monotone == "neither" else shape.monotone, language)
    yield say("not-symmetric" if shape.symmetric == "neither" else shape.symmetric, language)
    if shape.follows is not None:
        least, greatest = map(_short, shape.follows)
        yield say("follows", language, least=least, greatest=greatest)


def _short(value: float) -> str:
    return f"{value:.6g}"


def counts(tally: Tally, language: str) -> str:
    """Say how many points were compared, such as ``5,312 cases and 100,000 points``."""
    name = "whole" if not tally.cases else "points" if tally.samples else "cases"
    return say(name, language, cases=f"{tally.cases:,}", points=f"{tally.samples:,}")


def beside(comparison: Comparison, language: str) -> str:
    """Say whether a candidate has the bits of an original, and in how many points it has not."""
    tally, named = comparison.tally, original(comparison.function, language, comparison.is_pair)
    if not tally.differ:
        return say("bits", language, original=named, counts=counts(tally, language))
    return say(
        "not-bits-whole" if not tally.cases else "not-bits-points" if tally.samples else "not-bits",
        language,
        original=named,
        cases=f"{tally.cases:,}",
        cases_differ=f"{tally.cases_differ:,}",
        points=f"{tally.samples:,}",
        points_differ=f"{tally.samples_differ:,}",
    )


def besides(judgement: Judgement, language: str) -> list[str]:
    """Say how a candidate compares with each original; what is the same for several is said once."""
    return list(dict.fromkeys(beside(one, language) for one in judgement.comparisons))


def advice(judgement: Judgement, language: str) -> Iterator[str]:
    """Say how a candidate that does not agree compares, what to change, where it throws, and what differs by kind.

    The kinds are left out where it is known to the bit what it computes instead.
    """
    change = changes(judgement, language)
    for line in besides(judgement, language):
        yield "; ".join(filter(None, (line, change)))
    if judgement.threw:
        error = judgement.answers.error
        yield say("threw", language, count=f"{judgement.threw:,}", problem=error.problem if error else "")
    if not any(finding.sure == "exact" for finding in judgement.diagnosis.findings):
        known = any(finding.sure == "close" for finding in judgement.diagnosis.findings)
        for comparison in judgement.comparisons[:1]:
            yield from () if known else _levels(comparison, language)
            yield from _kinds(comparison, language)


def changes(judgement: Judgement, language: str) -> str:
    """Say what to change for it to have the bits of C#; nothing where it has them, or that is not known."""
    pair = all(one.is_pair for one in judgement.comparisons)
    known = judgement.diagnosis.findings and not judgement.agrees and pair
    return judgement.diagnosis.findings[0].change(language) if known else ""


def _levels(comparison: Comparison, language: str) -> Iterator[str]:
    if (found := levels(comparison.expected, comparison.actual)) is not None:
        named = original(comparison.function, language, comparison.is_pair)
        yield say("levels", language, count=f"{found.actual:,}", original=named, all=f"{found.expected:,}")


def _kinds(comparison: Comparison, language: str) -> Iterator[str]:
    argument = points.kind(comparison.function)
    found = differences(comparison.inputs, comparison.expected, comparison.actual, argument=argument)
    for one in found.kinds:
        at = f"{argument} = {floats.decimal(float(comparison.inputs[one.worst]))}"
        named, apart = kinds_of.kind(one.kind, language), kinds_of.at_most(one.max_ulp, language)
        yield say("kind", language, count=f"{one.count:,}", kind=named, distance=apart, at=at)
    if found.count:
        names = original(comparison.function, language, comparison.is_pair), say("it", language)
        yield from filter(None, [kinds_of.float32(found, names, language)])


def agreement(report: Report, language: str) -> list[str]:
    """Say, for each function asked for, what has its bits, and in how many points."""
    said: dict[str, None] = {}
    for place in report.places:
        for one in place.judgements:
            if one.agrees and one.function in report.asked(place.place):
                skipped = [say("skipped", language, count=f"{one.skipped:,}")] if one.skipped else []
                said[", ".join([f"{one.name}: {beside(one.comparisons[0], language)}", *skipped])] = None
    return list(said)


def difference(report: Report, language: str) -> list[str]:
    """Say, for each function asked for that is not there, what comes nearest."""
    said = {
        "; ".join(nearest(report, where, function, language)): None
        for where in report.wheres
        for function in report.missing(where)
    }
    return list(said)


def nearest(report: Report, where: str, function: str, language: str) -> Iterator[str]:
    """Say that nothing in a place has the bits of a function, and what takes its place."""
    yield say("nothing-has", language, original=original(function, language, report.are_pair))
    for place in report.places:
        for one in place.judgements:
            if place.place == where and one.function == function:
                found = one.diagnosis.findings
                named = found[0].title(language) if found else say("unknown", language)
                yield say("computes", language, name=one.name, title=named)
                return


def trouble(report: Report, language: str) -> list[str]:
    """Say what could not be run."""
    failures = [*report.failures, *(failure for place in report.places for failure in place.failures)]
    if failures:
        return [failed(failures[0])]
    if not report.places:
        return [say("nothing-named", language)]
    return [say("nothing-tried", language, target=report.places[0].target)]


def refusals(place: Place, language: str, every: bool) -> Iterator[str]:
    """Say what cannot be tried and why: a line a reason, or, where all are asked for, a line each."""
    reasons: dict[str, list[str]] = {}
    for one in place.refusals:
        reasons.setdefault(one.reason, []).append(".".join(filter(None, (one.owner, one.name))))
    for reason, names in reasons.items():
        for name in names if every else names[:1]:
            others = "" if every or len(names) == 1 else say("others", language, count=f"{len(names) - 1:,}")
            yield say("not-tried", language, name=name + others, reason=reason)


def failed(failure: Failure) -> str:
    """Say what could not be tried, and why."""
    who = ", ".join(filter(None, (failure.target, failure.place)))
    return ": ".join(filter(None, (who, failure.name, failure.problem)))
