"""The derivations of the chain rule in D4's network, against central differences of the network itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import activation
from sigmoid_parity.lesson import numeric
from sigmoid_parity.lesson.numeric import Point
from tests.lesson.proofs import DERIVATIONS


def network(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """D4's network, without its mistakes: the error 1/2 |target - prediction|^2, and all outputs."""
    first, second = weights[:12].reshape(3, 4), weights[12:].reshape(4, 2)
    hidden = activation(np.array([0.5, 0.7, 0.9]) @ first)
    prediction = activation(hidden @ second)
    return float(((np.array([0.1, 0.8]) - prediction) ** 2).sum() / 2), np.concatenate([hidden, prediction])


def test_the_chain_rule_holds_in_the_whole_network() -> None:
    """The two derivations give the error's derivative for each of D4's 20 weights, as central differences find it."""
    weights = np.random.default_rng(4).normal(size=20)
    inputs, targets = [0.5, 0.7, 0.9], [0.1, 0.8]
    outputs = network(weights)[1]
    hidden, prediction = outputs[:4], outputs[4:]
    second = weights[12:].reshape(4, 2)
    found = []
    for i, j in np.ndindex(3, 4):
        rest = sum(inputs[k] * weights[4 * k + j] for k in range(3) if k != i)
        values = {"w": weights[4 * i + j], "x": inputs[i], "r": rest}
        for k in (0, 1):
            others = sum(hidden[m] * second[m, k] for m in range(4) if m != j)
            values |= {f"v_{k + 1}": second[j, k], f"s_{k + 1}": others, f"t_{k + 1}": targets[k]}
        found.append(value_of("network-hidden-weight", values))
    for j, k in np.ndindex(4, 2):
        rest = sum(hidden[m] * second[m, k] for m in range(4) if m != j)
        remaining = (targets[1 - k] - prediction[1 - k]) ** 2 / 2
        found.append(
            value_of(
                "network-output-weight", {"v": second[j, k], "h": hidden[j], "r": rest, "t": targets[k], "R": remaining}
            )
        )
    steps = 1e-5 * np.eye(20)
    differences = [(network(weights + step)[0] - network(weights - step)[0]) / 2e-5 for step in steps]
    np.testing.assert_allclose(found, differences, rtol=0, atol=1e-10)


def value_of(name: str, values: dict[str, Any]) -> float:
    derivation = DERIVATIONS[name]
    point = Point({name: repr(float(value)) for name, value in values.items()}, {})
    return float(numeric.evaluate(derivation.right, derivation.scope, point))
