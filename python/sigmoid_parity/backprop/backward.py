"""The forward and the backward pass through layers of weights: D4's, with its mistakes mended.

Every operation's order is stated: with x the inputs, row by row,

- forward: ``h = activation(x W1)``, ``output = activation(h W2)``, and so on for more layers;
- backward: ``error = target - output``, ``delta2 = error * d_activation(output)``,
  ``delta1 = (delta2 W2^T) * d_activation(h)``: the derivative takes the OUTPUT, where D4 applied the sigmoid twice;
- gradients: ``-(h^T delta2)`` and ``-(x^T delta1)``: outer products, summed over the samples in order, where D4's
  products of one-dimensional arrays raise.

The loss they descend is ``0.5 * sum(error * error)`` over all samples and outputs, summed row by row, left to right.
Matrix products are `product.ordered`, unless another is asked for.

Source: D4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop.pair import Pair
from sigmoid_parity.backprop.product import Product

Doubles = NDArray[np.float64]
Weights = Sequence[Doubles]


@dataclass(frozen=True, slots=True)
class Gradients:
    """A forward and a backward pass.

    :ivar outputs: of each layer, float64 of shape (samples, its size); the network's own is the last.
    :ivar deltas: of each layer, likewise: minus the loss's gradient by what goes into the layer's sigmoid.
    :ivar weights: the loss's gradient by each layer's weights, of their shape.
    :ivar loss: 0.5 * the sum of the squared errors.
    """

    outputs: tuple[Doubles, ...]
    deltas: tuple[Doubles, ...]
    weights: tuple[Doubles, ...]
    loss: float


@dataclass(frozen=True, slots=True)
class Passes:
    """What the passes are made of.

    :ivar pair: the sigmoid and its derivative.
    :ivar product: of two matrices.
    """

    pair: Pair
    product: Product

    def forward(self, weights: Weights, x: Doubles) -> tuple[Doubles, ...]:
        """Compute every layer's output: float64 of shape (samples, its size)."""
        outputs = []
        for matrix in weights:
            x = self.pair.activation(self.product(x, matrix))
            outputs.append(x)
        return tuple(outputs)

    def gradients(self, weights: Weights, x: Doubles, target: Doubles) -> Gradients:
        """Compute the loss's gradient by every weight, and all that leads to it."""
        outputs = self.forward(weights, x)
        error = target - outputs[-1]
        deltas = tuple(self._deltas(weights, outputs, error))[::-1]
        inputs = (x, *outputs[:-1])
        found = tuple(-self.product(into.T, delta) for into, delta in zip(inputs, deltas, strict=True))
        return Gradients(outputs, deltas, found, _loss(error))

    def step(
        self, weights: Weights, x: Doubles, target: Doubles, learning_rate: float
    ) -> tuple[tuple[Doubles, ...], float]:
        """Compute the weights after a step of steepest descent, and the loss before it."""
        outputs = self.forward(weights, x)
        error = target - outputs[-1]
        inputs, moved = (x, *outputs), list(weights)
        layer = len(weights)
        for delta in self._deltas(weights, outputs, error):
            layer -= 1
            # The gradient is minus this product; to add a product is to subtract minus it, to the bit.
            moved[layer] = weights[layer] + self.product(inputs[layer].T, delta) * learning_rate
        return tuple(moved), _loss(error)

    def _deltas(self, weights: Weights, outputs: Sequence[Doubles], error: Doubles) -> Iterator[Doubles]:
        """Yield each layer's delta, from the last layer to the first."""
        # In one call for all layers: the pair may be in another process, and a call costs more than the numbers.
        slopes = self.pair.d_activation(np.concatenate(outputs, axis=1))
        end = slopes.shape[1]
        for layer in range(len(weights) - 1, -1, -1):
            start = end - error.shape[1]
            delta = error * slopes[:, start:end]
            yield delta
            if layer:
                error, end = self.product(delta, weights[layer].T), start


def _loss(error: Doubles) -> float:
    return 0.5 * float(np.add.accumulate((error * error).ravel())[-1])
