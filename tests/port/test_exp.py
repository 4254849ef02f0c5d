"""The vector backend's exp, and the inputs that tell one platform's exp from another's."""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.port.backends import formulas, plain, probes, table
from tests.port.shared import bits_of, scalars

entries = cache(table.entries)


def fma(a: float, b: float, c: float) -> float:
    """Compute a * b + c, rounded once."""
    return float(Fraction(a) * Fraction(b) + Fraction(c))


def glibc_exp(t: float, fused: bool) -> float:
    """Compute exp of a moderate argument as glibc does, operation by operation, with or without fused ones."""
    mul_add = fma if fused else (lambda a, b, c: a * b + c)
    words = entries()
    shifted = mul_add(formulas._PER_LN2, t, formulas._SHIFT)
    (word,) = struct.unpack("<Q", struct.pack("<d", shifted))
    k = shifted - formulas._SHIFT
    r = mul_add(k, -formulas._LN2_LOW, mul_add(k, -formulas._LN2_HIGH, t))
    entry = 2 * (word % table.SIZE)
    scale_word = (words[entry + 1] + (word << (52 - table.BITS))) % 2**64
    tail, scale = struct.unpack("<dd", struct.pack("<QQ", words[entry] % 2**64, scale_word))
    square = r * r
    low, high = (mul_add(r, b, a) for a, b in ((formulas._C2, formulas._C3), (formulas._C4, formulas._C5)))
    total = mul_add(square * square, high, mul_add(square, low, tail + r))
    return mul_add(scale, total, scale)


def rounded_exp(t: float) -> float:
    """Compute exp, rounded once."""
    with mpmath.workprec(200):
        return float(mpmath.exp(mpmath.mpf(t)))


def test_probes_tell_neighbouring_libms_apart() -> None:
    """At each probe glibc's fused exp differs, in the sigmoid, from the unfused one or from a correctly rounded one."""
    for x in probes.UNFUSED:
        assert 1.0 / (1.0 + glibc_exp(-x, fused=True)) != 1.0 / (1.0 + glibc_exp(-x, fused=False))
    for x in probes.ROUNDED:
        assert 1.0 / (1.0 + glibc_exp(-x, fused=True)) != 1.0 / (1.0 + rounded_exp(-x))
    assert min(len(probes.UNFUSED), len(probes.ROUNDED)) >= 48


def test_the_check_refuses_numpy_s_exp_where_it_is_not_libm_s() -> None:
    """A kernel with NumPy's exp is refused at each probe where that gives the sigmoid other bits than libm's."""

    def naive(source: NDArray[Any], target: NDArray[Any]) -> None:
        with np.errstate(all="ignore"):
            target[:] = 1.0 / (1.0 + np.exp(-source.astype(np.float64)))

    inputs = probes.inputs()
    results = np.empty_like(inputs)
    naive(inputs, results)
    other = inputs[bits_of(results) != bits_of(scalars("activation", inputs))]
    assert set(other.tolist()) <= set(probes.differing({**plain.KERNELS, "activation": naive}))


def test_table_is_right() -> None:
    """H is 2^(i/128) rounded once, T what is left over, relative to H: against mpmath."""
    words = entries()
    with mpmath.workprec(300):
        for i in range(table.SIZE):
            tail, nearest = struct.unpack("<dd", struct.pack("<QQ", words[2 * i], words[2 * i + 1] + (i << 45)))
            power = mpmath.mpf(2) ** (mpmath.mpf(i) / 128)
            assert nearest == float(power)
            assert tail == float((power - mpmath.mpf(nearest)) / mpmath.mpf(nearest))
