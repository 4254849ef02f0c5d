"""The functions of one double, with nothing but +, -, *, / and comparison, each rounded once; no libm.

exp(u) is 2^(k/128) exp(r), with k the integer nearest to 128 u / ln 2. The fast phase gives a sum ``high + low`` whose
error is below `ERROR`. Where rounding it might depend on that error, `exact` decides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sigmoid_parity import functions
from sigmoid_parity.functions import BRANCH, OVERFLOW_BELOW, VANISHES_FROM, Function
from sigmoid_parity.portable import exact
from sigmoid_parity.portable.parameters import (
    BITS,
    C3,
    C4,
    C5,
    C6,
    CUT,
    EDGE,
    ERROR,
    HALFWAY,
    HIGH,
    L1,
    L2,
    LOW,
    LOWEST,
    PER_STEP,
    ROUND,
    SATURATED,
    SIZE,
    ULP,
)

_TABLE: Final = tuple((t1, t2, t1 + t2) for t1, t2 in zip(HIGH, LOW, strict=True))
_LAST: Final = SIZE - 1
SCALES: Final = (
    *(float(1 << exponent) for exponent in range(1024)),
    *(1 / (1 << -exponent) for exponent in range(-1022, 0)),
)
"""2^m at m, from -1022 to 1023, negative ones counted from the end, as Python does."""


def approximate(u: float) -> tuple[float, float, int]:
    """Return exp(u) as high, low and exponent: (high + low) 2^exponent, with an error below `ERROR` in the sum.

    :param u: from -746 to `EDGE`.
    """
    k = u * PER_STEP + ROUND - ROUND
    rest = u - k * L1  # Exact, product and difference.
    tail = k * L2
    r = rest - tail
    cut = r + CUT - CUT
    index = int(k)
    t1, t2, t = _TABLE[index & _LAST]
    product = t1 * cut  # Exact.
    high = t1 + product
    low = (product - (high - t1)) + (
        t2 + (t2 * cut + t * (((rest - cut) - tail) + r * r * (0.5 + r * (C3 + r * (C4 + r * (C5 + r * C6))))))
    )
    return high, low, index >> BITS


def activation(x: float) -> float:
    """Compute `sigmoid_parity.functions.ACTIVATION`, exp rounded correctly."""
    if not -EDGE < x < SATURATED:
        return _outside(x)
    high, low, exponent = approximate(-x)
    scale = SCALES[exponent]
    y = 1.0 / (1.0 + (high + (low - ERROR)) * scale)
    # Both candidates for exp(-x) mostly give the same result.
    return y if y == 1.0 / (1.0 + (high + (low + ERROR)) * scale) else 1.0 / (1.0 + exact.exp(-x))


def d_activation(y: float) -> float:
    """Compute `sigmoid_parity.functions.D_ACTIVATION`."""
    return (1.0 - y) * y


def derivative(x: float) -> float:
    """Compute `sigmoid_parity.functions.DERIVATIVE`, exp rounded correctly."""
    y = activation(x)
    return (1.0 - y) * y


def stable_derivative(x: float) -> float:
    """Compute `sigmoid_parity.functions.STABLE_DERIVATIVE`, exp rounded correctly."""
    if math.isnan(x):
        return x
    z = exp_down(-abs(x))
    w = z + z + z * z
    d = 1.0 + w
    q = z / d
    return z - q * w if z < BRANCH else q - q * ((w - (d - 1.0)) * (1.0 - z))


def exp_down(u: float) -> float:
    """Round exp(u) correctly, for a u that is not positive."""
    if u <= -VANISHES_FROM:
        return 0.0
    high, low, exponent = approximate(u)
    if exponent > LOWEST:
        below, above, scale = high + (low - ERROR), high + (low + ERROR), SCALES[exponent]
        return below * scale if below == above else exact.exp(u)
    near, scale = high + low, SCALES[exponent + HALFWAY]
    below, above = (near - ULP) * scale * SCALES[-HALFWAY], (near + ULP) * scale * SCALES[-HALFWAY]
    return below if below == above else exact.exp(u)


def _outside(x: float) -> float:
    if x >= SATURATED:
        return 1.0
    if x < OVERFLOW_BELOW:
        return 0.0
    return x if math.isnan(x) else 1.0 / (1.0 + exact.exp(-x))


FUNCTIONS: Final[Mapping[str, Function]] = {
    one.name: replace(one, scalar=scalar)
    for one, scalar in (
        (functions.ACTIVATION, activation),
        (functions.D_ACTIVATION, d_activation),
        (functions.DERIVATIVE, derivative),
        (functions.STABLE_DERIVATIVE, stable_derivative),
    )
}
"""`sigmoid_parity.functions.FUNCTIONS` with these functions of one double."""
