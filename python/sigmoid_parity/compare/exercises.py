"""What an implementation is put through: cases with their expected values, and how to run it through them.

The functions, the layer and the trainings of the network, each side by side: what is expected, and what computes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop.layer import SigmoidLayer
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import AsPair
from sigmoid_parity.cases import Case, Fixture, LayerCase, PortableCase, Training, layer, portable, trainings
from sigmoid_parity.cases.trainings import Expected
from sigmoid_parity.implementations import Implementation

Doubles = NDArray[np.float64]

LAYER: Final = "layer"
"""What the gradients that a layer sends back are called in results and bounds."""

TRAINING: Final = "training"
"""What the trainings' numbers are called in results and bounds."""

PORTABLE: Final = "portable"
"""What the pair with the same bits everywhere is called in results and bounds."""

_PAIR: Final = frozenset({"activation", "d_activation"})

NEEDS: Final[Mapping[str, frozenset[str]]] = {LAYER: _PAIR, TRAINING: _PAIR}
"""The functions that an exercise needs, by its name, where it is no function itself."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """Cases, and how to run an implementation through them.

    :ivar fixture: the cases, with ids, expected values and flags.
    :ivar needs: the functions that an implementation must have.
    :ivar run: gives an implementation's results in the order of the cases, float64 of shape (cases,).
    """

    fixture: Fixture
    needs: frozenset[str]
    run: Callable[[Implementation], Doubles]


def of_functions(fixtures: Iterable[Fixture]) -> Iterator[Exercise]:
    """Make an exercise of each function's cases: the function is applied to all inputs at once."""
    for fixture in fixtures:
        yield Exercise(fixture, frozenset({fixture.function}), _applying(fixture))


def _applying(fixture: Fixture) -> Callable[[Implementation], Doubles]:
    return lambda implementation: implementation.apply(fixture.function, fixture.inputs)


def of_portable(pair: Iterable[Fixture], steps: Iterable[PortableCase]) -> Exercise:
    """Make one exercise of the pair's cases and those of ``portable.yaml``, for implementations of the portable pair.

    :param pair: the cases of the pair's functions.
    :param steps: those of ``portable.yaml``, of which the result is compared.
    """
    more = [Case(one.id, one.input, one.formula, one.exact, "", one.flags) for one in steps]
    fixtures = [*pair, Fixture(portable.FILE, "activation", "x: the input", "1.0 / (1.0 + exp(-x))", more)]
    cases = [replace(case, id=f"{one.function}-{case.id}") for one in fixtures for case in one.cases]
    text = "; ".join(one.text for one in fixtures)
    fixture = Fixture(portable.FILE, PORTABLE, "x, or y: as the functions have it", text, cases)

    def run(implementation: Implementation) -> Doubles:
        return np.concatenate([implementation.apply(one.function, one.inputs) for one in fixtures])

    return Exercise(fixture, frozenset(one.function for one in fixtures), run)


def of_layer(cases: Sequence[LayerCase]) -> Exercise:
    """Make an exercise of the layer's cases: the gradient that goes back to each input."""
    rows = [Case(one.id, one.x, one.grad_x, one.grad_x_exact, "", one.flags, None, one.amplification) for one in cases]
    fixture = Fixture(layer.FILE, LAYER, "x: the input", "grad_y * ((1.0 - y) * y)", rows)
    gradients = np.array([case.grad_y for case in cases], np.float64)

    def run(implementation: Implementation) -> Doubles:
        one = SigmoidLayer(AsPair(implementation))
        one.forward(fixture.inputs)
        return one.backward(gradients)

    return Exercise(fixture, _PAIR, run)


def of_trainings(known: Sequence[Training], epochs: int) -> Exercise:
    """Make an exercise of trainings: every expected number up to some epoch; its input is the number of epochs before.

    :param epochs: leave out what is expected after more than these.
    """
    parts = [(training, part) for training in known for part in _parts(training, epochs)]
    cases = [case for training, part in parts for case in part.cases(training.id)]
    text = "back-propagation; see the head of the file"
    fixture = Fixture(trainings.FILE, TRAINING, "epochs: how many there have been", text, cases)

    def run(implementation: Implementation) -> Doubles:
        found = {training.id: dict(_train(training, AsPair(implementation), epochs)) for training in known}
        return np.concatenate([np.ravel(m) for training, part in parts for m in found[training.id][part.name]])

    return Exercise(fixture, _PAIR, run)


@dataclass(frozen=True, slots=True)
class _Part:
    """Expected matrices with a name, a matrix per layer."""

    name: str
    done: int
    amplification: int
    matrices: tuple[Expected, ...]

    def cases(self, training: str) -> Iterator[Case]:
        for number, matrix in enumerate(self.matrices, 1):
            for (row, column), value in np.ndenumerate(matrix.formula):
                place = f"{training}-{self.name}-{number}-{row}-{column}"
                true = float(matrix.exact[row, column])
                yield Case(place, float(self.done), float(value), true, "", (), None, self.amplification)


def _parts(training: Training, epochs: int) -> Iterator[_Part]:
    first = training.first
    for name in ("outputs", "deltas", "gradients"):
        yield _Part(f"first-{name}", 0, first.amplification, getattr(first, name))
    yield _Part("first-loss", 0, first.amplification, (first.loss,))
    for after in training.after:
        if after.epochs <= epochs:
            yield _Part(f"after-{after.epochs}-loss", after.epochs, after.amplification, (after.loss,))
            yield _Part(f"after-{after.epochs}-weights", after.epochs, after.amplification, after.weights)


def _train(training: Training, pair: AsPair, epochs: int) -> Iterator[tuple[str, Sequence[Doubles]]]:
    network = Network(training.weights, pair)
    first = slice(0, 1) if training.one_by_one else slice(None)
    found = network.gradients(training.inputs[first], training.targets[first])
    yield "first-outputs", found.outputs
    yield "first-deltas", found.deltas
    yield "first-gradients", found.weights
    yield "first-loss", (np.array(found.loss),)
    checkpoints = [after.epochs for after in training.after if after.epochs <= epochs]
    losses = network.epochs(
        training.inputs, training.targets, learning_rate=training.learning_rate, one_by_one=training.one_by_one
    )
    for epoch, loss in enumerate(islice(losses, max(checkpoints, default=0)), 1):
        if epoch in checkpoints:
            yield f"after-{epoch}-loss", (np.array(loss),)
            yield f"after-{epoch}-weights", network.weights
