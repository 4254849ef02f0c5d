"""The four functions, a record each, and where their results change their nature.

To add a function, write its record here, the function itself in `port.functions`, its LLVM IR in `port.backends.ones`
and `vector`, and its cases in a file of fixtures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp
from typing import Final

SATURATED_FROM: Final = 36.73680056967711
"""From this input on the computed y is exactly 1.0, and (1 - y) y exactly 0.0: 1 + exp(-x) rounds to 1."""

TRUE_ONE_FROM: Final = 37.42994775023705
"""From this input on the double nearest to the true y is 1.0: 54 ln 2."""

OVERFLOW_BELOW: Final = -709.782712893384
"""Below this input exp(-x) exceeds the largest double, and the computed y is 0.0."""

VANISHES_FROM: Final = 745.1332191019412
"""From this size of the input on exp(-abs(x)), and with it `stable_derivative`, is 0.0."""

SUM_TIES: Final = (-37.42994775023705, -36.7368005696771)
"""Between these inputs exp(-x) lies in [2^53, 2^54): adding 1 to an odd multiple of 2 is a tie."""

BRANCH: Final = 0.125
"""Where exp(-abs(x)) is below this, `stable_derivative` uses the first form of its formula, elsewhere the second."""


@dataclass(frozen=True, slots=True)
class Function:
    """What there is to know of a function.

    :ivar name: in Python, and of its file of fixtures.
    :ivar argument: what the argument means, as the head of that file has it.
    :ivar expression: the documented formula, as the head of that file has it.
    :ivar methods: the C# methods that compute it, one after the other; none where C# has no such function.
    :ivar scalar: the function of one Python float, with C#'s results at the edges; every backend must have its bits.
    """

    name: str
    argument: str
    expression: str
    methods: tuple[str, ...]
    scalar: Callable[[float], float]


def _activation(x: float) -> float:
    try:
        return 1.0 / (1.0 + exp(-x))
    except OverflowError:  # C# has exp(-x) = infinity here.
        return 0.0


def _d_activation(y: float) -> float:
    return (1.0 - y) * y


def _derivative(x: float) -> float:
    return _d_activation(_activation(x))


def _stable_derivative(x: float) -> float:
    z = exp(-x if x > 0.0 else x)
    w = z + z + z * z
    d = 1.0 + w
    q = z / d
    return z - q * w if z < BRANCH else q - q * ((w - (d - 1.0)) * (1.0 - z))


ACTIVATION: Final = Function("activation", "x: the input", "1.0 / (1.0 + exp(-x))", ("Activation",), _activation)
"""The sigmoid. Source: D2."""

D_ACTIVATION: Final = Function(
    "d_activation", "y: the sigmoid's output", "(1.0 - y) * y", ("DActivation",), _d_activation
)
"""The sigmoid's derivative, from its output. Source: D2."""

DERIVATIVE: Final = Function(
    "derivative",
    "x: the input",
    "(1.0 - y) * y with y = 1.0 / (1.0 + exp(-x))",
    ("Activation", "DActivation"),
    _derivative,
)
"""The sigmoid's derivative, from the input. Source: D4."""

STABLE_DERIVATIVE: Final = Function(
    "stable_derivative",
    "x: the input",
    "z - q * w where z < 0.125, else q - q * ((w - (d - 1.0)) * (1.0 - z)); "
    "z = exp(-abs(x)), w = (z + z) + z * z, d = 1.0 + w, q = z / d",
    (),
    _stable_derivative,
)
"""The sigmoid's derivative, from the input, accurate where y has rounded to 1. Source: D3, step 10."""

FUNCTIONS: Final[Mapping[str, Function]] = {
    function.name: function for function in (ACTIVATION, D_ACTIVATION, DERIVATIVE, STABLE_DERIVATIVE)
}
"""The functions by their names."""
