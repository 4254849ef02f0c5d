"""What was swept as panels of a figure: a domain each, with a strip for each comparison."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.figures.strips import Panel, Strip
from sigmoid_parity.sweep import words
from sigmoid_parity.sweep.report import Report

_DOUBLE: Final = (-1022, 1023)


def panels(report: Report, language: str) -> list[Panel]:
    """Compose the panels, in the order in which the domains were swept.

    :param report: what was found.
    :param language: ``"en"``, ``"ja"`` or ``"zh"``.
    """
    found: dict[tuple[str, tuple[int, int]], list[Strip]] = {}
    for result in report.results:
        comparison, counted = result.comparison, result.tally
        largest = {binade: most for binade, (_, most) in counted.binades.items()}
        title = f"{comparison.function}: {words.domain(comparison, language)}"
        strip = Strip(comparison.name, words.found(result, language), largest)
        found.setdefault((title, exponents(comparison.domain.dtype)), []).append(strip)
    return [Panel(title, span, strips) for (title, span), strips in found.items()]


def exponents(dtype: np.dtype[Any]) -> tuple[int, int]:
    """Return the smallest and the largest exponent of a format's numbers, subnormal ones among them."""
    if dtype == np.float64:
        return _DOUBLE  # Its subnormal numbers have one encoded exponent.
    smallest = float(np.array(1, f"u{dtype.itemsize}").view(dtype))
    return math.frexp(smallest)[1] - 1, math.frexp(formats.largest(dtype))[1] - 1
