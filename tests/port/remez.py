"""Compute the coefficients of `single`: the rational function of least relative error from exp on abs(r) <= ln(2) / 2.

``python -m tests.port.remez`` prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
from mpmath import mpf

PRECISION = 200  # Bits.
_SLACK = mpf(2) ** -20  # The integer k is the nearest but for a rounding.
_POINTS = 4_000


def edge() -> Any:
    """Return the largest r."""
    return mpmath.log(2) / 2 * (1 + _SLACK)


def exponential(r: Any, parameters: Sequence[Any]) -> Any:
    """Compute the rational function at r, for coefficients as `single` has them: H, G, B1, B0."""
    h, g, b1, b0 = parameters
    t = r * r + h
    even, odd = t * t + g, r * (b1 * t + b0)
    return (even + odd) / (even - odd)


def error(r: Any, parameters: Sequence[Any]) -> Any:
    """Compute its relative error."""
    return exponential(r, parameters) / mpmath.exp(r) - 1


def parameters() -> tuple[list[Any], Any]:
    """Return the best coefficients, and their largest relative error, by Remez's algorithm."""
    with mpmath.workprec(PRECISION):
        # exp's rational function of this form by Padé, to start with.
        found, least, largest = [mpf(180), mpf(1680), mpf(20), mpf(840)], mpf(0), mpf(1)
        points = [edge() * mpmath.cos(mpmath.pi * i / 9) for i in range(5)]
        while largest > least * (1 + mpf(10) ** -5):
            *found, least = mpmath.findroot(_alternating(points), (*found, mpf(2) ** -46), tol=mpf(10) ** -50)
            points = _extrema(found)
            largest, least = max(abs(error(r, _shifted(*found))) for r in points), abs(least)
        return _shifted(*found), largest


def _shifted(a1: Any, a0: Any, b1: Any, b0: Any) -> list[Any]:
    """Return H, G, B1 and B0, given A = r^4 + a1 r^2 + a0 and B = b1 r^2 + b0."""
    h = a1 / 2
    return [h, a0 - h * h, b1, b0 - b1 * h]


def _alternating(points: Sequence[Any]) -> Any:
    return lambda *unknown: [error(r, _shifted(*unknown[:4])) - (-1) ** i * unknown[4] for i, r in enumerate(points)]


def _extrema(found: Sequence[Any]) -> list[Any]:
    """Return where the error, which is odd, is extreme, from the edge down."""
    grid = [edge() * i / _POINTS for i in range(_POINTS, -1, -1)]
    sizes = [abs(error(r, _shifted(*found))) for r in grid]
    inner = [grid[i] for i in range(1, _POINTS) if sizes[i - 1] <= sizes[i] >= sizes[i + 1]]
    return [grid[0], *inner]


if __name__ == "__main__":
    values, bound = parameters()
    for value in values:
        print(float(value).hex())  # noqa: T201
    print(f"2^{float(mpmath.log(bound, 2)):.4f}")  # noqa: T201
