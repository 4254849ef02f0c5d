"""Code with the documents' mistakes in it, beside the same code mended; in our own words.

The code is held here, and not in the YAML, so that data is never run. A mended program ends by telling in ``holds``
whether it does what it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Program:
    """A mistake in code.

    :ivar wrong: code that raises an exception.
    :ivar right: the same, mended; sets ``holds``.
    """

    wrong: str
    right: str


_LAYER: Final = """\
from math import exp

class Sigmoid:
    def forward(self, x):
        self.y = 1.0 / (1.0 + exp(-x))
        return self.y

    def backward(self, grad_to_y):
        return grad_to_y * self.y * (1 - self.y)

layer = Sigmoid()
"""

_ONE_INPUT: Final = """\
from math import exp

class Sigmoid:
    def __init__(self, x):
        self.x = x

    def forward(self):
        self.y = 1.0 / (1.0 + exp(-self.x))
        return self.y

layer = Sigmoid(0.5)
"""

_DELTAS: Final = """\
import numpy as np

hidden = np.array([0.2, 0.4, 0.6, 0.8])
delta = np.array([0.1, -0.3])
"""

PROGRAMS: Final[Mapping[str, Program]] = {
    "class-capitalised": Program(
        "Class Sigmoid:\n    y = None\n",
        "class Sigmoid:\n    y = None\n\nholds = Sigmoid().y is None\n",
    ),
    "input-in-the-constructor": Program(
        _ONE_INPUT + "layer.forward()\nlayer.forward(1.5)\n",
        _LAYER + "holds = (layer.forward(0.0), layer.forward(1.5)) == (0.5, 1.0 / (1.0 + exp(-1.5)))\n",
    ),
    "backward-before-forward": Program(
        _LAYER + "layer.backward(1.0)\n",
        _LAYER + "layer.forward(0.0)\nholds = layer.backward(1.0) == 0.25\n",
    ),
    "dot-of-two-vectors": Program(
        _DELTAS + "update = hidden.T.dot(delta)\n",
        _DELTAS
        + "update = np.outer(hidden, delta)\n"
        + "holds = update.tolist() == [[h * d for d in delta.tolist()] for h in hidden.tolist()]\n",
    ),
}
"""Each program by its name in ``fixtures/errata.yaml``."""


def run(code: str) -> dict[str, Any]:
    """Run a program in a namespace of its own, and return that."""
    namespace: dict[str, Any] = {"__name__": "program"}
    exec(compile(code, "<program>", "exec"), namespace)  # noqa: S102 - this module's own code
    return namespace
