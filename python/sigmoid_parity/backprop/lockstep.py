"""Train one network with several pairs, epoch by epoch from the same start, and find where they part.

It computes and prints nothing; what it finds is data, and is whole after every epoch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import Pair
from sigmoid_parity.cases import Training
from sigmoid_parity.errors import HostError, NetworkError

Verdict = Literal["agree", "differ", "alone", "error"]
Weights = tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first weight in which a training is not the port's.

    :ivar epoch: after which epoch, from 1 on.
    :ivar layer: of which layer, from 1 on.
    :ivar row: the weight's row, from 0 on.
    :ivar column: its column, from 0 on.
    :ivar expected: the other's value.
    :ivar actual: the port's value.
    """

    epoch: int
    layer: int
    row: int
    column: int
    expected: float
    actual: float

    @property
    def weight(self) -> str:
        """The weight's name, as in ``W1[0, 2]``."""
        return f"W{self.layer}[{self.row}, {self.column}]"


class Lockstep:
    """Trainings from one start, an epoch of each in turn.

    :ivar port: the name of the first, which all originals are compared with.
    :ivar losses: of each, the loss of every epoch.
    :ivar weights: of each, as they are after the last epoch.
    :ivar differences: of each original, the first weight in which it differs from the port, or None.
    :ivar failures: of each that could not go on, why; it has no further losses.
    """

    def __init__(
        self,
        training: Training,
        port: tuple[str, Pair],
        originals: Mapping[str, Pair],
        beside: Mapping[str, Pair] | None = None,
        learning_rate: float | None = None,
    ) -> None:
        """Prepare; nothing is trained yet.

        :param training: inputs, targets, weights, and the order of steps.
        :param port: its name and pair.
        :param originals: what the port must agree with, by name.
        :param beside: what is trained for its losses alone, by name.
        :param learning_rate: another one than the training's.
        :raises ValueError: the learning rate is not above 0.
        """
        self.training = training
        self.learning_rate = training.learning_rate if learning_rate is None else learning_rate
        self.port, pair = port
        self._networks = {
            name: Network(training.weights, each)
            for name, each in {self.port: pair, **originals, **(beside or {})}.items()
        }
        self._epochs = {
            name: network.epochs(
                training.inputs,
                training.targets,
                learning_rate=self.learning_rate,
                one_by_one=training.one_by_one,
            )
            for name, network in self._networks.items()
        }
        self.losses: dict[str, list[float]] = {name: [] for name in self._networks}
        self.weights: dict[str, Weights] = {name: network.weights for name, network in self._networks.items()}
        self.differences: dict[str, Difference | None] = dict.fromkeys(originals)
        self.failures: dict[str, HostError | NetworkError] = {}

    @property
    def done(self) -> int:
        """How many epochs there have been."""
        return len(self.losses[self.port])

    @property
    def verdict(self) -> Verdict:
        """``error`` if an original failed or no epoch was done, ``alone`` if there is no original to compare with.

        Else ``differ`` if any weight did, else ``agree``.
        """
        if not self.done or self.failures.keys() & self.differences.keys():
            return "error"
        if not self.differences:
            return "alone"
        return "differ" if any(self.differences.values()) else "agree"

    def advance(self) -> None:
        """Train every network for an epoch, and compare all weights with the port's.

        :raises NetworkError: a weight of the port's grew beyond the largest double.
        """
        losses = {}
        for name in [name for name in self._networks if name not in self.failures]:
            try:
                losses[name] = next(self._epochs[name])
            except (HostError, NetworkError) as error:
                if name == self.port:
                    raise
                self.failures[name] = error
        # Taken in at the end, so that whoever interrupts finds whole epochs.
        self.weights |= {name: self._networks[name].weights for name in losses}
        for name, loss in losses.items():
            self.losses[name].append(loss)
        for name in losses.keys() & self.differences.keys():
            self.differences[name] = self.differences[name] or self._difference(name)

    def _difference(self, name: str) -> Difference | None:
        for layer, (expected, actual) in enumerate(zip(self.weights[name], self.weights[self.port], strict=True), 1):
            differ = np.argwhere(floats.distance(expected, actual))
            if len(differ):
                row, column = map(int, differ[0])
                values = float(expected[row, column]), float(actual[row, column])
                return Difference(self.done, layer, row, column, *values)
        return None
