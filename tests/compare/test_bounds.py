"""The bounds of limits.yaml: no correct port exceeds them, and no wrong formula passes, C# or not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.cases import Fixture, Kind, Training, load_all, load_limits, load_trainings
from sigmoid_parity.compare.comparison import compare
from sigmoid_parity.compare.exercises import of_functions
from sigmoid_parity.implementations import Role
from sigmoid_parity.oracle import exact

Doubles = NDArray[np.float64]
Function = Callable[[Doubles], Doubles]

LIMITS: Final = load_limits()
LOADED: Final = {fixture.function: fixture for fixture in load_all()}
TRIES: Final = 20_000


def act(z: Doubles) -> Doubles:
    """The formula after exp."""
    return 1.0 / (1.0 + z)


def d_act(z: Doubles) -> Doubles:
    """The derivative's formula after exp."""
    y = act(z)
    return (1.0 - y) * y


def stable(z: Doubles) -> Doubles:
    """The stable derivative's formula after exp, both branches."""
    w = (z + z) + z * z
    d = 1.0 + w
    q = z / d
    return np.where(z < 0.125, z - q * w, q - q * ((w - (d - 1.0)) * (1.0 - z)))


def bound(function: str, against: str, flag: str | None = None) -> int:
    """The bound of limits.yaml, before any amplification."""
    return next(one.max_ulp for one in LIMITS.of(function, Kind(against)) if one.flag == flag)


def one_off(formula: Function, exponent: int) -> tuple[Doubles, NDArray[np.uint64]]:
    """How far a formula's result moves when exp is one ULP off, at seeded results of exp in a binade."""
    z = np.ldexp(1.0 + np.random.default_rng(exponent + 100).random(TRIES), exponent)
    return z, floats.distance(formula(z), formula(np.nextafter(z, np.inf)))


@pytest.mark.parametrize(("exponents", "flag"), [(range(-56, 53), None), ([53], "sum-tie"), (range(54, 1020, 7), None)])
def test_one_ulp_of_exp_moves_activation_by_its_bound(exponents: Any, flag: str | None) -> None:
    """The bound against the formula holds in every binade of exp, and is reached in some."""
    moved = max(int(one_off(act, exponent)[1].max()) for exponent in exponents)
    assert moved == bound("activation", "formula", flag)


@pytest.mark.parametrize(("exponents", "flag"), [(range(53), None), ([53], "sum-tie"), (range(54, 1020, 7), None)])
def test_one_ulp_of_exp_moves_the_derivative_within_its_bound(exponents: Any, flag: str | None) -> None:
    """The same for the derivative, and for its product with a gradient, where x is not above 0."""
    for exponent in exponents:
        z, steps = one_off(d_act, exponent)
        assert steps.max() <= bound("derivative", "formula", flag)
        gradient = np.random.default_rng(1).uniform(-2.0, 2.0, TRIES)
        product = floats.distance(gradient * d_act(z), gradient * d_act(np.nextafter(z, np.inf)))
        assert product.max() <= bound("layer", "formula")


def test_one_ulp_of_exp_moves_the_cancelled_derivative_within_its_amplified_bound() -> None:
    """Where x is above 0 the bound is per case, and the nearest to 1 are within a tenth of it: it is not vacuous."""
    ratios = []
    for exponent in range(-52, 0):
        z, steps = one_off(d_act, exponent)
        amplification = np.ceil(1.0 / (1.0 - act(z)))
        gradient = np.random.default_rng(1).uniform(-2.0, 2.0, TRIES)
        product = floats.distance(gradient * d_act(z), gradient * d_act(np.nextafter(z, np.inf)))
        assert (product <= bound("layer", "formula", "cancellation") * amplification).all()
        ratios.append((steps / amplification).max())
    assert (
        0.9 * bound("derivative", "formula", "cancellation")
        <= max(ratios)
        <= bound("derivative", "formula", "cancellation")
    )


def test_one_ulp_of_exp_moves_the_stable_derivative_by_its_bound() -> None:
    """At most 2 ULP in each binade of exp(-abs(x)), and where the formula branches."""
    moved = max(int(one_off(stable, exponent)[1].max()) for exponent in range(-60, 0))
    assert moved == bound("stable_derivative", "formula")
    below = np.array([np.nextafter(0.125, 0.0)])
    assert floats.distance(stable(below), stable(np.array([0.125])))[0] <= moved


def test_the_cases_that_broke_the_former_bounds_are_fixtures() -> None:
    """The inputs at which glibc's exp, one ULP off, moves results furthest are among the cases."""
    for function, x in (("activation", -36.81574105198073), ("stable_derivative", 6.929798159973886)):
        assert x in LOADED[function].inputs


def test_the_saturated_derivative_is_within_its_bound() -> None:
    """The true derivative at the first saturated input, as steps from 0, is below the bound, and near to it."""
    fixture = LOADED["derivative"]
    saturated = fixture.flagged("saturated")
    steps = floats.distance(fixture.formula[saturated], fixture.exact[saturated])
    limit = bound("derivative", "exact", "saturated")
    assert limit == int(floats.bits(np.array([2.0**-53]))[0])
    assert limit - 100 < int(steps.max()) < limit


def float32(x: Doubles) -> Doubles:
    with np.errstate(over="ignore"):
        return (np.float32(1.0) / (np.float32(1.0) + np.exp(-x.astype(np.float32)))).astype(np.float64)


def formula(x: Doubles) -> Doubles:
    with np.errstate(over="ignore"):
        return act(np.exp(-x))


def derivative(x: Doubles) -> Doubles:
    with np.errstate(invalid="ignore"):
        return (1.0 - formula(x)) * formula(x)


def of_input(x: Doubles) -> Doubles:
    with np.errstate(over="ignore", invalid="ignore"):
        return (1.0 - x) * x


WRONG: Final[dict[str, dict[str, Function]]] = {
    "activation": {
        "1.9 times": lambda x: 1.9 * formula(x),
        "half": lambda x: formula(x) / 2.0,
        "alpha 2": lambda x: formula(2.0 * x),
        "float32": float32,
        "negated": lambda x: -formula(x),
        "sign of x lost": lambda x: formula(-x),
        "swapped": of_input,
    },
    "d_activation": {
        "takes x": derivative,
        "1.9 times": lambda y: 1.9 * of_input(y),
        "half": lambda y: of_input(y) / 2.0,
        "alpha 2": lambda y: 2.0 * of_input(y),
        "float32": lambda y: of_input(y.astype(np.float32)).astype(np.float64),
        "negated": lambda y: -of_input(y),
        "swapped": formula,
    },
    "derivative": {
        "takes y": of_input,
        "1.9 times": lambda x: 1.9 * derivative(x),
        "half": lambda x: derivative(x) / 2.0,
        "alpha 2": lambda x: 2.0 * derivative(2.0 * x),
        "float32": lambda x: of_input(float32(x).astype(np.float32)).astype(np.float64),
        "negated": lambda x: -derivative(x),
        "double sigmoid": lambda x: derivative(formula(x)),
        "swapped": formula,
    },
}
WRONG["stable_derivative"] = {name: wrong for name, wrong in WRONG["derivative"].items() if name != "swapped"}


class Mutant:
    """A wrong formula as something to compare."""

    name = "mutant"
    role = Role.CANDIDATE

    def __init__(self, function: str, compute: Function) -> None:
        self.functions = frozenset({function})
        self._compute = compute

    def apply(self, function: str, inputs: Doubles) -> Doubles:  # noqa: ARG002 - it has one function
        with np.errstate(all="ignore"):
            return self._compute(inputs)


@pytest.mark.parametrize(("function", "name"), [(function, name) for function in WRONG for name in WRONG[function]])
@pytest.mark.parametrize("flag", [None, "plot", "network"])
def test_a_wrong_formula_fails_against_the_fixtures_alone(function: str, name: str, flag: str | None) -> None:
    """Without any C#, against the formula and the true value: with all cases, and with those that promise it alone."""
    fixture = LOADED[function]
    if flag is not None and function == "d_activation":
        flag = "interior"
    chosen = [case for case in fixture.cases if flag is None or flag in case.flags]
    report = compare(of_functions([subset(fixture, chosen)]), [Mutant(function, WRONG[function][name])], LIMITS)
    assert not all(result.passed for result in report.results if result.against == "formula")
    assert not all(result.passed for result in report.results if result.against == "exact")


def subset(fixture: Fixture, cases: list[Any]) -> Fixture:
    return Fixture(fixture.file, fixture.function, fixture.argument, fixture.text, cases)


@pytest.mark.parametrize("function", ["activation", "derivative", "stable_derivative"])
def test_any_exp_within_a_ulp_of_the_correctly_rounded_one_passes(function: str) -> None:
    """Correctly rounded, or one ULP off at random: the port's formula with such an exp fails at no case."""
    fixture = LOADED[function]
    after_exp = {"activation": act, "derivative": d_act, "stable_derivative": stable}[function]
    signed = np.abs(fixture.inputs) if function == "stable_derivative" else fixture.inputs
    z = np.array([np.nan if np.isnan(x) else exact.exp(-x) for x in signed.tolist()])
    for seed in range(5):
        off = np.random.default_rng(seed).choice([-1.0, 0.0, 1.0], z.size)
        moved = np.where(off == 0.0, z, np.nextafter(z, np.where(off > 0.0, np.inf, 0.0)))
        whole = np.where(np.isfinite(z) & (z != 0.0) & (z != 1.0), moved, z)
        report = compare(of_functions([fixture]), [Mutant(function, lambda _: after_exp(whole))], LIMITS)  # noqa: B023
        assert [result for result in report.results if not result.passed] == []


class Inexact:
    """The pair with every exp one ULP off, up or down at random."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def activation(self, x: Doubles, /) -> Doubles:
        z = np.exp(-x)
        return act(np.nextafter(z, np.where(self._random.random(z.shape) < 0.5, np.inf, 0.0)))

    def d_activation(self, y: Doubles, /) -> Doubles:
        return (1.0 - y) * y


@pytest.mark.parametrize("training", load_trainings(), ids=lambda training: training.id)
def test_a_training_with_every_exp_off_stays_within_its_amplification(training: Training) -> None:
    """At each checkpoint, 1,000 epochs included: the weights and the loss are within the stated bound."""
    for seed in range(3):
        network = Network(training.weights, Inexact(seed))
        losses = network.epochs(
            training.inputs, training.targets, learning_rate=training.learning_rate, one_by_one=training.one_by_one
        )
        done = 0
        for after in training.after:
            (*_, loss) = islice(losses, after.epochs - done)
            done = after.epochs
            for found, expected in zip(
                [np.array([[loss]]), *network.weights], [after.loss, *after.weights], strict=True
            ):
                for values in (expected.formula, expected.exact):
                    assert floats.distance(values, found).max() <= 2 * after.amplification
