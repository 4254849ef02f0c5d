"""The fixtures that come with the project: complete, well-formed, and what the oracle gives."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats
from sigmoid_parity.cases import Fixture, load_all
from sigmoid_parity.cases.functions import FUNCTIONS

LOADED = {fixture.function: fixture for fixture in load_all()}


def test_there_are_enough_cases() -> None:
    """At least 2,000 cases for activation and 1,000 for d_activation."""
    assert set(LOADED) == set(FUNCTIONS)
    assert len(LOADED["activation"].cases) >= 2_000
    assert len(LOADED["d_activation"].cases) >= 1_000


def test_plot_points_are_numpy_s() -> None:
    """The plot's inputs are numpy.arange(-5.0, 5.0, 0.1), to the bit."""
    fixture = LOADED["activation"]
    np.testing.assert_array_equal(fixture.inputs[fixture.flagged("plot")], np.arange(-5.0, 5.0, 0.1))


def test_every_binade_of_both_signs_is_sampled() -> None:
    """Activation has an input in each binade from 2^-1074 to 2^1023, positive and negative."""
    inputs = LOADED["activation"].inputs
    finite = inputs[np.isfinite(inputs) & (inputs != 0.0)]
    have = {(math.frexp(x)[1] - 1, x > 0.0) for x in finite.tolist()}
    assert have >= {(exponent, sign) for exponent in range(-1074, 1024) for sign in (True, False)}


def test_every_binade_of_the_unit_interval_is_sampled() -> None:
    """d_activation has an argument in each binade of (0, 1)."""
    inputs = LOADED["d_activation"].inputs
    have = {math.frexp(y)[1] - 1 for y in inputs[(inputs > 0.0) & (inputs < 1.0)].tolist()}
    assert have >= set(range(-1074, 0))


@pytest.mark.parametrize("center", [36.7368005696771, 708.4, 709.782712893384, 745.13])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_turning_points_have_neighbours(center: float, sign: float) -> None:
    """The turning points and the doubles next to them on both sides are cases."""
    have = set(LOADED["activation"].inputs.tolist())
    here = sign * center
    assert have >= {here, math.nextafter(here, math.inf), math.nextafter(here, -math.inf)}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_special_values_are_there(function: str) -> None:
    """Both zeros, infinities, NaN, the smallest and largest subnormal and normal doubles, and 1e308."""
    special = [0.0, math.inf, 5e-324, 2.225073858507201e-308, 2.2250738585072014e-308, 1.7976931348623157e308, 1e308]
    have = {floats.hexadecimal(x) for x in LOADED[function].inputs.tolist()}
    assert have >= {floats.hexadecimal(sign * value) for value in special for sign in (1.0, -1.0)}
    assert floats.hexadecimal(math.nan) in have


@pytest.mark.parametrize("fixture", LOADED.values(), ids=LOADED)
def test_flags_are_used_and_ids_are_unique(fixture: Fixture) -> None:
    """Every case has a flag (so a reader knows what it is for), and ids are unique."""
    assert all(case.flags for case in fixture.cases)
    assert len({case.id for case in fixture.cases}) == len(fixture.cases)


@given(st.floats())
def test_pairs_read_back(value: float) -> None:
    """Decimal and bits, as written, read back as the same double; every NaN as the quiet one."""
    back = floats.parse_pair(floats.decimal(value), floats.hexadecimal(value))
    assert math.isnan(back) if math.isnan(value) else struct.pack("d", back) == struct.pack("d", value)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_pairs_that_disagree_are_refused(value: float, other: float) -> None:
    """A decimal beside the bits of another double is refused; +0 and -0 are different doubles."""
    if floats.hexadecimal(value) != floats.hexadecimal(other):
        with pytest.raises(ValueError, match="mend one of them"):
            floats.parse_pair(floats.decimal(value), floats.hexadecimal(other))


@pytest.mark.parametrize(
    "text",
    ["1_0", "+1", " 1", "1 ", "1\n", "", ".5", "5.", "0x1p0", "NaN", "Inf", "infinity", "-nan", "\u0661", "1e", "1E5"],
)
def test_other_ways_to_write_numbers_are_refused(text: str) -> None:
    """Only one way to write a number is taken, whatever Python's float() would make of others."""
    with pytest.raises(ValueError, match="is not a number"):
        floats.parse_decimal(text)
