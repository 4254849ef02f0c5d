"""Many starts at once: the bits of each alone."""

from __future__ import annotations

import dataclasses

import pytest

from sigmoid_parity.backprop import seeds
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, Pair
from sigmoid_parity.cases import Training, load_trainings

TRAININGS = {training.id: training for training in load_trainings()}
XOR = TRAININGS["xor"]
DEEPER = dataclasses.replace(XOR, weights=Network.seeded((2, 3, 3, 1), 0).weights)


def alone(training: Training, sizes: tuple[int, ...], pair: Pair, seed: int) -> float:
    """The last loss of 40 epochs with one network."""
    network = Network.seeded(sizes, seed, pair)
    return network.train(training.inputs, training.targets, epochs=40, learning_rate=training.learning_rate)[-1]


@pytest.mark.parametrize("pair", [PORT, DOUBLE_SIGMOID])
@pytest.mark.parametrize(
    ("training", "sizes"), [(TRAININGS["d4"], (3, 4, 2)), (XOR, (2, 4, 1)), (DEEPER, (2, 3, 3, 1))]
)
def test_each_seed_has_the_bits_of_its_own_network(training: Training, sizes: tuple[int, ...], pair: Pair) -> None:
    """One sample or four, one hidden layer or two, right derivative or mistake: the loss is `Network.train`'s."""
    found = seeds.losses(training, pair, range(5), 40)
    assert found.tolist() == [alone(training, sizes, pair, seed) for seed in range(5)]
