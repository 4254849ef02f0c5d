"""Where a formula cannot be accurate, however well it is computed: flags that follow from the input alone."""

from __future__ import annotations

from typing import Final

from sigmoid_parity.functions import OVERFLOW_BELOW, SATURATED_FROM, SUM_TIES

FLAGS: Final = ("overflow", "cancellation", "saturated", "sum-tie")
"""All flags that `flags` gives."""


def flags(function: str, value: float) -> tuple[str, ...]:
    """Return the flags of the region that an input lies in; none where the formula is accurate."""
    if function not in ("activation", "derivative"):
        return ()
    if value < OVERFLOW_BELOW:
        return ("overflow",)
    if SUM_TIES[0] < value < SUM_TIES[1]:
        return ("sum-tie",)
    return _near_one(value) if function == "derivative" else ()


def _near_one(x: float) -> tuple[str, ...]:
    if x >= SATURATED_FROM:
        return ("saturated",)
    return ("cancellation",) if x > 0.0 else ()
