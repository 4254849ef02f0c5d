"""The bounds that the portable exp rests on, each as python/docs/portable.md derives it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import gmpy2
import numpy as np

from sigmoid_parity.portable import exact, parameters, scalar
from sigmoid_parity.portable.parameters import CUT, EDGE, ERROR, HIGH, L1, L2, LOW, PER_STEP, ROUND

SAMPLES: Final = 20_000


def arguments() -> list[float]:
    """Arguments of every size, and those where the rest of the reduction is largest: halfway between two steps."""
    random = np.random.default_rng(67)
    halfway = (random.integers(-137_000, 131_000, SAMPLES) + 0.5) * (L1 + L2)
    small = random.choice([-1.0, 1.0], SAMPLES) * 2.0 ** random.uniform(-60.0, 0.0, SAMPLES)
    anywhere = random.uniform(-745.0, EDGE, SAMPLES)
    return [*np.minimum(halfway, EDGE).tolist(), *small.tolist(), *anywhere.tolist()]


def test_the_fast_phase_is_within_its_bound() -> None:
    """The sum's error is below 2^-67, observed at three quarters of it; so the bound is neither wrong nor wide."""
    with gmpy2.context(precision=240):
        errors = []
        for u in arguments():
            high, low, exponent = scalar.approximate(u)
            true = gmpy2.exp(gmpy2.mpfr(u)) / gmpy2.mpfr(2) ** exponent
            errors.append(float(abs(gmpy2.mpfr(high) + gmpy2.mpfr(low) - true)))
    # Both roundings of `low - ERROR` and `low + ERROR` are to be within the bound too: each at most 2^-71.
    assert ERROR / 4 < max(errors) < ERROR - 2.0**-71


def test_what_is_said_to_be_exact_is() -> None:
    """The product and difference of the reduction, the part that is cut off, and its product with the table."""
    for u in arguments():
        k = u * PER_STEP + ROUND - ROUND
        assert Fraction(k * L1) == Fraction(k) * Fraction(L1)
        assert Fraction(u - k * L1) == Fraction(u) - Fraction(k * L1)
        rest, tail = u - k * L1, k * L2
        cut = (rest - tail) + CUT - CUT
        assert Fraction(rest - cut) == Fraction(rest) - Fraction(cut)
        t1 = HIGH[int(k) % parameters.SIZE]
        assert Fraction(t1 * cut) == Fraction(t1) * Fraction(cut)
        assert abs(rest - tail) < 2.0**-8.52
        assert k == int(k)


def test_the_table_and_the_reduction_s_constants() -> None:
    """The pairs are off by less than half a unit of their last bits: 2^-80 and 2^-97; no t1 or t2 is too long."""
    with gmpy2.context(precision=300):
        two, size = gmpy2.mpfr(2), parameters.SIZE
        for i, (t1, t2) in enumerate(zip(HIGH, LOW, strict=True)):
            assert abs(two ** (gmpy2.mpfr(i) / size) - t1 - t2) <= 2.0**-80
            assert t1 * 2.0**26 == int(t1 * 2.0**26)
            assert abs(t2) <= 2.0**-27
        assert abs(gmpy2.log(two) / size - L1 - L2) <= 2.0**-97
        assert abs(L1 * 2.0**42) < 2**35


def test_the_exact_phase_is_within_its_bound() -> None:
    """What it computes with 192 bits is off by less than half of what it allows for; arguments of every size."""
    with gmpy2.context(precision=400):
        for u in arguments()[::20]:
            significand, exponent = exact._exponential(u, 192)
            true = gmpy2.exp(gmpy2.mpfr(u)) * gmpy2.mpfr(2) ** (192 - exponent)
            assert abs(significand - true) < exact._BOUND / 2


def test_the_constants_end_where_they_say() -> None:
    """The edge is the largest argument whose power of two is a double; beyond saturation 1 + exp(-x) is 1."""
    assert scalar.approximate(EDGE)[2] == 1023
    assert scalar.approximate(EDGE + 1e-5)[2] == 1024
    with gmpy2.ieee(64):
        assert 1 + gmpy2.exp(gmpy2.mpfr(-parameters.SATURATED)) == 1
