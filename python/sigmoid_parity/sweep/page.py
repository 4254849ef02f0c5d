"""What was swept, as a page: the verdict, the distances, the furthest points, the picture, on what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sigmoid_parity import floats
from sigmoid_parity.figures import page, strips
from sigmoid_parity.figures.page import Column, Page, Picture, Section, Table
from sigmoid_parity.sweep import picture, terminal, words
from sigmoid_parity.sweep import report as reports
from sigmoid_parity.sweep.report import Report, Result


def compose(report: Report, provenance: Mapping[str, str], language: str) -> str:
    """Compose the page.

    :param report: what was found.
    :param provenance: on what.
    :param language: ``"en"``, ``"ja"`` or ``"zh"``.
    :raises MissingError: Jinja or matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    say = words.speaker(language)
    sections = [section for result in report.results for section in _result(result, report, language)]
    if panels := picture.panels(report, language):
        drawn = strips.draw(panels, "svg", language)
        described = f"{say('picture')}: {'; '.join(panel.title for panel in panels)}"
        sections.append(Section(say("picture"), pictures=[Picture(drawn, described)]))
    for machine in (provenance, *reports.machines(report)):
        rows = Table((Column(say("thing")), Column(say("value"))), list(machine.items()))
        sections.append(Section(say("machines"), table=rows))
    summary = "; ".join(terminal.summary(report, language))
    return page.compose(Page(language, say("title"), report.verdict, say(report.verdict), summary, sections))


def _result(result: Result, report: Report, language: str) -> Iterator[Section]:
    say = words.speaker(language)
    comparison = result.comparison
    said = [words.domain(comparison, language), result.failure or words.found(result, language)]
    said += filter(None, [words.unlike(result, language), words.speed(result, report, language)])
    yield Section(f"{comparison.function}, {comparison.name}", said, _distances(result, language))
    if result.tally.worst or result.tally.odd:
        yield Section(say("worst"), table=_worst(result, language))
    if result.tally.binades:
        columns = (Column("x", "code"), Column(say("points"), "number"), Column(say("largest"), "number"))
        rows = [(name, f"{count:,}", _steps(most, language)) for name, count, most in words.binades(result.tally)]
        yield Section(say("binades"), table=Table(columns, rows))
    if result.faults:
        yield Section(say("faults"), [words.fault(one, language) for one in result.faults])


def _distances(result: Result, language: str) -> Table:
    say, counted = words.speaker(language), result.tally
    titles = (say("distance"), say("points"), say("share"))
    columns = (*(Column(title, "number") for title in titles), Column(say("first"), "code"))
    rows = [
        (name, f"{count:,}", f"{count / counted.compared:.4%}", first)
        for name, count, first in words.kinds(counted, language)
    ]
    return Table(columns, rows)


def _worst(result: Result, language: str) -> Table:
    say, comparison = words.speaker(language), result.comparison
    columns = (
        Column(say("distance"), "number"),
        Column("x", "code"),
        *(Column(say(name), "code") for name in ("expected", "actual")),
    )
    rows = []
    for point in (*result.tally.worst, *result.tally.odd):
        x = words.double(point.x)
        results = ("\n".join(words.result_of(one, comparison)) for one in (point.expected, point.actual))
        rows.append((_steps(point.steps, language), f"{floats.decimal(x)}\n{floats.hexadecimal(x)}", *results))
    return Table(columns, rows)


def _steps(steps: int, language: str) -> str:
    return words.say("unequal", language, count="").strip() if steps == floats.INCOMPARABLE else floats.short(steps)
