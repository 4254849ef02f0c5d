"""float32's sigmoid over many floats: the quick loop, the careful one and libm take turns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sigmoid_parity import activation, floats
from sigmoid_parity.port.backends import runs, single, vector
from tests.port.shared import bits_of


def assert_rounded(inputs: np.ndarray[Any, Any]) -> None:
    results = np.empty_like(inputs)
    vector.KERNELS["activation"](inputs, results)
    with np.errstate(all="ignore"):
        expected = activation(inputs.astype(np.float64)).astype(np.float32)
    np.testing.assert_array_equal(bits_of(results), bits_of(expected))


@pytest.mark.parametrize("wild", [np.nan, np.inf, -np.inf, 1e30, -1e30, -1500.0, 720.0])
def test_numbers_out_of_range_anywhere(wild: float) -> None:
    """In the first, a middle, and the last run, in many runs one behind the other, and in all."""
    count = 12 * runs._RUN + 777
    inputs = np.random.default_rng(5).normal(0.0, 6.0, count).astype(np.float32)
    for places in ([0], [5 * runs._RUN + 3, 6 * runs._RUN], [count - 1], range(0, count, 1_000), range(count)):
        spoilt = inputs.copy()
        spoilt[list(places)] = wild
        assert_rounded(spoilt)


def test_numbers_near_a_midpoint_anywhere() -> None:
    """Every number near a midpoint has libm's result, wherever it stands in a run."""
    inputs = np.arange(0xC0000000, 0xC0000000 + (1 << 22), dtype=np.uint32).view(np.float32)
    below_float = floats.bits(activation(inputs.astype(np.float64))).astype(np.int64) & ((1 << 29) - 1)
    near = inputs[np.abs(below_float - (1 << 28)) < 2 * single.UNSURE]
    assert near.size > 2
    count = 3 * runs._RUN + 5
    for place in (0, 17, runs._PART - 1, runs._RUN, 2 * runs._RUN + runs._PART, count - 1):
        numbers = np.linspace(-4.0, 4.0, count, dtype=np.float32)
        for x in near:
            numbers[place] = x
            assert_rounded(numbers)
