"""What the tests of the portable pair share: MPFR's formula, and inputs that are hard to round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import gmpy2
import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.oracle import formulas

Doubles = NDArray[np.float64]

# The hardest of all arguments of exp: 59 and more equal bits behind the rounding bit. Source: Lefevre and Muller, Worst
# Cases for Correct Rounding of the Elementary Functions in Double Precision; CORE-MATH's list for exp.
_PUBLISHED: Final = """
    1.fffffffffffffp-53 1.ba07d73250de7p-14 1.6a4d1af9cc989p-8 1.5a75293a5dcdap-6 1.42ea46949b3c7p-5 1.7c8bb0cf5d16p-5
    1.0948d39a41695p-3 1.a065fefae814fp-3 1.f6e4c3ced7c72p-3 1.1a0408712e00ap-2 1.bcab27d05abdep-2 1.005ae04256babp-1
    1.273c188aa7b14p+2 1.83d4bcdebb3f4p+2 1.08f51434652c3p+4 1.1d5c2daebe367p+4 1.c44ce0d716a1ap+4 1.e07e71bfcf06fp+5
    1.f7216c4b435c9p+5 1.54cd1fea7663ap+7 1.d6479eba7c971p+8 -1.664716b68a409p-14 -1.a2fefefd580dfp-13
    -1.ce3f638d0c742p-12 -1.ceff32831e2c2p-12 -1.33accae78b371p-11 -1.d792b60084f92p-11 -1.7fb235d76cce7p-8
    -1.1ff9b8e8b38bep-7 -1.54511e930898cp-7 -1.5c5ed0ec83666p-6 -1.8c56ff5326197p-6 -1.a4187f2ca71f9p-6
    -1.a8f783d749a8fp-4 -1.bd44fdaed819fp-4 -1.daf693d64fadap-4 -1.290ea09e36479p-3 -1.8aeb636f3ce35p-3
    -1.d3f3799439415p-3 -1.ea16274b0109bp-3 -1.22e24fa3d5cf9p-1 -1.85068c07fbbf6p-1 -1.bdc7955d1482cp-1
    -1.2a9cad9998262p+0 -1.cc37ef7de7501p+0 -1.02393d5976769p+1 -1.65061daf79a78p+1 -1.e8bdbfcd9144ep+3
    -1.8f80e06f3a04cp+4 -1.59f038076039cp+6 -1.981587ad4542fp+7 1.9e9cbbfd6080bp-31 -1.6ff486dc6f81ap-24
    1.282aae3169ee7p-20 -1.0401ae48409b5p-28 -1.694431f063c66p+9 -1.6668cf1c012f3p+9 -1.6396c9f346e1cp+9
"""
PUBLISHED: Final = [float.fromhex(f"-0x{text[1:]}" if text[0] == "-" else f"0x{text}") for text in _PUBLISHED.split()]


def tiny(count: int) -> list[float]:
    """Arguments near 0 whose exp is nearly the midpoint of two doubles: odd multiples of half the spacing there."""
    odd = np.random.default_rng(16).integers(0, 1 << 19, count // 2) * 2.0 + 1.0
    return [*(odd * 2.0**-53).tolist(), *(odd * -(2.0**-54)).tolist()]


def near_midpoints(count: int) -> list[float]:
    """Arguments near 0 that are the rounded logarithm of the midpoint of two doubles: rounding moves exp by little."""
    random = np.random.default_rng(17)
    doubles = 1.0 + random.uniform(-1.0, 1.0, count) * 2.0 ** -random.uniform(13.0, 30.0, count)
    with gmpy2.context(precision=200):
        return [float(gmpy2.log(gmpy2.mpfr(x) + gmpy2.mpfr(np.spacing(x)) / 2)) for x in doubles.tolist()]


def formula(function: str, inputs: Iterable[float]) -> Doubles:
    """The documented formula with every operation rounded once, by MPFR."""
    evaluate: Any = formulas.DOCUMENTED[function]
    with gmpy2.ieee(64):
        return np.array([float(evaluate(gmpy2.mpfr(x))) for x in inputs], np.float64)


def exp(arguments: Iterable[float]) -> Doubles:
    """The exponential function, rounded once, by MPFR."""
    with gmpy2.ieee(64):
        return np.array([float(gmpy2.exp(gmpy2.mpfr(x))) for x in arguments], np.float64)


def same(expected: Doubles, actual: Doubles, inputs: Doubles) -> None:
    """Assert the same bits, NaN by class; say where the distance is largest."""
    steps = floats.distance(expected, actual)
    if steps.any():
        worst = int(steps.argmax())
        pytest.fail(f"{np.count_nonzero(steps)} differ; {floats.explain(int(steps[worst]))} at {inputs[worst]!r}")
