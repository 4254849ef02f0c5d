"""The functions' numbers: compiled code takes a number where Python takes a name."""

from __future__ import annotations

from typing import Final

ACTIVATION: Final = 0
D_ACTIVATION: Final = 1
DERIVATIVE: Final = 2
STABLE_DERIVATIVE: Final = 3

NUMBERS: Final = {
    "activation": ACTIVATION,
    "d_activation": D_ACTIVATION,
    "derivative": DERIVATIVE,
    "stable_derivative": STABLE_DERIVATIVE,
}
"""The number of each function, by its name in Python."""
