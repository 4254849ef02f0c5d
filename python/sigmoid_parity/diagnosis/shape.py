"""What a function looks like, where nothing else can be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import formats
from sigmoid_parity.diagnosis.observation import Observation
from sigmoid_parity.functions import ACTIVATION

Floats = NDArray[np.floating[Any]]

NEAR: Final = 1e-6
"""How far from the sigmoid a value may be and still count as following it."""

_AWAY: Final = 1e-4  # From 0: near enough for a slope, and far enough that rounding does not matter.
_SLIGHT: Final = 64  # Roundings that are no fall of a rising function, in units of the format's epsilon.


@dataclass(frozen=True, slots=True)
class Shape:
    """The values of a function of x in outline; None where the points do not say.

    :ivar at_zero: the value at 0.
    :ivar lowest: the value at the least of the finite points.
    :ivar highest: the value at the greatest of them.
    :ivar slope: the slope at 0.
    :ivar monotone: ``"rising"``, ``"falling"``, ``"constant"`` or ``"neither"``.
    :ivar symmetric: ``"odd"`` around its value at 0, as the sigmoid is around 1/2, ``"even"``, or ``"neither"``.
    :ivar follows: from where to where, around 0, it is within `NEAR` of the sigmoid.
    """

    at_zero: float | None
    lowest: float | None
    highest: float | None
    slope: float | None
    monotone: str
    symmetric: str
    follows: tuple[float, float] | None


def outline(observation: Observation) -> Shape:
    """Describe what was observed; of two arguments the first, wherever the points have it."""
    x, v = _points(observation)
    if not x.size:
        return Shape(None, None, None, None, "neither", "neither", None)
    at_zero = next(iter(v[x == 0.0].tolist()), None)
    return Shape(
        at_zero=at_zero,
        lowest=float(v[0]),
        highest=float(v[-1]),
        slope=_slope(x, v),
        monotone=_monotone(v, observation),
        symmetric=_symmetric(x, v, at_zero),
        follows=_follows(x, v),
    )


def _points(observation: Observation) -> tuple[Floats, Floats]:
    x, v = observation.inputs[0], observation.values
    finite = observation.own("x") & np.isfinite(x)
    x, indices = np.unique(x[finite].astype(np.float64), return_index=True)
    return x, v[finite].astype(np.float64)[indices]


def _slope(x: Floats, v: Floats) -> float | None:
    below, above = np.flatnonzero(x <= -_AWAY), np.flatnonzero(x >= _AWAY)
    if not below.size or not above.size or x[above[0]] - x[below[-1]] > 1.0:
        return None
    return float((v[above[0]] - v[below[-1]]) / (x[above[0]] - x[below[-1]]))


def _monotone(v: Floats, observation: Observation) -> str:
    with np.errstate(all="ignore"):
        finite = v[np.isfinite(v)]
        steps = np.diff(finite)
        slight = _SLIGHT * formats.epsilon(observation.dtype) * np.maximum(np.abs(finite[1:]), np.abs(finite[:-1]))
        rises, falls = bool((steps > slight).any()), bool((steps < -slight).any())
    if rises == falls:
        return "neither" if rises else "constant"
    return "rising" if rises else "falling"


def _symmetric(x: Floats, v: Floats, at_zero: float | None) -> str:
    _, here, there = np.intersect1d(x, -x, return_indices=True)
    one, other = v[here], v[there]
    finite = np.isfinite(one) & np.isfinite(other)
    if at_zero is None or np.count_nonzero(finite) <= 1:
        return "neither"
    one, other = one[finite], other[finite]
    scale = NEAR * np.maximum(np.maximum(np.abs(one), np.abs(other)), abs(at_zero))
    with np.errstate(all="ignore"):
        if (np.abs(one - other) <= scale).all():
            return "even"
        return "odd" if (np.abs(one + other - 2.0 * at_zero) <= scale).all() else "neither"


def _follows(x: Floats, v: Floats) -> tuple[float, float] | None:
    away = ~(np.abs(v - np.array(list(map(ACTIVATION.scalar, x.tolist())))) <= NEAR)
    below, above = x[away & (x <= 0.0)], x[away & (x >= 0.0)]
    inside = x[(x > below.max(initial=-np.inf)) & (x < above.min(initial=np.inf))]
    return (float(inside[0]), float(inside[-1])) if len(inside) > 1 and inside[0] < 0.0 < inside[-1] else None
