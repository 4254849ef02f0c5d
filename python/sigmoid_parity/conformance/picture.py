"""What was checked as panels of a figure: a function each, with the distances of all that takes its place."""

from __future__ import annotations

import numpy as np

from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.report import Report
from sigmoid_parity.figures.distances import Panel, Series


def panels(report: Report) -> list[Panel]:
    """Compose the panels, in the order in which functions were found; callables that differ alike are drawn once.

    :param report: what was found.
    """
    found: dict[str, dict[tuple[str, bytes], Series]] = {}
    for place in report.places:
        for judgement in place.judgements:
            for one in judgement.comparisons[:1]:
                series = Series(judgement.name, one.inputs.astype(np.float64), one.steps)
                found.setdefault(one.function, {}).setdefault((judgement.name, one.steps.tobytes()), series)
    return [Panel(function, points.kind(function), list(series.values())) for function, series in found.items()]
