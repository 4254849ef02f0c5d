"""The layer and the network, with the pair of an implementation, as something to compare on their fixtures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop.implemented import AsPair
from sigmoid_parity.backprop.layer import SigmoidLayer
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.cases import LayerCase, Training
from sigmoid_parity.implementations import Implementation

Doubles = NDArray[np.float64]


class Layered:
    """D1's layer with an implementation's pair: ``layer`` is the gradient that goes back to the input."""

    functions = frozenset({"layer"})

    def __init__(self, implementation: Implementation, cases: Sequence[LayerCase]) -> None:
        """Prepare for the cases of ``layer.yaml``; nothing is computed yet."""
        self.name = implementation.name
        self._pair = AsPair(implementation)
        self._gradients = np.array([case.grad_y for case in cases], np.float64)

    def apply(self, function: str, inputs: Doubles) -> Doubles:  # noqa: ARG002 - it has one function
        """Compute the gradient by each input; see `Implementation`."""
        layer = SigmoidLayer(self._pair)
        layer.forward(inputs)
        return layer.backward(self._gradients)


class Trained:
    """D4's network with an implementation's pair: ``training`` is every number that `trainings.as_fixture` expects."""

    functions = frozenset({"training"})

    def __init__(self, implementation: Implementation, trainings: Sequence[Training], epochs: int) -> None:
        """Prepare for the trainings of ``network.yaml``; nothing is computed yet.

        :param epochs: as many as `trainings.as_fixture` was given.
        """
        self.name = implementation.name
        self._pair = AsPair(implementation)
        self._trainings = trainings
        self._epochs = epochs

    def apply(self, function: str, inputs: Doubles) -> Doubles:  # noqa: ARG002 - a training starts from its weights
        """Train, and return what is expected number by number; see `Implementation`."""
        return np.concatenate([part.ravel() for training in self._trainings for part in self._train(training)])

    def _train(self, training: Training) -> Iterator[Doubles]:
        network = Network(training.weights, self._pair)
        first = slice(0, 1) if training.one_by_one else slice(None)
        found = network.gradients(training.inputs[first], training.targets[first])
        yield from (*found.outputs, *found.deltas, *found.weights, np.array(found.loss))
        checkpoints = [after.epochs for after in training.after if after.epochs <= self._epochs]
        losses = network.epochs(
            training.inputs, training.targets, learning_rate=training.learning_rate, one_by_one=training.one_by_one
        )
        for epoch, loss in enumerate(islice(losses, max(checkpoints, default=0)), 1):
            if epoch in checkpoints:
                yield from (np.array(loss), *network.weights)
