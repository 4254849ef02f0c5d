"""D4's network: its gradients by independent oracles, its stated bits, its training, its files, and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import MPContext
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop import product
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID
from sigmoid_parity.cases import Training, load_trainings

Doubles = NDArray[np.float64]
TRAININGS = {training.id: training for training in load_trainings()}
D4 = TRAININGS["d4"]
XOR = TRAININGS["xor"]
SHAPES = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def sample(sizes: list[int], count: int, seed: int) -> tuple[Network, Doubles, Doubles]:
    random = np.random.default_rng(seed)
    x, target = random.normal(size=(count, sizes[0])), random.uniform(size=(count, sizes[-1]))
    return Network.seeded(sizes, seed), x, target


def loss_of(mp: Any, weights: list[Any], x: Doubles, target: Doubles) -> Any:
    """Compute 0.5 * the sum of the squared errors with mpmath's matrices: none of the network's code."""
    layer = mp.matrix(x.tolist())
    for matrix in weights:
        layer = (layer * matrix).apply(lambda a: 1 / (1 + mp.exp(-a)))
    error = mp.matrix(target.tolist()) - layer
    return sum(e * e for e in error) / 2


@pytest.mark.parametrize("sizes", [(3, 4, 2), (2, 4, 1), (2, 3, 3, 2), (1, 1)])
def test_gradients_are_those_that_mpmath_differentiates(sizes: tuple[int, ...]) -> None:
    """Each gradient is mpmath's numerical derivative of the loss, at 50 digits, within a few roundings."""
    network, x, target = sample(list(sizes), 3, seed=5)
    found = network.gradients(x, target)
    mp = MPContext()
    with mp.workdps(50):
        for layer, gradient in enumerate(found.weights):
            scale = float(np.abs(gradient).max())
            for (row, column), value in np.ndenumerate(gradient):
                weights = [mp.matrix(matrix.tolist()) for matrix in network.weights]

                def loss(
                    w: Any, weights: list[Any] = weights, place: tuple[int, int, int] = (layer, row, column)
                ) -> Any:
                    weights[place[0]][place[1:]] = w
                    return loss_of(mp, weights, x, target)

                true = float(mp.diff(loss, mp.mpf(float(network.weights[layer][row, column]))))
                assert abs(value - true) <= 1e-14 * scale, (layer, row, column)
        weights = [mp.matrix(matrix.tolist()) for matrix in network.weights]
        assert math.isclose(found.loss, loss_of(mp, weights, x, target), rel_tol=1e-14)


@settings(deadline=None)
@given(SHAPES, st.integers(1, 4), st.integers(0, 2**32))
def test_gradients_are_central_differences(sizes: list[int], count: int, seed: int) -> None:
    """In any shape, moving all weights along a direction changes the loss as the gradients say."""
    network, x, target = sample(sizes, count, seed)
    found = network.gradients(x, target)
    random = np.random.default_rng(seed + 1)
    directions = [random.normal(size=matrix.shape) for matrix in network.weights]
    step = 1e-5
    losses = [
        Network([w + sign * step * d for w, d in zip(network.weights, directions, strict=True)])
        .gradients(x, target)
        .loss
        for sign in (1.0, -1.0)
    ]
    slope = sum(float((g * d).sum()) for g, d in zip(found.weights, directions, strict=True))
    assert math.isclose((losses[0] - losses[1]) / (2.0 * step), slope, rel_tol=1e-5, abs_tol=1e-7)


def test_gradients_are_those_of_torch() -> None:
    """PyTorch's autograd gives the same gradients, to rounding."""
    torch = pytest.importorskip("torch", reason="skipped: torch is not installed; pip install torch to compare with it")
    network, x, target = sample([3, 4, 5, 2], 6, seed=9)
    weights = [torch.tensor(matrix.copy(), requires_grad=True) for matrix in network.weights]
    layer = torch.tensor(x)
    for matrix in weights:
        layer = torch.sigmoid(layer @ matrix)
    (0.5 * ((torch.tensor(target) - layer) ** 2).sum()).backward()
    for gradient, matrix in zip(network.gradients(x, target).weights, weights, strict=True):
        np.testing.assert_allclose(gradient, matrix.grad.numpy(), rtol=1e-12, atol=1e-15)


def test_the_update_is_d4_s() -> None:
    """W - rate * gradient has the bits of D4's W + outer(input, delta) * rate, with its derivative mended."""
    network = Network(D4.weights)
    found = network.gradients(D4.inputs, D4.targets)
    hidden, output = (layer[0] for layer in found.outputs)
    delta_output = (D4.targets[0] - output) * ((1.0 - output) * output)
    delta_hidden = (delta_output[0] * network.weights[1][:, 0] + delta_output[1] * network.weights[1][:, 1]) * (
        (1.0 - hidden) * hidden
    )
    wanted = [
        network.weights[0] + np.outer(D4.inputs[0], delta_hidden) * 0.05,
        network.weights[1] + np.outer(hidden, delta_output) * 0.05,
    ]
    assert network.step(D4.inputs, D4.targets, 0.05) == found.loss
    for one, other in zip(wanted, network.weights, strict=True):
        assert not floats.distance(one, other).any()


@pytest.mark.parametrize("training", TRAININGS.values(), ids=TRAININGS)
def test_every_number_is_what_the_fixture_expects(training: Training) -> None:
    """Losses and weights after up to 1,000 epochs: near the formula's in ULP, and the true values to 12 digits.

    Where exp is correctly rounded, each time, it is 0 ULP; the oracle shares no code with the network.
    """
    network = Network(training.weights)
    losses = network.epochs(
        training.inputs, training.targets, learning_rate=training.learning_rate, one_by_one=training.one_by_one
    )
    done = 0
    for after in training.after:
        while done < after.epochs:
            loss, done = next(losses), done + 1
        pairs = [(after.loss, np.array([[loss]])), *zip(after.weights, network.weights, strict=True)]
        for expected, actual in pairs:
            assert floats.distance(expected.formula, actual).max() <= (64 if done <= 100 else 10_000)
            np.testing.assert_allclose(actual, expected.exact, rtol=1e-12)


def test_the_fixtures_weights_are_the_seed_s() -> None:
    """A seeded start has the same bits on every machine: those that stand in the fixture."""
    for training in TRAININGS.values():
        assert training.seed is not None
        sizes = [len(training.weights[0]), *(matrix.shape[1] for matrix in training.weights)]
        for one, other in zip(Network.seeded(sizes, training.seed).weights, training.weights, strict=True):
            assert not floats.distance(one, other).any()


def test_a_seeded_start_is_normal() -> None:
    """Mean 0, variance 1, and the quartiles of a normal distribution, in 40,000 weights; another seed, others."""
    (weights,) = Network.seeded((200, 200), 1).weights
    assert abs(weights.mean()) < 0.02
    assert abs(weights.std() - 1.0) < 0.02
    np.testing.assert_allclose(np.quantile(weights, [0.25, 0.75]), [-0.6745, 0.6745], atol=0.03)
    assert (Network.seeded((200, 200), 2).weights[0] != weights).all()


def test_xor_is_learnt() -> None:
    """From the stated seed, without biases: loss below 0.01 after 1,000 epochs, and every output on its side."""
    network = Network.seeded((2, 4, 1), XOR.seed or 0)
    losses = network.train(XOR.inputs, XOR.targets, epochs=1_000, learning_rate=XOR.learning_rate)
    assert network.gradients(XOR.inputs, XOR.targets).loss < losses[-1] < 0.01 < losses[0]
    assert ((network.forward(XOR.inputs)[-1] > 0.5) == (XOR.targets > 0.5)).all()


def test_double_sigmoid_is_another_gradient() -> None:
    """D4's derivative, given the output, is not the gradient: it has another direction, not only another size."""
    right, wrong = (
        np.concatenate([g.ravel() for g in network.gradients(D4.inputs, D4.targets).weights])
        for network in (Network(D4.weights), Network(D4.weights, DOUBLE_SIGMOID))
    )
    assert float(right @ wrong) < 0.999 * float(np.linalg.norm(right) * np.linalg.norm(wrong))


def test_one_by_one_is_a_step_for_each_sample_in_order() -> None:
    """An epoch one by one is the steps with each sample; its loss is what they met."""
    one, other = Network(XOR.weights), Network(XOR.weights)
    (loss,) = one.train(XOR.inputs, XOR.targets, epochs=1, learning_rate=0.5, one_by_one=True)
    met = [other.step(XOR.inputs[i : i + 1], XOR.targets[i : i + 1], 0.5) for i in range(4)]
    assert loss == ((met[0] + met[1]) + met[2]) + met[3]
    for left, right in zip(one.weights, other.weights, strict=True):
        assert not floats.distance(left, right).any()


def test_training_stops_and_reports() -> None:
    """It stops after the first epoch at the target loss; progress hears of every epoch."""
    heard: list[tuple[int, float]] = []
    losses = Network(XOR.weights).train(
        XOR.inputs,
        XOR.targets,
        epochs=1_000,
        learning_rate=2.0,
        target_loss=0.1,
        progress=lambda epoch, loss: heard.append((epoch, loss)),
    )
    assert losses[-1] <= 0.1 < min(losses[:-1])
    assert len(losses) < 1_000
    assert heard == list(enumerate(losses, 1))


def test_old_weights_are_not_touched() -> None:
    """Weights are read-only, and a step makes new ones: whoever kept the old ones still has them."""
    network = Network(D4.weights)
    before = network.weights
    kept = [matrix.copy() for matrix in before]
    network.step(D4.inputs, D4.targets, 0.05)
    for one, other in zip(kept, before, strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][0, 0] = 1.0


def test_blas_is_an_option() -> None:
    """With BLAS's product the training is the same but for rounding."""
    one, other = Network(D4.weights), Network(D4.weights, product=product.blas)
    for network in (one, other):
        network.train(D4.inputs, D4.targets, epochs=50, learning_rate=0.05)
    for left, right in zip(one.weights, other.weights, strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-12)
