"""How accurate the stable derivative is: searched where its roundings add up, not at random points alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import stable_derivative
from sigmoid_parity.machine import provenance
from sigmoid_parity.oracle import exact

WORST = (2.6454400755582714, 2.6366766429611888, 2.0662905448210614, 2.0734024475832014, 1.9452807073263263)
"""Where a search of 4 10^8 points found the largest errors, by range."""


def error(x: float) -> float:
    """The distance from the true derivative, in ULP of its nearest double."""
    true = exact.exact_derivative(x)
    return abs((stable_derivative(x) - true.value) / math.ulp(true.value) - true.leftover)


def points() -> NDArray[np.float64]:
    """Seeded points about exp(-x) = 1/8, where the formula branches, and over all magnitudes."""
    random = np.random.default_rng(20261121)
    return np.concatenate(
        [
            random.uniform(1.9, 2.8, 6_000),
            random.uniform(-3.5, 3.5, 2_000),
            random.uniform(-745.13, 745.13, 1_000),
            np.ldexp(random.uniform(-1.0, 1.0, 1_000), random.integers(-60, 9, 1_000)),
        ]
    )


@pytest.fixture(scope="module")
def glibc() -> None:
    """The bound is stated for glibc's exp; another one adds twice what it is worse by."""
    if not provenance.libm().startswith("glibc"):
        pytest.skip("the bound of 2 ULP is stated for glibc's exp")


@pytest.mark.usefixtures("glibc")
def test_it_is_within_two_ulp_of_the_true_value() -> None:
    """Below 2 ULP everywhere, and below 1.75 at all points tried; the worst known ones are above 1.5."""
    errors = {x: error(x) for x in (*points().tolist(), *WORST, 6.929798159973886, 4.209726417993205)}
    worst = max(errors, key=errors.__getitem__)
    assert errors[worst] < 1.75, worst
    assert max(map(error, WORST)) > 1.5


def test_it_is_the_stated_formula() -> None:
    """Scalar and array have the bits of the formula in fixtures/README.md, with the platform's exp."""
    x = points()
    z = np.array([math.exp(-abs(one)) for one in x.tolist()])
    w = (z + z) + z * z
    d = 1.0 + w
    q = z / d
    expected = np.where(z < 0.125, z - z * (w / d), q - (q * (w - (d - 1.0))) * (1.0 - z))
    np.testing.assert_array_equal(stable_derivative(x), expected)
    np.testing.assert_array_equal([stable_derivative(one) for one in x.tolist()], expected)
