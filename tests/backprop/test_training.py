"""Training in step: the port and the C# class take the same path, and where something parts from it, it is found."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop.digest import Digest
from sigmoid_parity.backprop.lockstep import Lockstep
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, AsPair, Pair
from sigmoid_parity.cases import Training, load_limits, load_trainings
from sigmoid_parity.compare.comparison import compare
from sigmoid_parity.compare.exercises import of_trainings
from sigmoid_parity.errors import HostError, NetworkError
from sigmoid_parity.implementations.dotnet import Host
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from sigmoid_parity.implementations.portable import PortableArray

Doubles = NDArray[np.float64]
TRAININGS = {training.id: training for training in load_trainings()}
D4 = TRAININGS["d4"]
XOR = TRAININGS["xor"]


class Spoilt:
    """The port, but for one call of ``d_activation`` whose last number is some ULP off, or which fails."""

    def __init__(self, at: int, error: HostError | None = None) -> None:
        self.calls = {"activation": 0, "d_activation": 0}
        self.at = at
        self.error = error

    def activation(self, x: Doubles, /) -> Doubles:
        self.calls["activation"] += 1
        return PORT.activation(x)

    def d_activation(self, y: Doubles, /) -> Doubles:
        self.calls["d_activation"] += 1
        slopes = PORT.d_activation(y).copy()
        if self.calls["d_activation"] == self.at:
            if self.error is not None:
                raise self.error
            slopes[-1, -1] = floats.neighbours(float(slopes[-1, -1]), 16)[-1]
        return slopes


def lockstep(training: Training, original: Pair, epochs: int, beside: dict[str, Pair] | None = None) -> Lockstep:
    found = Lockstep(training, ("python", PORT), {"other": original}, beside)
    for _ in range(epochs):
        found.advance()
    return found


@pytest.mark.parametrize("training", TRAININGS.values(), ids=TRAININGS)
def test_a_thousand_epochs_with_the_same_bits(training: Training, host: Host) -> None:
    """Port and C# class: the same bits in every weight after each of 1,000 epochs; of 100, with steps one by one."""
    epochs = 100 if training.one_by_one else 1_000
    found = lockstep(training, AsPair(host), epochs)
    assert (found.done, found.verdict, found.differences) == (epochs, "agree", {"other": None})
    assert found.losses["python"] == found.losses["other"]
    for one, other in zip(found.weights["python"], found.weights["other"], strict=True):
        np.testing.assert_array_equal(floats.bits(one), floats.bits(other))
    assert (found.weights["python"][0] != training.weights[0]).any()


def test_xor_is_learnt_by_the_c_sharp_class(host: Host) -> None:
    """From the stated seed, driven by C#: loss below 0.01."""
    network = Network.seeded((2, 4, 1), XOR.seed or 0, AsPair(host))
    losses = network.train(XOR.inputs, XOR.targets, epochs=1_000, learning_rate=XOR.learning_rate, target_loss=0.0099)
    assert losses[-1] < 0.01 < losses[0]


@pytest.mark.parametrize("samples", [1, 50])
@pytest.mark.parametrize("sizes", [(3, 4, 2), (2, 30, 1), (2, 3, 3, 2)])
def test_a_step_crosses_a_constant_number_of_times(sizes: tuple[int, ...], samples: int) -> None:
    """Once for each layer forwards and once in all backwards, however many samples and units there are."""
    pair = Spoilt(at=0)
    network = Network.seeded(sizes, 1, pair)
    network.step(np.ones((samples, sizes[0])), np.zeros((samples, sizes[-1])), 0.1)
    assert pair.calls == {"activation": len(sizes) - 1, "d_activation": 1}


@pytest.mark.parametrize("epoch", [1, 2, 17])
def test_one_slope_a_few_ulp_off_is_found(epoch: int) -> None:
    """A single slope, 16 ULP off at some epoch: the first weight that differs is found, after that very epoch."""
    found = lockstep(XOR, Spoilt(at=epoch), 20)
    first = found.differences["other"]
    assert found.verdict == "differ"
    assert first is not None
    assert first.epoch == epoch
    alone = lockstep(XOR, Spoilt(at=epoch), epoch)
    place = first.layer - 1, (first.row, first.column)
    values = [float(alone.weights[name][place[0]][place[1]]) for name in ("other", "python")]
    assert [first.expected, first.actual] == values
    assert first.expected != first.actual
    assert first.weight == f"W{first.layer}[{first.row}, {first.column}]"


def test_the_first_difference_stays_the_first() -> None:
    """Later differences do not replace it."""
    found = lockstep(D4, DOUBLE_SIGMOID, 5)
    first = found.differences["other"]
    assert first is not None
    assert first.epoch == 1


def test_an_original_that_diverges_is_not_the_port_s_error() -> None:
    """An original beyond the largest double fails alone; beside it, a mistake that does so hurts no verdict."""

    class Steep(Spoilt):
        def d_activation(self, y: Doubles, /) -> Doubles:
            return np.full_like(y, 1.7e308)

    found = lockstep(D4, Steep(at=0), 3)
    assert isinstance(found.failures["other"], NetworkError)
    assert (found.done, found.verdict) == (3, "error")
    assert lockstep(D4, PORT, 3, {"steep": Steep(at=0)}).verdict == "agree"


def test_without_an_original_nothing_is_proved() -> None:
    """The port alone agrees with nobody, and the verdict says so."""
    found = Lockstep(D4, ("python", PORT), {})
    assert found.verdict == "error"
    found.advance()
    assert str(found.verdict) == "alone"


def test_what_stands_beside_is_not_compared() -> None:
    """The mistake's losses are there, and the verdict does not hang on them."""
    found = lockstep(D4, PORT, 10, {"double-sigmoid": DOUBLE_SIGMOID})
    assert found.verdict == "agree"
    assert found.losses["double-sigmoid"][0] == found.losses["python"][0]
    assert found.losses["double-sigmoid"][-1] != found.losses["python"][-1]


def test_a_runtime_that_fails_ends_its_own_training_only() -> None:
    """A crash at the third epoch: two epochs of it are kept, the port goes on, and the error is there."""
    error = HostError("coreclr-0", "crash", "SIGSEGV")
    found = lockstep(D4, Spoilt(at=3, error=error), 5)
    assert found.failures == {"other": error}
    assert (len(found.losses["other"]), found.done, found.verdict) == (2, 5, "error")


def test_no_epoch_is_no_agreement() -> None:
    """Before the first epoch nothing is proved."""
    assert lockstep(D4, PORT, 0).verdict == "error"


def test_another_learning_rate() -> None:
    """It replaces the fixture's, and is checked like it."""
    assert Lockstep(D4, ("python", PORT), {}, learning_rate=0.5).learning_rate == 0.5
    with pytest.raises(ValueError, match="the learning rate must be a finite number above 0"):
        Lockstep(D4, ("python", PORT), {}, learning_rate=-0.5)


def test_verification_covers_the_trainings(host: Host) -> None:
    """By the fixture's numbers: 0 ULP between port and C#, and within the bounds of formula and exact."""
    known = list(TRAININGS.values())
    report = compare([of_trainings(known, 100)], [PythonScalar(), PythonArray(), host], load_limits())
    assert report.verdict == "agree"
    assert [(result.differ, result.limit_ulp) for result in report.parity] == [(0, 0)] * 2
    assert min(result.cases for result in report.results) > 250


def test_every_expected_number_is_a_case() -> None:
    """As many as stand in the file up to that epoch, each under a name of its own."""
    cases = of_trainings([D4], 10).fixture.cases
    layer = 4 + 2
    weights = 3 * 4 + 4 * 2
    assert len({case.id for case in cases}) == len(cases) == 2 * layer + weights + 1 + 2 * (weights + 1)
    assert {case.input for case in cases} == {0.0, 1.0, 10.0}


def test_a_wrong_expected_number_is_found() -> None:
    """One number of the fixture, moved by 100 ULP, fails the comparison with the formula, and is named."""
    exercise = of_trainings([D4], 10)
    fixture = exercise.fixture
    index = [case.id for case in fixture.cases].index("d4-after-10-weights-2-3-1")
    fixture.formula[index] = floats.neighbours(float(fixture.formula[index]), 100)[-1]
    report = compare([exercise], [PythonArray()], load_limits())
    (result,) = (result for result in report.results if not result.passed)
    assert (result.against, result.worst and result.worst.id) == ("formula", "d4-after-10-weights-2-3-1")


def test_divergence_is_an_error_of_its_own() -> None:
    """It is said, not passed off as a difference, and the epochs before it are kept."""
    huge = dataclasses.replace(D4, targets=np.full_like(D4.targets, 1e10))
    found = Lockstep(huge, ("python", PORT), {"other": PORT}, learning_rate=1.7e308)
    with pytest.raises(NetworkError, match="left the range of doubles"):
        found.advance()
    assert (found.done, found.differences) == (0, {"other": None})


def test_the_portable_pair_s_weights_have_the_digests_of_the_fixtures() -> None:
    """At every checkpoint of every training, up to 1,000 epochs: no machine's exp is in them."""
    for training in TRAININGS.values():
        trained = Lockstep(training, ("portable", AsPair(PortableArray())), {})
        expected = {after.epochs: after.digest for after in training.after}
        for epoch in range(1, max(expected) + 1):
            trained.advance()
            assert Digest.of(trained).expected == expected.get(epoch)
            assert not Digest.of(trained).differs


def test_other_weights_have_another_digest() -> None:
    """A wrong derivative is found, and said with both digests."""
    trained = Lockstep(D4, ("wrong", DOUBLE_SIGMOID), {})
    trained.advance()
    digest = Digest.of(trained)
    assert digest.differs
    assert digest.words.startswith("DIFFER: sha256 of the weights after 1 epochs: ")
    assert digest.found in digest.words
    assert str(D4.after[0].digest) in digest.words
