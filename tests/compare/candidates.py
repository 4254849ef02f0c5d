"""False candidates that people have: each takes the original's place, and differs in its own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import activation
from sigmoid_parity.implementations import Role

Doubles = NDArray[np.float64]


def _float_activation(x: Doubles) -> Doubles:
    one = np.float32(1.0)
    return (one / (one + np.exp(-x.astype(np.float32)))).astype(np.float64)


def _float_derivative(y: Doubles) -> Doubles:
    single = y.astype(np.float32)
    return ((np.float32(1.0) - single) * single).astype(np.float64)


def _derivative(y: Doubles) -> Doubles:
    return (1.0 - y) * y


def _cut_off(x: Doubles) -> Doubles:
    return np.where(x < -45.0, 0.0, np.where(x > 45.0, 1.0, activation(x)))


def _accurate(x: Doubles) -> Doubles:
    z = np.exp(-np.abs(x))
    return np.where(x < 0.0, z / (1.0 + z), activation(x))


FALSE: Final[dict[str, tuple[Callable[[Doubles], Doubles], Callable[[Doubles], Doubles]]]] = {
    "float": (_float_activation, _float_derivative),
    "cut-off": (_cut_off, _derivative),
    "accurate": (_accurate, _derivative),
}
"""The pair of each: a float class, a cut-off at 45, and a class that is more accurate below the overflow."""


class Original:
    """A pair as the C# class on a runtime."""

    role = Role.ORIGINAL
    functions = frozenset({"activation", "d_activation", "derivative"})

    def __init__(self, pair: str, name: str = "runtime-1.0") -> None:
        self.name = name
        self._activation, self._derivative = FALSE[pair]

    def apply(self, function: str, inputs: Doubles) -> Doubles:
        with np.errstate(all="ignore"):
            if function == "derivative":
                return self._derivative(self._activation(inputs))
            return (self._activation if function == "activation" else self._derivative)(inputs)
