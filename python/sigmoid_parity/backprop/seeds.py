"""One training from many starts at once: the same bits as a `Network` from each, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import Doubles, Pair
from sigmoid_parity.cases import Training


def losses(training: Training, pair: Pair, seeds: Sequence[int], epochs: int) -> Doubles:
    """Train with all samples at each step, from weights that `Network.seeded` draws, and return the last losses.

    :param training: inputs, targets, learning rate, and the sizes of the layers.
    :param pair: the sigmoid and its derivative.
    :param seeds: a start each.
    :param epochs: at least 1.
    :returns: the loss of the last epoch, float64, one per seed.
    """
    steps = _steps(training, pair, seeds)
    for _ in range(epochs - 1):
        next(steps)
    return next(steps)


def _steps(training: Training, pair: Pair, seeds: Sequence[int]) -> Iterator[Doubles]:
    """Yield the losses of each epoch; every sum is taken in the order that `backward` states."""
    sizes = (training.inputs.shape[1], *(matrix.shape[1] for matrix in training.weights))
    starts = [Network.seeded(sizes, seed).weights for seed in seeds]
    weights = [np.array(layer) for layer in zip(*starts, strict=True)]
    x = np.broadcast_to(training.inputs, (len(seeds), *training.inputs.shape))
    while True:
        outputs = [x]
        for matrix in weights:
            outputs.append(pair.activation(_product(outputs[-1], matrix)))
        error = training.targets - outputs[-1]
        deltas = [error * pair.d_activation(outputs[-1])]
        for matrix, output in zip(weights[:0:-1], outputs[-2:0:-1], strict=True):
            deltas.insert(0, _product(deltas[0], matrix.swapaxes(1, 2)) * pair.d_activation(output))
        slopes = [-_product(output.swapaxes(1, 2), delta) for output, delta in zip(outputs, deltas, strict=False)]
        weights = [w - slope * training.learning_rate for w, slope in zip(weights, slopes, strict=True)]
        yield 0.5 * np.add.accumulate((error * error).reshape(len(seeds), -1), axis=1)[:, -1]


def _product(left: Doubles, right: Doubles) -> Doubles:
    """Multiply matrices, one pair per seed, each sum from left to right over the inner index, as `product.ordered`."""
    total: Doubles = left[:, :, :1] * right[:, :1]
    for index in range(1, right.shape[1]):
        total = total + left[:, :, index, None] * right[:, None, index]
    return total
