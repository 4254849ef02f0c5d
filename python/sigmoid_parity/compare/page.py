"""A comparison as a page: what differs by kind, the worst cases with their bits, the distances, every comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.compare import differing, picture
from sigmoid_parity.compare import words as say_of
from sigmoid_parity.compare.comparison import Report, Result
from sigmoid_parity.compare.differing import Contrast
from sigmoid_parity.diagnosis import words
from sigmoid_parity.figures import distances, page
from sigmoid_parity.figures.page import Column, Page, Picture, Section, Table

_SHOWN: Final = 10
"""Cases at ordinary inputs, in the table of a function's worst cases."""


def compose(report: Report, provenance: Mapping[str, str], language: str) -> str:
    """Compose the page.

    :param report: what was found.
    :param provenance: on what.
    :param language: of `LANGUAGES`.
    :raises MissingError: Jinja or matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    say = say_of.speaker(language)
    sections = [*_picture(report, language), *_differences(report, language), *_troubles(report, language)]
    if report.results:
        sections.append(Section(say("overview"), table=_overview(report, language)))
    rows = Table((Column(say("what")), Column(say("value"))), list(provenance.items()))
    sections.append(Section(say("provenance"), table=rows))
    summary = " ".join(_summary(report, language))
    return page.compose(Page(language, say("title"), report.verdict, say(report.verdict), summary, sections))


def _summary(report: Report, language: str) -> Iterator[str]:
    say = say_of.speaker(language)
    if report.failures:
        yield say("failures", count=f"{len(report.failures):,}")
    if not report.parity:
        yield say("nothing")
    elif not report.failed:
        yield say("agreement", count=f"{report.compared:,}")
    found = differing.contrasts(report)
    causes = differing.elementary(found)
    for one in causes:
        ordinary = sum(kind.count for kind in one.found.ordinary)
        count, of = f"{one.found.count:,}", f"{one.found.points:,}"
        yield say("difference", function=one.function, count=count, all=of, ordinary=f"{ordinary:,}")
    if also := differing.composed(found):
        yield say("also", functions=", ".join(also))
    if report.failed and not causes:
        yield say("inaccurate", count=f"{len(report.failed):,}")


def _differences(report: Report, language: str) -> Iterator[Section]:
    say = say_of.speaker(language)
    for one in differing.elementary(differing.contrasts(report)):
        left, right = names = say_of.called(one, language)
        looks = words.float32(one.found, names, language)
        title = say("kinds", function=one.function, left=left, right=right)
        yield Section(title, [looks] if looks else [], _kinds(one, language))
        shown = say("shown", count=_SHOWN)
        yield Section(say("worst", function=one.function), [shown], _worst(one, language))


def _kinds(contrast: Contrast, language: str) -> Table:
    say = say_of.speaker(language)
    columns = (
        Column(say("kind")),
        Column(say("cases"), "number"),
        Column(say("distance"), "number"),
        Column(say("case"), "code"),
        Column(say("nearer")),
    )
    names = say_of.called(contrast, language)
    rows = [
        (
            words.kind(one.kind, language),
            f"{one.count:,}",
            words.distance(one.max_ulp, language),
            contrast.fixture.cases[one.worst].id,
            ", ".join(f"{name} {count:,}" for name, count in zip(names, one.nearer or (), strict=False) if count),
        )
        for one in contrast.found.kinds
    ]
    return Table(columns, rows)


def _worst(contrast: Contrast, language: str) -> Table:
    say = say_of.speaker(language)
    names = ("case", "distance", "input"), say_of.called(contrast, language)
    case, distance, given = (say(name) for name in names[0])
    titles = (given, *names[1], say("true-value"))
    columns = (Column(case, "code"), Column(distance, "number"), *(Column(title, "code") for title in titles))
    rows = []
    for place in _places(contrast):
        one = contrast.fixture.cases[place]
        values = (one.input, *(float(side[place]) for side in contrast.values), one.exact)
        rows.append((one.id, words.distance(int(contrast.found.steps[place]), language), *map(_double, values)))
    return Table(columns, rows)


def _places(contrast: Contrast) -> list[int]:
    """Return the furthest of every kind, then the furthest at ordinary inputs, each once."""
    ordinary: NDArray[Any] = np.concatenate([np.zeros(0, np.intp), *(one.places for one in contrast.found.ordinary)])
    furthest = ordinary[np.argsort(contrast.found.steps[ordinary], kind="stable")[::-1]][:_SHOWN]
    return list(dict.fromkeys([one.worst for one in contrast.found.kinds] + [int(place) for place in furthest]))


def _picture(report: Report, language: str) -> Iterator[Section]:
    say = say_of.speaker(language)
    title = say("picture")
    panels = picture.panels(report, language)
    if drawn := [Picture(distances.draw([one], "svg", language), f"{title}: {one.title}") for one in panels]:
        yield Section(title, pictures=drawn)


def _troubles(report: Report, language: str) -> Iterator[Section]:
    say = say_of.speaker(language)
    if report.failures:
        rows = [(one.runtime or "", ", ".join(one.functions), one.kind, one.problem) for one in report.failures]
        titles = (".NET", *(say(name) for name in ("function", "kind", "problem")))
        yield Section(say("not-run"), table=Table(tuple(map(Column, titles)), rows))
    if report.widened:
        yield Section(say("widened"), report.widened)


def _overview(report: Report, language: str) -> Table:
    say = say_of.speaker(language)
    texts = [Column(say(name)) for name in ("function", "implementation", "against")]
    numbers = [Column(say(name), "number") for name in ("cases", "differing", "distance", "bound")]
    return Table((*texts, *numbers), [_row(result, language) for result in report.results])


def _row(result: Result, language: str) -> tuple[str, ...]:
    say = say_of.speaker(language)
    against = say(result.against) if result.against in {"formula", "exact"} else result.against
    return (
        result.function + (f" [{result.flag}]" if result.flag else ""),
        result.implementation,
        against,
        f"{result.cases:,}",
        f"{result.differ:,}",
        words.distance(result.max_ulp, language),
        floats.short(result.limit_ulp),
    )


def _double(value: float) -> str:
    return f"{floats.decimal(value)}\n{floats.hexadecimal(value)}"
