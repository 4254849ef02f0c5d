"""D4's network with its mistakes mended: layers of weights without biases, the sigmoid after each, back-propagation.

Every operation's order is stated, in `backward`, so that the result does not depend on the machine. The update comes
after all gradients are known: ``W = W - learning_rate * gradient``, for each weight one product and one difference; to
the bit the same as D4's ``W + (h^T delta) * learning_rate``.

Source: D4.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise, repeat
from random import Random
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop import matrices
from sigmoid_parity.backprop.backward import Gradients, Passes
from sigmoid_parity.backprop.pair import PORT, Pair
from sigmoid_parity.backprop.product import Product, ordered
from sigmoid_parity.errors import NetworkError

Doubles = NDArray[np.float64]
Watcher = Callable[[int, float], None]
"""Takes the number of an epoch that is done, from 1 on, and its loss."""


class Network:
    """Layers of weights with the sigmoid after each; no biases.

    >>> x, target = np.array([[0.5, 0.7, 0.9]]), np.array([[0.1, 0.8]])
    >>> network = Network.seeded((3, 4, 2), seed=20261121)
    >>> losses = network.train(x, target, epochs=1_000, learning_rate=0.05)
    >>> f"{losses[0]:.6f} {losses[-1]:.6f}"
    '0.020724 0.000185'
    >>> [matrix.shape for matrix in network.weights]
    [(3, 4), (4, 2)]
    """

    def __init__(self, weights: Sequence[NDArray[Any]], pair: Pair = PORT, product: Product = ordered) -> None:
        """Make a network of weights; they are copied.

        :param weights: a matrix per layer, (inputs, outputs); the outputs of one are the inputs of the next.
        :param pair: the sigmoid and its derivative; the port by default.
        :param product: of two matrices; `product.blas` is faster on large ones and gives up the stated bits.
        :raises ValueError: no weights, a shape that does not chain, or a weight that is NaN or infinite.
        :raises TypeError: weights that are no real numbers.
        """
        self._weights = tuple(
            matrices.matrix(f"Network: weights {number}", matrix).copy() for number, matrix in enumerate(weights, 1)
        )
        matrices.check_chain(self._weights)
        self._passes = Passes(pair, product)

    @classmethod
    def seeded(cls, sizes: Sequence[int], seed: int, pair: Pair = PORT, product: Product = ordered) -> Self:
        """Make a network whose weights are drawn from a normal distribution, with the same bits on every machine.

        Each weight, row by row and layer by layer, is the sum of 12 numbers of Python's
        ``random.Random(seed).random()``, from left to right, minus 6: mean 0, variance 1 (Irwin-Hall), and no library's
        logarithm in it.

        :param sizes: of the input, the hidden layers and the output, such as (3, 4, 2); each at least 1.
        :param seed: any int.
        :raises ValueError: fewer than two sizes, or one below 1.
        """
        if len(sizes) < 2 or min(sizes) < 1:  # noqa: PLR2004 - an input and an output
            raise ValueError(f"Network: sizes are those of input and output at least, each 1 or more, not {sizes}")
        random = Random(seed)
        shapes = pairwise(sizes)
        return cls([matrices.normal(random, rows, columns) for rows, columns in shapes], pair, product)

    @property
    def weights(self) -> tuple[Doubles, ...]:
        """The weights, a matrix per layer; read-only, and not touched by later steps, which make new ones."""
        return tuple(map(matrices.frozen, self._weights))

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the input, the hidden layers and the output."""
        return (len(self._weights[0]), *(matrix.shape[1] for matrix in self._weights))

    def forward(self, x: NDArray[Any]) -> tuple[Doubles, ...]:
        """Compute every layer's output.

        :param x: the inputs, of shape (samples, features).
        :returns: float64 of shape (samples, size) for each layer; the network's own output is the last.
        :raises ValueError: another number of features, no sample, or a NaN or infinity.
        :raises TypeError: no array of real numbers.
        """
        return self._passes.forward(self._weights, self._samples("inputs", x, self.sizes[0]))

    def gradients(self, x: NDArray[Any], target: NDArray[Any]) -> Gradients:
        """Compute the loss's gradient by every weight, and all that leads to it.

        :param x: the inputs, of shape (samples, features).
        :param target: what the outputs should be, of shape (samples, outputs).
        :raises ValueError: another shape, no sample, or a NaN or infinity.
        :raises TypeError: no array of real numbers.
        """
        return self._passes.gradients(self._weights, *self._pairs(x, target))

    def step(self, x: NDArray[Any], target: NDArray[Any], learning_rate: float) -> float:
        """Go one step of steepest descent, with all samples at once.

        :param x: the inputs, of shape (samples, features).
        :param target: what the outputs should be, of shape (samples, outputs).
        :param learning_rate: above 0.
        :returns: the loss before the step.
        :raises ValueError: another shape, no sample, a NaN or infinity, or a learning rate that is not above 0.
        :raises TypeError: no array of real numbers.
        """
        check_learning_rate(learning_rate)
        return self._step(*self._pairs(x, target), learning_rate)

    def train(
        self,
        x: NDArray[Any],
        target: NDArray[Any],
        *,
        epochs: int,
        learning_rate: float,
        one_by_one: bool = False,
        target_loss: float | None = None,
        progress: Watcher | None = None,
    ) -> list[float]:
        """Train: go over all samples, epoch by epoch.

        An epoch is one step with all samples at once, or, one by one, a step with each sample in order. Its loss is
        what its steps met before they changed the weights.

        :param x: the inputs, of shape (samples, features).
        :param target: what the outputs should be, of shape (samples, outputs).
        :param epochs: how many at most.
        :param learning_rate: above 0.
        :param one_by_one: a step per sample, instead of one per epoch.
        :param target_loss: stop after the first epoch whose loss is at most this.
        :param progress: called after every epoch.
        :returns: the loss of each epoch.
        :raises ValueError: another shape, no sample, a NaN or infinity, or a learning rate that is not above 0.
        :raises TypeError: no array of real numbers.
        :raises NetworkError: a weight grew beyond the largest double; it stays as it was before that step.
        """
        losses: list[float] = []
        for loss in islice(self.epochs(x, target, learning_rate=learning_rate, one_by_one=one_by_one), epochs):
            losses.append(loss)
            if progress is not None:
                progress(len(losses), loss)
            if target_loss is not None and loss <= target_loss:
                break
        return losses

    def epochs(
        self,
        x: NDArray[Any],
        target: NDArray[Any],
        *,
        learning_rate: float,
        one_by_one: bool = False,
    ) -> Iterator[float]:
        """Train as `train` does, without end: an epoch each time the next loss is asked for.

        :param x: the inputs, of shape (samples, features).
        :param target: what the outputs should be, of shape (samples, outputs).
        :param learning_rate: above 0.
        :param one_by_one: a step per sample, instead of one per epoch.
        :returns: the loss of each epoch.
        :raises ValueError: another shape, no sample, a NaN or infinity, or a learning rate that is not above 0.
        :raises TypeError: no array of real numbers.
        :raises NetworkError: a weight grew beyond the largest double; it stays as it was before that step.
        """
        check_learning_rate(learning_rate)
        x, target = self._pairs(x, target)
        if not one_by_one:
            return map(self._step, repeat(x), repeat(target), repeat(learning_rate))
        samples = [(x[i : i + 1], target[i : i + 1]) for i in range(len(x))]
        return map(self._one_by_one, repeat(samples), repeat(learning_rate))

    def _one_by_one(self, samples: Sequence[tuple[Doubles, Doubles]], learning_rate: float) -> float:
        loss = self._step(*samples[0], learning_rate)
        for x, target in samples[1:]:
            loss += self._step(x, target, learning_rate)
        return loss

    def _step(self, x: Doubles, target: Doubles, learning_rate: float) -> float:
        try:
            with np.errstate(over="raise", invalid="raise"):
                weights, loss = self._passes.step(self._weights, x, target, learning_rate)
        except FloatingPointError as error:
            raise NetworkError(
                f"the training left the range of doubles ({error}); take a learning rate below {learning_rate!r}"
            ) from None
        self._weights = weights
        return loss

    def _pairs(self, x: NDArray[Any], target: NDArray[Any]) -> tuple[Doubles, Doubles]:
        inputs = self._samples("inputs", x, self._weights[0].shape[0])
        targets = self._samples("targets", target, self._weights[-1].shape[1])
        if len(inputs) != len(targets):
            raise ValueError(f"Network: there are {len(inputs)} inputs and {len(targets)} targets; give one for each")
        return inputs, targets

    def _samples(self, what: str, values: NDArray[Any], size: int) -> Doubles:
        matrix = matrices.matrix(f"Network: {what}", values)
        if matrix.shape[1] != size:
            raise ValueError(
                f"Network: {what} have shape {matrix.shape}; a network of sizes {self.sizes} takes (samples, {size})"
            )
        return matrix


def check_learning_rate(value: float) -> None:
    """Refuse a learning rate that is no finite number above 0.

    :raises ValueError: it is not.
    """
    if not 0.0 < value < math.inf:
        raise ValueError(f"the learning rate must be a finite number above 0, not {value!r}")
