"""The gradient check betrays D4's mistake, where the loss does not; and every figure that is said of this."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity.backprop import gradient_check
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, Pair
from sigmoid_parity.cases import Training, load_trainings

Doubles = NDArray[np.float64]
TRAININGS = {training.id: training for training in load_trainings()}
SIZES = {"d4": (3, 4, 2), "xor": (2, 4, 1)}


def sigma(x: Doubles) -> Doubles:
    return 1.0 / (1.0 + np.exp(-x))


def losses(training: Training, seeds: int, epochs: int, mistake: bool) -> Doubles:
    """Train networks of seeds 0, 1, ... side by side, without the package's network; (epochs, seeds)."""
    networks = (Network.seeded(SIZES[training.id], seed).weights for seed in range(seeds))
    w1, w2 = (np.array(matrices) for matrices in zip(*networks, strict=True))
    found = np.empty((epochs, seeds))
    for epoch in range(epochs):
        hidden = sigma(training.inputs @ w1)
        output = sigma(hidden @ w2)
        error = training.targets - output
        found[epoch] = 0.5 * (error * error).sum((1, 2))
        y2, y1 = (sigma(output), sigma(hidden)) if mistake else (output, hidden)
        delta2 = error * (1.0 - y2) * y2
        delta1 = (delta2 @ w2.transpose(0, 2, 1)) * (1.0 - y1) * y1
        w2 += training.learning_rate * (hidden.transpose(0, 2, 1) @ delta2)
        w1 += training.learning_rate * (training.inputs.T @ delta1)
    return found


def both(name: str, seeds: int, epochs: int) -> tuple[Doubles, Doubles]:
    return losses(TRAININGS[name], seeds, epochs, mistake=False), losses(TRAININGS[name], seeds, epochs, mistake=True)


def test_the_loss_does_not_betray_it_on_d4() -> None:
    """D4's data, learning rate 0.05: after 1,000 epochs the mistake has the lower loss for all of 200 seeds."""
    right, wrong = both("d4", 200, 1_000)
    assert int((wrong[-1] < right[-1]).sum()) == 200


def test_the_loss_does_not_betray_it_on_xor() -> None:
    """XOR, learning rate 2, after 2,000 epochs: lower for 24 of 60 seeds; below 0.05 for 41, the right one's for 57."""
    right, wrong = both("xor", 60, 2_000)
    assert int((wrong[-1] < right[-1]).sum()) == 24
    assert (int((wrong[-1] < 0.05).sum()), int((right[-1] < 0.05).sum())) == (41, 57)


@pytest.mark.parametrize(("pair", "mistake"), [(PORT, False), (DOUBLE_SIGMOID, True)])
@pytest.mark.parametrize("name", SIZES)
def test_those_losses_are_the_network_s(name: str, pair: Pair, mistake: bool) -> None:
    """The trainings that are counted above are those of the package's network, to rounding."""
    training = TRAININGS[name]
    network = Network.seeded(SIZES[name], 3, pair)
    own = network.train(training.inputs, training.targets, epochs=300, learning_rate=training.learning_rate)
    np.testing.assert_allclose(losses(training, 4, 300, mistake)[:, 3], own, rtol=1e-9)


def test_the_cosine_on_d4_s_first_step() -> None:
    """0.9435 for W1 with the mistake, 1 with the right derivative."""
    assert gradient_check.check(TRAININGS["d4"], DOUBLE_SIGMOID)[0].cosine == pytest.approx(0.9435, abs=5e-5)
    assert gradient_check.check(TRAININGS["d4"], PORT)[0].cosine == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("name", SIZES)
def test_the_gradient_check_betrays_it_for_every_seed(name: str) -> None:
    """Of 20 seeds each: the right gradient is within 1e-6 of central differences, the mistake's is 1e-2 off or more."""
    for seed in range(20):
        training = dataclasses.replace(TRAININGS[name], weights=Network.seeded(SIZES[name], seed).weights)
        right, wrong = (gradient_check.check(training, pair) for pair in (PORT, DOUBLE_SIGMOID))
        assert max(layer.deviation for layer in right) < 1e-6
        assert max(layer.deviation for layer in wrong) > 1e-2
        assert all(layer.cosine == pytest.approx(1.0, abs=1e-14) for layer in right)


class Scaled:
    """The port with a derivative 1 % too large: the direction of a last layer's gradient stays, the length does not."""

    def activation(self, x: Doubles, /) -> Doubles:
        return PORT.activation(x)

    def d_activation(self, y: Doubles, /) -> Doubles:
        return 1.01 * PORT.d_activation(y)


def test_a_wrong_length_is_seen() -> None:
    """The cosine is blind to it; the deviation is 1 % in the last layer, and 1.01^2 - 1 in the one before."""
    first, last = gradient_check.check(TRAININGS["d4"], Scaled())
    assert (first.cosine, last.cosine) == pytest.approx((1.0, 1.0), abs=1e-14)
    assert (first.deviation, last.deviation) == pytest.approx((0.0201, 0.01), rel=1e-6)


def test_one_by_one_the_first_step_has_one_sample() -> None:
    """Where the samples go one by one, the gradient is the first one's."""
    training = TRAININGS["deep-one-by-one"]
    alone = dataclasses.replace(training, inputs=training.inputs[:1], targets=training.targets[:1])
    assert gradient_check.check(training, DOUBLE_SIGMOID) == gradient_check.check(alone, DOUBLE_SIGMOID)
    together = dataclasses.replace(training, one_by_one=False)
    assert gradient_check.check(training, DOUBLE_SIGMOID) != gradient_check.check(together, DOUBLE_SIGMOID)


def test_a_gradient_of_zero_has_no_direction() -> None:
    """Targets that are met: the gradient is 0, and neither number exists."""
    training = TRAININGS["d4"]
    met = dataclasses.replace(training, targets=Network(training.weights).forward(training.inputs)[-1])
    for layer in gradient_check.check(met, PORT):
        assert math.isnan(layer.cosine)
