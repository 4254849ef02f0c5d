"""Formats of 8 and 16 bits, held to exact fractions."""

from __future__ import annotations

import bisect
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats, formats
from sigmoid_parity.port.functions import activation

NARROW = formats.NAMES[2:]
# By hand, from the formats' definitions: fraction bits, bias, the largest number, whether it has infinities.
PARAMETERS: dict[str, tuple[int, int, Fraction, bool]] = {
    "float16": (10, 15, Fraction(65504), True),
    "bfloat16": (7, 127, (2 - Fraction(1, 128)) * 2**127, True),
    "float8_e4m3fn": (3, 7, Fraction(448), False),
    "float8_e5m2": (2, 15, Fraction(57344), True),
}


@cache
def magnitudes(name: str) -> list[float]:
    """The finite numbers from 0 on, from the definition of the format alone; their places are their encodings.

    Doubles have them and the middles between them exactly.
    """
    fraction_bits, bias, largest, _ = PARAMETERS[name]
    found: list[float] = []
    for encoding in range(1 << 15):
        exponent, fraction = divmod(encoding, 1 << fraction_bits)
        significand = Fraction(fraction, 1 << fraction_bits) + (exponent > 0)
        value = significand * Fraction(2) ** (max(exponent, 1) - bias)
        if value > largest:
            return found
        assert float(value) == value
        found.append(float(value))
    raise AssertionError(name)


def expected(value: float, numbers: list[float], rounding: str) -> int:
    """The encoding of a size, by comparisons alone; len(numbers) is infinity."""
    exact = abs(value)
    below = bisect.bisect_right(numbers, exact) - 1
    if numbers[below] == exact or rounding == "toward-zero":
        return below
    if rounding == "odd":
        return min(below | 1, len(numbers) - 1)
    above = numbers[below + 1] if below + 1 < len(numbers) else 2 * numbers[-1] - numbers[-2]
    middle = (numbers[below] + above) / 2
    return below + (exact > middle or (exact == middle and below % 2 == 1))


def encodings(values: Any) -> list[int]:
    return [int(word) for word in np.asarray(values).view(f"u{values.itemsize}")]


@pytest.mark.parametrize("name", NARROW)
def test_the_numbers_of_a_format(name: str) -> None:
    """Every finite number, the largest, the smallest normal one and epsilon are those of the definition."""
    of, numbers = formats.dtype(name), magnitudes(name)
    every = formats.every(of)
    assert encodings(every) == list(range(1 << (8 * of.itemsize)))
    half = len(every) // 2
    assert every[: len(numbers)].astype(np.float64).tolist() == numbers
    assert (-every[half : half + len(numbers)].astype(np.float64)).tolist() == numbers
    fraction_bits, bias, largest, infinite = PARAMETERS[name]
    assert formats.largest(of) == largest
    assert formats.epsilon(of) == 2.0**-fraction_bits
    assert formats.smallest_normal(of) == 2.0 ** (1 - bias)
    assert np.isinf(float(every[len(numbers)])) == infinite
    assert formats.is_narrow(of)


@pytest.mark.parametrize("rounding", ["nearest", "toward-zero", "odd"])
@pytest.mark.parametrize("name", NARROW)
def test_rounding_at_all_hard_places(name: str, rounding: formats.Rounding) -> None:
    """At every number, every middle, and the doubles on both sides of each: one step from the exact value."""
    of, numbers = formats.dtype(name), magnitudes(name)
    middles = [(one + other) / 2 for one, other in pairwise(numbers)]
    last = (3 * numbers[-1] - numbers[-2]) / 2
    places = np.array([float(one) for one in [*numbers, *middles, last]])
    around = np.concatenate([places, np.nextafter(places, np.inf), np.nextafter(places, 0.0)])
    found = encodings(formats.rounded(around, of, rounding))
    assert found == [expected(value, numbers, rounding) for value in around.tolist()]
    negative = encodings(formats.rounded(-around, of, rounding))
    assert negative == [one | 1 << (8 * of.itemsize - 1) for one in found]


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(NARROW))
def test_rounding_anywhere(value: float, name: str) -> None:
    """Any double, to any format."""
    of, numbers = formats.dtype(name), magnitudes(name)
    sign = (1 << (8 * of.itemsize - 1)) * bool(np.signbit(value))
    assert encodings(formats.rounded(np.array([value]), of)) == [sign | expected(value, numbers, "nearest")]


@pytest.mark.parametrize("name", NARROW)
def test_what_is_too_large_or_no_number(name: str) -> None:
    """Infinity where there is one, else NaN; the largest number if saturated; NaN stays NaN."""
    of = formats.dtype(name)
    given_values = np.array([1e300, np.inf, -np.inf, np.nan, formats.largest(of)])
    found = formats.rounded(given_values, of).astype(np.float64)
    infinite = PARAMETERS[name][3]
    assert np.isinf(found[:3]).all() if infinite else np.isnan(found[:3]).all()
    assert np.isnan(found[3])
    full = formats.rounded(given_values, of, saturated=True).astype(np.float64)
    top = formats.largest(of)
    assert full[[0, 1, 2, 4]].tolist() == [top, top, -top, top]
    assert np.isnan(full[3])


def test_ml_dtypes_rounds_twice() -> None:
    """The reason for a rounding of our own; should this fail one day, ml_dtypes does what we do."""
    value = np.array([1.0 + 2.0**-8 + 2.0**-40])
    of = formats.dtype("bfloat16")
    assert encodings(formats.rounded(value, of)) == [0x3F81]
    assert encodings(value.astype(of)) == [0x3F80]


@pytest.mark.parametrize("name", NARROW)
def test_the_sigmoid_of_every_input_is_rounded_once(name: str) -> None:
    """All encodings: the port's double result in the format is the fraction's nearest neighbour."""
    of, numbers = formats.dtype(name), magnitudes(name)
    with np.errstate(invalid="ignore"):
        wide = activation(formats.every(of).astype(np.float64))
    found = formats.rounded(np.asarray(wide), of)
    known = ~np.isnan(wide)
    assert np.isnan(found[~known].astype(np.float64)).all()
    assert encodings(found[known]) == [expected(one, numbers, "nearest") for one in wide[known].tolist()]


@pytest.mark.parametrize("name", NARROW)
def test_distances_are_steps_in_the_format(name: str) -> None:
    """Neighbours are 1 apart everywhere: at zero, among subnormals, at powers of two, at the largest number."""
    of = formats.dtype(name)
    count = len(magnitudes(name))
    positive = formats.every(of)[:count]
    assert (floats.distance(positive[1:], positive[:-1]) == 1).all()
    most = floats.distance(positive[-1:], -positive[-1:])
    assert most.tolist() == [2 * (count - 1)]
    beyond = formats.every(of)[count : count + 1]  # Infinity, or NaN.
    assert floats.distance(beyond, positive[-1:]).tolist() == [floats.INCOMPARABLE]
    assert floats.distance(beyond, beyond).tolist() == [0]
    zero = positive[:1]
    assert floats.distance(zero, -zero).tolist() == [floats.INCOMPARABLE]
    assert floats.digits(positive[1]) == "1".zfill(2 * of.itemsize)
