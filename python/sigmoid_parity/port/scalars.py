"""The functions for one Python float, with C#'s semantics at the edges: what every kernel is held to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp
from typing import Final

from sigmoid_parity.port.numbers import NUMBERS


def activation(x: float) -> float:
    """Compute 1.0 / (1.0 + exp(-x)). Source: D2."""
    try:
        return 1.0 / (1.0 + exp(-x))
    except OverflowError:  # C# has exp(-x) = infinity here.
        return 0.0


def d_activation(y: float) -> float:
    """Compute (1.0 - y) * y from the sigmoid's output. Source: D2."""
    return (1.0 - y) * y


def derivative(x: float) -> float:
    """Compute the derivative from the input. Source: D4."""
    return d_activation(activation(x))


def stable_derivative(x: float) -> float:
    """Compute the derivative from the input, accurately. Source: D3, step 10."""
    z = exp(-abs(x))
    w = z + z + z * z
    d = 1.0 + w
    if z < 0.125:  # noqa: PLR2004 - where the formula has two branches
        return z - z * (w / d)
    q = z / d
    return q - q * (w - (d - 1.0)) * (1.0 - z)


BY_NAME: Final[Mapping[str, Callable[[float], float]]] = {
    "activation": activation,
    "d_activation": d_activation,
    "derivative": derivative,
    "stable_derivative": stable_derivative,
}
"""The functions by their names."""

BY_NUMBER: Final[Mapping[int, Callable[[float], float]]] = {number: BY_NAME[name] for name, number in NUMBERS.items()}
"""The functions by their numbers."""
