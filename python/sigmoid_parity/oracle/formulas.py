"""The documented formulas, operation by operation, and the true derivative; rounded as the context at hand rounds.

Arguments and results are numbers of `mpfr`. Infinities, NaN and signed zeros are those of IEEE 754.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sigmoid_parity.oracle import mpfr

Function = Callable[[Any], Any]


def activation(x: Any) -> Any:
    """Evaluate 1 / (1 + exp(-x)). Source: D2."""
    return 1 / (1 + mpfr.exp(-x))


def d_activation(y: Any) -> Any:
    """Evaluate (1 - y) y. Source: D2."""
    return (1 - y) * y


def derivative(x: Any) -> Any:
    """Evaluate (1 - y) y at y = `activation` (x). Source: D4."""
    return d_activation(activation(x))


def stable_derivative(x: Any) -> Any:
    """Evaluate the formula of `stable_derivative`. Source: D3, step 10, compensated."""
    z = mpfr.exp(-abs(x))
    w = (z + z) + z * z
    d = 1 + w
    q = z / d
    # Where the formula has two branches.
    return z - q * w if z < 0.125 else q - q * ((w - (d - 1)) * (1 - z))  # noqa: PLR2004


def true_derivative(x: Any) -> Any:
    """Evaluate exp(-abs(x)) / (1 + exp(-abs(x)))^2, in which no operation magnifies errors. Source: D3, step 10."""
    z = mpfr.exp(-abs(x))
    return z / ((1 + z) * (1 + z))


DOCUMENTED: Final[Mapping[str, Function]] = {
    "activation": activation,
    "d_activation": d_activation,
    "derivative": derivative,
    "stable_derivative": stable_derivative,
}
"""The documented formula of each function, by the function's name."""

TRUE: Final[Mapping[str, Function]] = {
    "activation": activation,
    "d_activation": d_activation,
    "derivative": true_derivative,
    "stable_derivative": true_derivative,
}
"""What each function's true value is computed by: no operation magnifies errors."""
