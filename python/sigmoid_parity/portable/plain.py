"""The functions over arrays by NumPy alone: `scalar`'s operations in `scalar`'s order, an array at a time.

Addition, subtraction, multiplication and division are rounded once in NumPy too, whatever vectors it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import BRANCH, OVERFLOW_BELOW, VANISHES_FROM
from sigmoid_parity.port.backends import plain as backend
from sigmoid_parity.portable import parameters, scalar
from sigmoid_parity.portable.parameters import (
    BITS,
    C3,
    C4,
    C5,
    C6,
    CUT,
    EDGE,
    ERROR,
    L1,
    L2,
    PER_STEP,
    ROUND,
    SATURATED,
)

_CHUNK: Final = 16384  # Elements at a time: enough to forget what a call of NumPy costs, and all stays in the cache.
_BUFFERS: Final = 6
_NORMAL: Final = 708.0  # Up to here exp(-abs(x)) is a normal double.
_FRACTION: Final = 52  # Bits of a double's encoding below its exponent.
_HIGH: Final = np.array(parameters.HIGH)
_LOW: Final = np.array(parameters.LOW)

Doubles: TypeAlias = NDArray[np.float64]
Answer: TypeAlias = tuple[Doubles, NDArray[np.bool_]]
"""Results, and which of them are left to `scalar`."""


def _exp(u: Doubles, work: Doubles) -> Answer:
    """Return exp(u), rounded correctly where it is not left to `scalar`; u from -708 to `EDGE`, and overwritten.

    :param work: of shape (`_BUFFERS`, at least the size of u); overwritten, and the result is a part of it.
    """
    k, t1, t2, r, cut, series = work[:, : u.size]
    np.multiply(u, PER_STEP, out=k)
    k += ROUND
    number = k.view(np.int64)  # Its low bits are those of the integer k.
    index = number & (parameters.SIZE - 1)
    np.take(_HIGH, index, out=t1, mode="clip")
    np.take(_LOW, index, out=t2, mode="clip")
    exponent = np.left_shift(np.right_shift(number, BITS, out=index), _FRACTION, out=index)
    k -= ROUND
    rest = np.subtract(u, np.multiply(k, L1, out=r), out=u)
    tail = np.multiply(k, L2, out=k)
    np.subtract(rest, tail, out=r)
    np.add(r, CUT, out=cut)
    cut -= CUT
    rest -= cut
    rest -= tail
    _sum_series(r, series)
    rest += series
    rest *= np.add(t1, t2, out=r)
    rest += np.multiply(t2, cut, out=r)
    rest += t2
    product = np.multiply(t1, cut, out=cut)
    high = np.add(t1, product, out=series)
    product -= np.subtract(high, t1, out=r)
    low = np.add(product, rest, out=product)
    below, above = np.subtract(low, ERROR, out=t1), np.add(low, ERROR, out=t2)
    below += high
    above += high
    left = below != above
    encoding = below.view(np.int64)
    encoding += exponent
    return below, left


def _sum_series(r: Doubles, total: Doubles) -> None:
    """Put r^2 (1/2 + r/6 + ... + r^4/720) into ``total``, and r^2 into ``r``."""
    np.multiply(r, C6, out=total)
    for coefficient in (C5, C4, C3):
        total += coefficient
        total *= r
    total += 0.5
    r *= r
    total *= r


def _activation(x: Doubles, work: Doubles) -> Answer:
    inside = (x > -EDGE) & (x < SATURATED)
    plain = inside.all()
    z, left = _exp(np.negative(x if plain else np.where(inside, x, 0.0)), work)
    z += 1.0
    y = np.divide(1.0, z, out=z)
    if not plain:
        outside = np.flatnonzero(~inside)
        rare = x[outside]
        y[outside] = np.where(rare < OVERFLOW_BELOW, 0.0, np.where(rare >= SATURATED, 1.0, rare))
        left[outside] |= (rare <= -EDGE) & (rare >= OVERFLOW_BELOW)
    return y, left


def _derivative(x: Doubles, work: Doubles) -> Answer:
    y, left = _activation(x, work)
    return (1.0 - y) * y, left


def _stable_derivative(x: Doubles, work: Doubles) -> Answer:
    size = np.abs(x)
    inside = size < _NORMAL
    z, left = _exp(np.negative(np.where(inside, size, 0.0)), work)
    w = z + z + z * z
    d = 1.0 + w
    q = z / d
    slope = np.where(z < BRANCH, z - q * w, q - q * ((w - (d - 1.0)) * (1.0 - z)))
    vanished = size >= VANISHES_FROM
    slope[vanished] = 0.0
    return slope, left | ~(inside | vanished)


def _run(
    chunk: Callable[[Doubles, Doubles], Answer],
    one: Callable[[float], float],
    source: NDArray[Any],
    target: NDArray[Any],
) -> None:
    work = np.empty((_BUFFERS, min(_CHUNK, source.size)))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for start in range(0, source.size, _CHUNK):
            x = source[start : start + _CHUNK].astype(np.float64, copy=False)
            results, left = chunk(x, work)
            for index in np.flatnonzero(left).tolist():
                results[index] = one(float(x[index]))
            target[start : start + _CHUNK] = results


KERNELS: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "activation": partial(_run, _activation, scalar.activation),
    "d_activation": backend.KERNELS["d_activation"],  # No exp: the port's own.
    "derivative": partial(_run, _derivative, scalar.derivative),
    "stable_derivative": partial(_run, _stable_derivative, scalar.stable_derivative),
}
"""The functions over arrays, by name; as `sigmoid_parity.port.backends.loop.KERNELS`."""

direct = backend.direct
"""As the port's plain backend has it."""
