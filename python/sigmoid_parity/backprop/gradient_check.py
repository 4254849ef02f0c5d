"""Check a pair's gradient on a training's first step: against the right pair's, and against the loss itself.

A wrong derivative shows at once in the gradient, where the loss over the epochs may fall as it does with the right one,
or faster. The cosine says how far the direction is off, and is blind to the length; the deviation sees both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import PORT, Pair
from sigmoid_parity.cases import Training

Doubles = NDArray[np.float64]

STEP: Final = 2.0**-17
"""The h of the central differences, times |w| for a weight w above 1: about the cube root of binary64's 2^-52."""


@dataclass(frozen=True, slots=True)
class LayerCheck:
    """A gradient by one layer's weights, against the true one.

    :ivar cosine: of the angle to the right pair's gradient: 1 for the same direction; NaN where one of them is 0.
    :ivar deviation: of the gradient from central differences of the loss: the norm of the difference of the two over
        the norm of the latter; NaN where that is 0.
    """

    cosine: float
    deviation: float


def check(training: Training, pair: Pair) -> tuple[LayerCheck, ...]:
    """Check a pair's gradient on the first step: all samples, or the first one where they go one by one.

    :param training: inputs, targets and the weights at the start.
    :param pair: whose gradient.
    :returns: for each layer of weights.
    """
    samples = slice(1) if training.one_by_one else slice(None)
    x, target = training.inputs[samples], training.targets[samples]
    right = Network(training.weights, PORT).gradients(x, target).weights
    found = Network(training.weights, pair).gradients(x, target).weights
    slopes = differences(training.weights, x, target)
    return tuple(
        LayerCheck(_cosine(one, true), _ratio(_norm(one - slope), _norm(slope)))
        for one, true, slope in zip(found, right, slopes, strict=True)
    )


def differences(weights: Sequence[Doubles], x: Doubles, target: Doubles) -> list[Doubles]:
    """Compute a network's gradient without back-propagation: (loss(w + h) - loss(w - h)) / 2h, weight by weight.

    :param weights: a matrix per layer.
    :param x: the inputs, of shape (samples, features).
    :param target: what the outputs should be, of shape (samples, outputs).
    :returns: of each layer, of the shape of its weights.
    """
    slopes = [np.empty_like(matrix) for matrix in weights]
    for layer, matrix in enumerate(weights):
        for place, weight in np.ndenumerate(matrix):
            h = STEP * max(1.0, abs(float(weight)))
            losses = [_loss(weights, layer, place, float(weight) + step, x, target) for step in (h, -h)]
            slopes[layer][place] = (losses[0] - losses[1]) / (2.0 * h)
    return slopes


def _loss(
    weights: Sequence[Doubles], layer: int, place: tuple[int, ...], weight: float, x: Doubles, target: Doubles
) -> float:
    moved = [matrix.copy() for matrix in weights]
    moved[layer][place] = weight
    error = target - Network(moved, PORT).forward(x)[-1]
    return 0.5 * float(np.sum(error * error))


def _cosine(one: Doubles, other: Doubles) -> float:
    # Rounding may lead beyond 1, where no cosine is; NaN stays NaN.
    return float(np.clip(_ratio(float(np.sum(one * other)), _norm(one) * _norm(other)), -1.0, 1.0))


def _norm(matrix: Doubles) -> float:
    return float(np.sqrt(np.sum(matrix * matrix)))


def _ratio(above: float, below: float) -> float:
    return above / below if below else float("nan")
