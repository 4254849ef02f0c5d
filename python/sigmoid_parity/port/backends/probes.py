"""Do kernels have this platform's bits? Asked on first use, at inputs where neighbouring libms differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import FUNCTIONS, Function

# fmt: off
UNFUSED: Final = (
    -30.132354313156718, -22.378781459823415, -31.124735389996026, -37.76903076662412, -3.099905909533504,
    -16.64835307035084, -17.059767544715143, -6.870210082727645, -21.38081604489355, -19.765944649734077,
    -24.560096251119866, -39.39825302226318, -31.697495986015365, -34.767235209990304, -22.052118539448582,
    -21.327795575846164, -19.182735442936806, -19.681149624603098, -22.117790837151357, -12.998859707148632,
    -39.09034267604489, -5.159191041028642, -14.758099361478486, -24.5867291954738, -35.41279419578708,
    -1.4103549648831546, -8.959414011299224, -20.405050730948222, -22.790456152802758, -27.18103241461599,
    -8.58821018876327, -37.07496735817662, -24.908122297816703, -18.41982192449708, -18.519259535755054,
    -39.82557037360824, -14.725544412429677, -16.6810036666867, -26.60288710936063, -38.49285543789435,
    -13.18309381850975, -32.282792430988394, -9.273940807837963, -20.807665658710224, -29.517814582160764,
    -26.17063605520157, -37.481778173255734, -17.661300062951383,
)
"""Inputs at which the same algorithm without fused operations (musl, or a processor without FMA) gives other bits."""

ROUNDED: Final = (
    -11.213219160827695, -7.950518007666467, -30.132354313156718, -22.378781459823415, -31.124735389996026,
    -12.058478167741793, -3.099905909533504, -35.89958689065027, -31.687890252074084, -32.13859972848017,
    -23.905603145846207, -26.294249091110625, -38.51205146543434, -2.6948328629538096, -30.615514899650186,
    -31.697495986015365, -34.767235209990304, -13.659796601198583, -27.203361920508264, -14.770498486738159,
    -38.471739413413296, -7.297728055011831, -12.998859707148632, -4.935457064451683, -12.028010787430816,
    -24.5867291954738, -2.9334043144738473, -35.41279419578708, -2.4057205590769684, -20.405050730948222,
    -27.18103241461599, -15.609589267926516, -8.58821018876327, -37.07496735817662, -4.916635164573037,
    -11.713633461123013, -18.41982192449708, -18.519259535755054, -37.74352870845588, -4.411268343992262,
    -34.47108016348994, -0.2393079977492718, -13.18309381850975, -9.273940807837963, -19.680255695825945,
    -12.501485673779928, -17.661300062951383, -33.81046001320356,
)
"""Inputs at which a correctly rounded exp gives other bits than glibc's."""
# fmt: on

_GOLDEN: Final = 0.6180339887498949
_SPREAD: Final = 1024
_EDGES: Final = (
    *(0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, -5e-324, 1e308, -1e308),
    *(-709.77, -709.775, -709.782712893384, -709.7827128933841, -709.7828, -710.0, -745.13, -745.14, -746.0),
    *(36.7368005696771, 36.73680056967711, 2.0794415416798357, 2.07944154167984, 87.0, -87.5, -103.97, -104.0),
    *(511.9, 512.1, -512.1, 708.5, 745.13, 745.1332191019412, 745.14, 746.0),
)


def differing(
    kernels: Mapping[str, Callable[[Any, Any], None]], functions: Mapping[str, Function] = FUNCTIONS
) -> list[float]:
    """Return the inputs at which kernels have other bits than the scalar functions; none if they may serve.

    :param kernels: of a backend; see `loop.KERNELS`.
    :param functions: whose bits they are to have.
    """
    with np.errstate(over="ignore", under="ignore"):
        return [
            x
            for points in (inputs(), inputs().astype(np.float32))
            for name, function in functions.items()
            for x in _differing(function, kernels[name], points)
        ]


def _differing(function: Function, kernel: Callable[[Any, Any], None], points: NDArray[Any]) -> list[float]:
    results = np.empty_like(points)
    kernel(points, results)
    values = map(function.scalar, points.tolist())
    expected = np.fromiter(values, np.float64, points.size).astype(points.dtype)
    same = (results == expected) | (np.isnan(results) & np.isnan(expected))
    return [float(x) for x in points[~same]]


@cache
def inputs() -> NDArray[np.float64]:
    """Return the inputs: those above, the edges, and some 2,000 spread evenly; float64 of shape (n,)."""
    spread = np.modf(np.arange(_SPREAD) * _GOLDEN)[0] - 0.5
    return np.concatenate([UNFUSED, ROUNDED, _EDGES, 80.0 * spread, 1500.0 * spread])
