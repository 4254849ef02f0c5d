"""Random points: each a function of seed and index alone, so that any part of a sweep can be computed anywhere.

The index is hashed as SplitMix64 does it, and the hash is taken to the distribution with operations that IEEE 754
rounds in one way only: the points have the same bits on every machine. The functions take one number or an array.

Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, for the hash;
M. J. Wichura, algorithm AS 241, Applied Statistics 37 (1988), for the inverse of the normal distribution function.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import splitmix
from sigmoid_parity.sweep.compiling import COMPILES, compiled

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_ONE, _12, _27, _30, _31 = (np.uint64(number) for number in (1, 12, 27, 30, 31))
_UNIT: Final = 2.0**-52

_HALF: Final = 0.5
_MIDDLE: Final = 0.425  # Probabilities nearer than this to 1/2 have a quotient of their own,
_MIDDLE_SQUARED: Final = 0.180625
_FAR: Final = 5.0  # and so have those below exp(-25).
_NEAR: Final = 1.6

# Numerator and denominator of each quotient, the highest power first.
_MIDDLE_OVER: Final = (
    2.509080928730122672e3, 3.343057558358812810e4, 6.726577092700870085e4, 4.592195393154987145e4,
    1.373169376550946112e4, 1.971590950306551442e3, 1.331416678917843774e2, 3.387132872796366608e0,
)  # fmt: skip
_MIDDLE_UNDER: Final = (
    5.226495278852854561e3, 2.872908573572194267e4, 3.930789580009271061e4, 2.121379430158659586e4,
    5.394196021424751107e3, 6.871870074920579083e2, 4.231333070160091125e1, 1.0,
)  # fmt: skip
_NEAR_OVER: Final = (
    7.7454501427834140764e-4, 2.2723844989269184583e-2, 2.4178072517745061177e-1, 1.2704582524523683825e0,
    3.6478483247632046050e0, 5.7694972214606914055e0, 4.6303378461565452959e0, 1.4234371107496835773e0,
)  # fmt: skip
_NEAR_UNDER: Final = (
    1.0507500071644416843e-9, 5.4759380849953449460e-4, 1.5198666563616457196e-2, 1.4810397642748007459e-1,
    6.8976733498510000455e-1, 1.6763848301838038494e0, 2.0531916266377588218e0, 1.0,
)  # fmt: skip
_FAR_OVER: Final = (
    2.0103343992922881326e-7, 2.7115555687434875781e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
    2.9656057182850489123e-1, 1.7848265399172913358e0, 5.4637849111641143699e0, 6.6579046435011037772e0,
)  # fmt: skip
_FAR_UNDER: Final = (
    2.0442631033899397856e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.8686913114561325910e-4,
    1.4875361290850614852e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1.0,
)  # fmt: skip

_ROOT2: Final = math.sqrt(2.0)
_LOG2: Final = math.log(2.0)
_ATANH: Final = tuple(1.0 / odd for odd in range(23, 0, -2))

_frexp: Any = math.frexp if COMPILES else np.frexp  # Of one number, or of an array.


@compiled
def _mix(state: Any) -> Any:
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@compiled
def _probability(word: Any) -> Any:
    # The middles of 2^52 parts, none of which is 0 or 1.
    return (np.float64(word >> _12) + 0.5) * _UNIT


@compiled
def _within(u: Any, low: float, high: float) -> Any:
    return np.minimum(np.maximum(low * (1.0 - u) + high * u, low), high)


@compiled
def _polynomial(coefficients: Any, x: Any) -> Any:
    total = x * 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


@compiled
def _log(p: Any) -> Any:
    # libm's has other last bits elsewhere. log(m) = log(2) / 2 + 2 atanh((m - r) / (m + r)), r the root of 2.
    m, e = _frexp(p)
    t = (2.0 * m - _ROOT2) / (2.0 * m + _ROOT2)
    return (e - 0.5) * _LOG2 + 2.0 * t * _polynomial(_ATANH, t * t)


@compiled
def _middle(u: Any) -> Any:
    q = u - 0.5
    s = _MIDDLE_SQUARED - q * q
    return q * _polynomial(_MIDDLE_OVER, s) / _polynomial(_MIDDLE_UNDER, s)


@compiled
def _rareness(u: Any) -> Any:
    return np.sqrt(-_log(np.minimum(u, 1.0 - u)))


@compiled
def _near(r: Any) -> Any:
    return _polynomial(_NEAR_OVER, r - _NEAR) / _polynomial(_NEAR_UNDER, r - _NEAR)


@compiled
def _far(r: Any) -> Any:
    return _polynomial(_FAR_OVER, r - _FAR) / _polynomial(_FAR_UNDER, r - _FAR)


@compiled
def _hash_each(seed: Any, first: Any, target: Any) -> None:
    for i in range(target.size):
        target[i] = _mix((first + np.uint64(i) + _ONE) * _STEP + seed)


@compiled
def _probability_each(words: Any, target: Any) -> None:
    for i in range(target.size):
        target[i] = _probability(words[i])


@compiled
def _within_each(u: Any, low: float, high: float, target: Any) -> None:
    for i in range(target.size):
        target[i] = _within(u[i], low, high)


@compiled
def _normal_each(u: Any, target: Any) -> None:
    for i in range(target.size):  # A loop without branches, which takes several points at a time.
        target[i] = _middle(u[i])
    for i in range(target.size):
        if abs(u[i] - _HALF) > _MIDDLE:
            r = _rareness(u[i])
            size = _near(r) if r <= _FAR else _far(r)
            target[i] = -size if u[i] < _HALF else size


def words(seed: int, first: int, count: int) -> NDArray[np.uint64]:
    """Return the words of `sigmoid_parity.splitmix` from a place on, uint64 of shape (count,).

    :param seed: from 0 to 2^64 - 1.
    :param first: the place, from 0 to 2^64 - 1.
    """
    if not COMPILES:
        return splitmix.words(seed, np.uint64(first) + np.arange(count, dtype=np.uint64))
    target = np.empty(count, np.uint64)
    _hash_each(np.uint64(seed), np.uint64(first), target)
    return target


def probabilities(hashed: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Take hashes to the open interval from 0 to 1, in float64."""
    if not COMPILES:
        return np.asarray(_probability(hashed), np.float64)
    target = np.empty(hashed.size)
    _probability_each(hashed, target)
    return target


def uniform(u: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Take probabilities to the range from low to high."""
    if not COMPILES:
        return np.asarray(_within(u, low, high), np.float64)
    target = np.empty(u.size)
    _within_each(u, low, high, target)
    return target


def normal(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take probabilities to points of the standard normal distribution."""
    if not COMPILES:
        target = np.asarray(_middle(u), np.float64)
        ends = np.abs(u - _HALF) > _MIDDLE
        r = _rareness(u[ends])
        target[ends] = np.copysign(np.where(r <= _FAR, _near(r), _far(r)), u[ends] - _HALF)
        return target
    target = np.empty(u.size)
    _normal_each(u, target)
    return target
