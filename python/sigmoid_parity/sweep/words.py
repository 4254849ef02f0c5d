"""What a sweep found, in sentences of three languages: the phrases of ``words.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.sweep import tally
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.report import Report, Result
from sigmoid_parity.sweep.runner import Fault
from sigmoid_parity.sweep.tally import Tally

_PHRASES: Final = Phrases(Path(__file__).with_name("words.yaml"))
_SPECIAL: Final = {tally.NAN: "nan", tally.INFINITY: "infinity", tally.ZERO: "zero"}
_EXPONENT: Final = 0x7FF
_BIAS: Final = 1023

say = _PHRASES.say
"""Say a phrase: takes its name, the language, and what is put into it."""

speaker = _PHRASES.speaker
"""Return what says a phrase in a language."""


def domain(comparison: Comparison, language: str) -> str:
    """Say at which points two sides are compared, and in which format."""
    described = comparison.domain.describe()
    count = f"{comparison.domain.size:,}"
    said = say(described["kind"], language, format=comparison.domain.dtype.name, count=count, **described)
    return (
        said
        if comparison.format == comparison.domain.dtype.name
        else say("in-format", language, domain=said, format=comparison.format)
    )


def found(result: Result, language: str) -> str:
    """Say in how many points two sides differ, and by how much."""
    counted = result.tally
    parts = [say("differing", language, differ=f"{counted.differ:,}", points=f"{counted.compared:,}")]
    if counted.worst:
        parts.append(say("most", language, steps=floats.short(counted.max_ulp)))
    if counted.unequal:
        parts.append(say("unequal", language, count=f"{counted.unequal:,}"))
    if counted.skipped:
        parts.append(say("skipped", language, count=f"{counted.skipped:,}"))
    return ", ".join(parts)


def speed(result: Result, report: Report, language: str) -> str:
    """Say how long it took, and what was done before."""
    parts = []
    if result.rate:
        values = {"seconds": f"{result.seconds:,.1f}", "rate": f"{result.rate / 1e6:,.3g}", "workers": report.workers}
        parts.append(say("speed", language, **values))
    if result.again:
        parts.append(say("again", language, count=result.again))
    if result.kept:
        parts.append(say("kept", language, count=f"{result.kept:,}"))
    return "; ".join(parts)


def fault(one: Fault, language: str) -> str:
    """Say what could not be computed."""
    x = floats.decimal(double(one.x))
    name = "fault" if one.count == 1 else "fault-range"
    return say(name, language, kind=one.kind, x=x, count=f"{one.count - 1:,}", problem=one.problem)


def unlike(result: Result, language: str) -> str:
    """Say how machines differ from each other; empty where there is one, or they do not."""
    counts = {counted.differ for counted in result.tallies.values()}
    if len(counts) <= 1:
        return ""
    said = [
        f"{dict(machine).get('cpu')}, {dict(machine).get('libm')}: {one.differ:,}"
        for machine, one in result.tallies.items()
    ]
    return say("unlike", language, counts="; ".join(said))


def distance(kind: int, language: str) -> str:
    """Name a class of distances: ``1``, ``3-4``, or why there is none."""
    if kind in _SPECIAL:
        return say(_SPECIAL[kind], language)
    low, high = tally.bounds(kind)
    return floats.short(low) if low == high else f"{floats.short(low)}-{floats.short(high)}"


def kinds(counted: Tally, language: str) -> Iterator[tuple[str, int, str]]:
    """Name each class of distances that there is, with its number of points and the first argument."""
    for kind, count in sorted(counted.kinds.items()):
        point = counted.first.get(kind)
        yield distance(kind, language), count, floats.decimal(double(point.x)) if point else ""


def binades(counted: Tally) -> Iterator[tuple[str, int, int]]:
    """Name each binade in which points differ, in order of x, with their number and the largest distance."""
    negative, positive = (
        sorted((one for one in counted.binades if one > _EXPONENT), reverse=True),
        sorted(one for one in counted.binades if one <= _EXPONENT),
    )
    for binade in (*negative, *positive):
        sign, exponent = "-" if binade > _EXPONENT else "", binade & _EXPONENT
        name = (
            f"{sign}2^{exponent - _BIAS}" if 0 < exponent < _EXPONENT else f"{sign}inf, nan" if exponent else f"{sign}0"
        )
        yield name, *counted.binades[binade]


def double(encoding: int) -> float:
    """Return the double with an encoding."""
    return float(floats.from_bits(np.array(encoding, np.uint64)))


def result_of(encoding: int, comparison: Comparison) -> tuple[str, str]:
    """Write a result that has an encoding of the comparison's format: as a decimal, and as hex digits."""
    size = comparison.dtype.itemsize
    value = np.array(encoding, f"u{size}").view(comparison.dtype)
    return f"{value[()]!s}", f"{encoding:0{2 * size}x}"
