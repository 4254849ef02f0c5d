"""The points: every case, and as many others as asked for, the same ones for a seed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.points import Kind
from sigmoid_parity.port.functions import activation

FIXTURES = list(load_all())
KINDS: tuple[Kind, ...] = (points.X, points.Y)


@pytest.mark.parametrize("kind", [points.X, points.Y])
def test_samples_are_a_function_of_the_seed(kind: Kind) -> None:
    """One seed gives one set of points, another seed another; there are as many as asked for."""
    one, again, other = (floats.bits(points.samples(kind, 1_001, seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.shape == (1_001,)


def test_samples_reach_everywhere() -> None:
    """Inputs x are ordinary, far and of any exponent; outputs y lie in [0, 1], close to its ends and anywhere."""
    x, y = points.samples(points.X, 10_000, 1), points.samples(points.Y, 10_000, 1)
    assert np.count_nonzero(np.abs(x) <= 40.0) > 4_000
    assert np.count_nonzero((np.abs(x) > 40.0) & (np.abs(x) < 746.0)) > 1_000
    assert np.count_nonzero((y >= 0.0) & (y <= 1.0)) > 7_000
    assert np.count_nonzero((y > 0.0) & (y < 1e-9)) > 300
    assert np.count_nonzero((y < 1.0) & (y > 1.0 - 1e-9)) > 300
    assert all(np.count_nonzero(np.abs(values) > 1e100) > 500 for values in (x, y))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_cases_stand_where_they_are_said_to(dtype: type[np.floating]) -> None:
    """A function's points are its own cases, rounded once to the format, and the samples of its kind alone."""
    further: dict[Kind, NDArray[np.float64]] = {kind: points.samples(kind, 100, 1) for kind in KINDS}
    at = points.single(FIXTURES, np.dtype(dtype), further)
    assert at.x.dtype == dtype
    assert np.count_nonzero(~at.is_case) == 200
    for fixture in FIXTURES:
        chosen = at.of(fixture.function)
        expected = np.concatenate([fixture.inputs, further[points.kind(fixture.function)]])
        with np.errstate(over="ignore"):
            assert np.array_equal(at.argument(fixture.function)[chosen], expected.astype(dtype), equal_nan=True)


def test_pairs_are_x_and_its_output() -> None:
    """Candidates of two arguments get every x with the sigmoid's output there."""
    at = points.double(FIXTURES, np.dtype(np.float64), {points.X: points.samples(points.X, 100, 1)})
    assert np.array_equal(at.y, activation(at.x), equal_nan=True)
    assert at.of("d_activation").all()
    assert at.of("activation").all()
