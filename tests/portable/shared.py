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
from sigmoid_parity.oracle.portable.steps import PUBLISHED

Doubles = NDArray[np.float64]

DIGEST: Final = "369e0960efc9304330ead4a4ecfe74f4bdae685b50de2c1327399ea784f560a2"
"""`sigmoid_parity.floats.digest` of the results at `ten_million` inputs, on every machine and in every language."""

__all__ = ["DIGEST", "PUBLISHED", "Doubles", "exp", "formula", "near_midpoints", "same", "ten_million", "tiny"]


def ten_million() -> Doubles:
    """The inputs of the digest."""
    return np.random.default_rng(42).uniform(-40.0, 40.0, 10_000_000)


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
