"""The distances of a comparison, as panels of a figure: one for each function of x or y that C# has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sigmoid_parity import floats
from sigmoid_parity.compare import differing, words
from sigmoid_parity.compare.comparison import Outcome, Report
from sigmoid_parity.compare.differing import Contrast
from sigmoid_parity.figures.distances import Panel, Series
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role


def panels(report: Report, language: str) -> list[Panel]:
    """Compose the panels, in the order of the functions; none where nothing was compared with C#.

    :param report: what was found.
    :param language: of `LANGUAGES`.
    """
    found = differing.contrasts(report)
    return [panel for outcome in report.outcomes if (panel := _panel(report, outcome, found, language)) is not None]


def _panel(report: Report, outcome: Outcome, found: list[Contrast], language: str) -> Panel | None:
    fixture = outcome.fixture
    argument = differing.argument(fixture)
    series = list(_series(report, outcome, [one for one in found if one.fixture is fixture], language))
    if argument is None or not series or fixture.function not in FUNCTIONS:
        return None
    return Panel(fixture.function, argument, series)


def _series(report: Report, outcome: Outcome, found: list[Contrast], language: str) -> Iterator[Series]:
    inputs = outcome.fixture.inputs
    for contrast in found:
        yield Series(" ~ ".join(words.called(contrast, language)), inputs, contrast.found.steps)
    of = [one for one in report.parity if one.function == outcome.fixture.function and one.role is not Role.ORIGINAL]
    if same := [one for one in of if not one.differ]:
        originals = ", ".join(dict.fromkeys(one.against for one in same))
        result = same[0]
        steps = floats.distance(outcome.outputs[result.against], outcome.outputs[result.implementation])
        yield Series(originals, inputs, np.asarray(steps, np.uint64))
