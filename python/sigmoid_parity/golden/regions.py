"""Where a formula cannot be accurate, however well it is computed: flags that follow from the input alone."""

from __future__ import annotations

from typing import Final

FLAGS: Final = ("overflow", "cancellation", "saturated")
"""All flags that `flags` gives."""

SATURATED_FROM: Final = 36.7368005696771
"""From this input on, y rounds to 1.0 or to the double below it: 53 ln 2."""

OVERFLOW_BELOW: Final = -709.782712893384
"""Below this input exp(-x) exceeds the largest double."""


def flags(function: str, value: float) -> tuple[str, ...]:
    """Return the flags of the region that an input lies in; none where the formula is accurate."""
    if function == "activation" and value < OVERFLOW_BELOW:
        return ("overflow",)
    if function == "derivative":
        return _derivative(value)
    return ()


def _derivative(x: float) -> tuple[str, ...]:
    if x < OVERFLOW_BELOW:
        return ("overflow",)
    if x >= SATURATED_FROM:
        return ("saturated",)
    return ("cancellation",) if x > 0.0 else ()
