"""A training step of D4's network, in the stated order of additions and in plain NumPy with its BLAS."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Call
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.product import Product, blas, ordered

_SIZES = (3, 4, 2)
_SEED = 20261121
_INPUTS = np.array([[0.5, 0.7, 0.9]])
_TARGETS = np.array([[0.1, 0.8]])
_RATE = 0.05


def ours(product: Product) -> Call:
    """Return a step of the package's network, with this product of matrices."""
    epochs = Network.seeded(_SIZES, _SEED, product=product).epochs(_INPUTS, _TARGETS, learning_rate=_RATE)
    return lambda: next(epochs)


def plain() -> Call:
    """Return the same step as anyone would write it in NumPy, the loss included."""
    weights = [matrix.copy() for matrix in Network.seeded(_SIZES, _SEED).weights]

    def step() -> float:
        hidden = 1.0 / (1.0 + np.exp(-(_INPUTS @ weights[0])))
        output = 1.0 / (1.0 + np.exp(-(hidden @ weights[1])))
        error = _TARGETS - output
        delta = error * ((1.0 - output) * output)
        delta_hidden = (delta @ weights[1].T) * ((1.0 - hidden) * hidden)
        weights[1] = weights[1] + hidden.T @ delta * _RATE
        weights[0] = weights[0] + _INPUTS.T @ delta_hidden * _RATE
        return 0.5 * float((error * error).sum())

    return step


def calls(port: str) -> dict[str, Call]:
    """Return the steps to be timed, the port's under its own name."""
    return {port: ours(ordered), f"{port} with BLAS": ours(blas), "plain NumPy with BLAS": plain()}
