"""What was checked, as a page: the verdict, what each callable computes, the worst points, the picture, on what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.conformance import picture, terminal, words
from sigmoid_parity.conformance.comparison import Comparison
from sigmoid_parity.conformance.report import Place, Report
from sigmoid_parity.diagnosis import words as kinds_of
from sigmoid_parity.figures import distances, page
from sigmoid_parity.figures.page import Column, Page, Picture, Section, Table

_SHOWN: Final = 10


def compose(report: Report, provenance: Mapping[str, str], language: str) -> str:
    """Compose the page.

    :param report: what was found.
    :param provenance: on what.
    :param language: ``"en"``, ``"ja"`` or ``"zh"``.
    :raises MissingError: Jinja or matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    say = words.speaker(language)
    sections = [section for place in report.places for section in _place(place, language)]
    if panels := picture.panels(report):
        drawn = distances.draw(panels, "svg", language)
        described = f"{say('picture')}: {', '.join(one.title for one in panels)}"
        sections.append(Section(say("picture"), pictures=[Picture(drawn, described)]))
    sections += _troubles(report, language)
    rows = Table((Column(say("thing")), Column(say("value"))), list(provenance.items()))
    sections.append(Section(say("provenance"), table=rows))
    summary = "; ".join(terminal.summary(report, language))
    return page.compose(Page(language, say("title"), report.verdict, say(report.verdict), summary, sections))


def _place(place: Place, language: str) -> Iterator[Section]:
    say = words.speaker(language)
    if place.judgements:
        names = ("callable", "what", "sure", "change")
        rows = [
            (
                f"{one.owner}.{one.name}" if one.owner else one.name,
                words.title(one, language),
                "\n".join([words.evidence(one, language), *words.besides(one, language)[:1]]),
                words.changes(one, language),
            )
            for one in place.judgements
        ]
        columns = (Column(say(names[0]), "code"), *(Column(say(name)) for name in names[1:]))
        yield Section(say("callables", target=place.target, places=place.place), table=Table(columns, rows))
    for judgement in place.judgements:
        for comparison in judgement.comparisons[:1]:
            if comparison.differ:
                shown = [say("shown", count=min(_SHOWN, comparison.differ))]
                yield Section(say("worst", name=judgement.name), shown, _worst(comparison, language))


def _worst(comparison: Comparison, language: str) -> Table:
    say = words.speaker(language)
    titles = (say("input"), words.original(comparison.function, language, comparison.is_pair), say("it"))
    columns = (Column(say("distance"), "number"), *(Column(title, "code") for title in titles))
    furthest = np.argsort(comparison.steps, kind="stable")[::-1][: min(_SHOWN, comparison.differ)]
    rows = []
    for place in furthest:
        values = (comparison.inputs[place], comparison.expected[place], comparison.actual[place])
        rows.append((kinds_of.distance(int(comparison.steps[place]), language), *map(_number, values)))
    return Table(columns, rows)


def _number(value: np.floating[Any]) -> str:
    return f"{floats.decimal(float(value))}\n{floats.digits(value)}"


def _troubles(report: Report, language: str) -> Iterator[Section]:
    failures = [*report.failures, *(failure for place in report.places for failure in place.failures)]
    if failures:
        columns = (Column(words.say("thing", language), "code"), Column(words.say("problem", language)))
        rows = [(" ".join(filter(None, (one.target, one.place, one.name))), one.problem) for one in failures]
        yield Section(words.say("not-run", language), table=Table(columns, rows))
