"""float32's sigmoid: its coefficients, the bound of its error, and why no result is rounded the wrong way."""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath
import numpy as np

from sigmoid_parity.port.backends import single
from tests.port import remez
from tests.port.test_exp import fma

EPSILON = Fraction(1, 1 << 53)
"""Half a unit in the last place of 1: a relative error of one is at most one unit in the last place of a double."""

COEFFICIENTS = (single.H, single.G, single.B1, single.B0)
LARGEST_K = 126  # For results that are normal floats; 150 for subnormal ones.
DIVISION = 4  # Roundings of `divided_at_once`: two products, the reciprocal, and the product with it.


@cache
def fitted() -> tuple[list[Any], Any]:
    return remez.parameters()


def approximation() -> float:
    """The largest error of the rational function with the coefficients as doubles, in units."""
    with mpmath.workprec(remez.PRECISION):
        parameters = [mpmath.mpf(value) for value in COEFFICIENTS]
        points = (remez.edge() * k / 2_000 for k in range(-2_000, 2_001))
        return float(max(abs(remez.error(r, parameters)) for r in points) * 2**53)


def bound(k: int) -> float:
    """Add up what each operation may lose, in units: the sum in python/docs/kernels.md."""
    with mpmath.workprec(remez.PRECISION):
        reduction = float(abs(mpmath.mpf(single.LN2) - mpmath.log(2)) * 2**53) * k + 0.25
        sinh = float(mpmath.sinh(remez.edge()))
    t = 2.0**-47 * 2**53  # Half a unit in the last place of t, and so on.
    even = (2 * 90.3 * t + 2.0**-43 * 2**53) / 1681
    odd = (20.1 * t + 2.0**-44 * 2**53) / 840
    return approximation() + reduction + sinh * (even + odd) + 2 + 1 + DIVISION


def parts(x: float) -> tuple[float, float]:
    """Compute numerator and denominator as `single` does, operation by operation."""
    x = min(max(x, single.LOWEST), single.HIGHEST)
    shifted = fma(x, -single.PER_LN2, single.SHIFT)
    (word,) = struct.unpack("<Q", struct.pack("<d", shifted))
    (scale,) = struct.unpack("<d", struct.pack("<Q", (word << 52) % 2**64))
    r = fma(shifted - single.SHIFT, single.LN2, x)
    t = fma(r, r, single.H)
    even, odd = fma(t, t, single.G), fma(t, single.B1, single.B0)
    p, m = fma(r, odd, even), fma(-r, odd, even)
    return p, fma(m, scale, p)


def sigmoid(x: float) -> Any:
    """Compute the sigmoid with many digits."""
    return 1 / (1 + mpmath.exp(-mpmath.mpf(x)))


def test_the_coefficients_are_those_of_least_error() -> None:
    """Remez's algorithm gives them, each rounded to a double."""
    found, error = fitted()
    assert [float(value) for value in found] == list(COEFFICIENTS)
    assert error < mpmath.mpf(2) ** mpmath.mpf(-46.35)


def test_the_remez_algorithm_finds_the_least_error() -> None:
    """The error reaches its largest size with five changing signs on each side: no other function does better."""
    found, largest = fitted()
    with mpmath.workprec(remez.PRECISION):
        errors = [remez.error(remez.edge() * k / 2_000, found) for k in range(1, 2_001)]
        peaks = [e for e in errors if abs(e) > largest * (1 - mpmath.mpf(10) ** -4)]
    signs = [e > 0 for e in peaks]
    assert sum(a != b for a, b in pairwise(signs)) == 4


def test_the_bound_is_within_the_window() -> None:
    """The sum of all losses is at most the bound, which is less than what is left to libm."""
    assert bound(LARGEST_K) <= single.ERROR < single.UNSURE


def test_the_error_is_within_the_bound() -> None:
    """At seeded inputs, in exact arithmetic, whatever other denominator the division is shared with."""
    random = np.random.default_rng(32)
    inputs = np.concatenate([random.normal(0.0, 6.0, 500), random.uniform(-87.0, 20.0, 700)]).astype(np.float32)
    worst = 0.0
    with mpmath.workprec(120):
        for x, other in zip(inputs.tolist(), random.permutation(inputs).tolist(), strict=True):
            (p, d), (_, e) = parts(x), parts(other)
            shared = (p * e) * (1.0 / (d * e))
            y = sigmoid(x)
            unit = mpmath.mpf(float(np.spacing(float(y))))
            worst = max(worst, *(float(abs(result - y) / unit) for result in (p / d, shared)))
    assert 60 < worst < single.ERROR


def test_subnormal_results_are_rounded_the_right_way() -> None:
    """For no input is the result so near a midpoint that the bound allows the other float, but for one.

    There the quotient is on the right side, by more than the division can lose.
    """
    first, last = (int(np.float32(x).view(np.uint32)) for x in (-87.33, single.LOWEST))
    inputs = np.arange(first, last + 1, dtype=np.uint32).view(np.float32).astype(np.float64)
    y = 1.0 / (1.0 + np.exp(-inputs))  # Within 4 units.
    steps = np.ldexp(y, 149)  # In units of the least float, exactly.
    units = np.abs(steps - np.floor(steps) - 0.5) / np.spacing(steps)
    near = inputs[(y < 2.0**-126) & (units < bound(150) + 4)]
    assert near.tolist() == [float.fromhex("-0x1.65cf3p+6")]
    for x in near.tolist():
        p, d = parts(x)
        quotient = Fraction(p) / Fraction(d) * 2**149
        midpoint = Fraction(int(quotient)) + Fraction(1, 2)
        with mpmath.workprec(120):
            right = sigmoid(x) * mpmath.mpf(2) ** 149 > mpmath.mpf(midpoint.numerator) / midpoint.denominator
        assert (quotient > midpoint) == right
        assert abs(quotient - midpoint) > DIVISION * EPSILON * quotient
