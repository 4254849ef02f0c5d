"""What the network refuses: weights, samples, rates and sizes that do not fit, each with one clear error."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray

from sigmoid_parity.backprop.network import Network
from sigmoid_parity.cases import load_trainings
from sigmoid_parity.errors import NetworkError

Doubles = NDArray[np.float64]
TRAININGS = {training.id: training for training in load_trainings()}
D4 = TRAININGS["d4"]
XOR = TRAININGS["xor"]
SHAPES = st.lists(st.integers(1, 5), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ([], ValueError, "there are no weights"),
        (
            [np.zeros((3, 4)), np.zeros((5, 2))],
            ValueError,
            r"shape \(3, 4\) and weights 2 \(5, 2\), which do not chain",
        ),
        ([np.zeros((3, 4)), np.full((4, 2), np.nan)], ValueError, "weights 2 hold a NaN or an infinity"),
        ([np.full((3, 4), np.inf)], ValueError, "weights 1 hold a NaN or an infinity"),
        ([np.zeros(3)], ValueError, r"weights 1 must be a matrix .* the shape is \(3,\)"),
        ([np.zeros((3, 0))], ValueError, "with at least one number"),
        ([[[0.5]]], TypeError, "weights 1: takes .* not list"),
        ([np.array([["a"]])], TypeError, "weights 1: takes"),
        ([np.array([[1j]])], TypeError, "weights 1: takes"),
    ],
)
def test_wrong_weights_are_refused(weights: list[Any], error: type[Exception], message: str) -> None:
    """One clear error that names the layer and the shapes."""
    with pytest.raises(error, match=message):
        Network(weights)


@pytest.mark.parametrize(
    ("x", "target", "message"),
    [
        (np.zeros((1, 2)), np.zeros((1, 2)), r"inputs have shape \(1, 2\); a network of .* takes \(samples, 3\)"),
        (np.zeros((1, 3)), np.zeros((1, 3)), r"targets have shape \(1, 3\); .* takes \(samples, 2\)"),
        (np.zeros((2, 3)), np.zeros((1, 2)), "there are 2 inputs and 1 targets"),
        (np.zeros(3), np.zeros((1, 2)), r"inputs must be a matrix .* the shape is \(3,\)"),
        (np.zeros((0, 3)), np.zeros((0, 2)), "with at least one number"),
        (np.full((1, 3), np.nan), np.zeros((1, 2)), "inputs hold a NaN or an infinity"),
        (np.zeros((1, 3)), np.full((1, 2), -np.inf), "targets hold a NaN or an infinity"),
    ],
)
def test_wrong_samples_are_refused(x: Doubles, target: Doubles, message: str) -> None:
    """One clear error, from every method that takes samples, and the weights stay as they were."""
    network = Network(D4.weights)
    with pytest.raises(ValueError, match=message):
        network.gradients(x, target)
    with pytest.raises(ValueError, match=message):
        network.step(x, target, 0.05)
    with pytest.raises(ValueError, match=message):
        network.train(x, target, epochs=1, learning_rate=0.05)
    np.testing.assert_array_equal(network.weights[0], D4.weights[0])


@pytest.mark.parametrize("rate", [0.0, -0.05, math.nan, math.inf, -math.inf])
def test_a_learning_rate_is_above_0(rate: float) -> None:
    """0, below 0, NaN and infinity are refused."""
    network = Network(D4.weights)
    with pytest.raises(ValueError, match="the learning rate must be a finite number above 0, not"):
        network.step(D4.inputs, D4.targets, rate)
    with pytest.raises(ValueError, match="the learning rate must be a finite number above 0, not"):
        network.train(D4.inputs, D4.targets, epochs=1, learning_rate=rate)


def test_a_training_that_diverges_says_so() -> None:
    """A weight beyond the largest double is an error, and the weights stay finite."""
    network = Network([np.array([[1.0]])])
    x, target = np.array([[1e300]]), np.array([[-1e300]])
    with pytest.raises(NetworkError, match=r"left the range of doubles .* take a learning rate below 1e\+308"):
        network.train(x, target, epochs=10, learning_rate=1e308)
    assert np.isfinite(network.weights[0]).all()


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0), (3, -1, 2)])
def test_wrong_sizes_are_refused(sizes: tuple[int, ...]) -> None:
    """A network has an input and an output at least, none of them empty."""
    with pytest.raises(ValueError, match="sizes are those of input and output at least"):
        Network.seeded(sizes, 1)


def test_sizes_are_those_of_the_weights() -> None:
    """The shapes chain as the sizes say."""
    network = Network.seeded((2, 5, 1, 3), 1)
    assert network.sizes == (2, 5, 1, 3)
    assert [matrix.shape for matrix in network.weights] == list(pairwise(network.sizes))
