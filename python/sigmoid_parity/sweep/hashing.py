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

# float64's fraction, the exponent of numbers from 1/2 up to 1, and the fraction's length.
_FRACTION: Final = np.uint64((1 << 52) - 1)
_BELOW_1: Final = np.uint64(1022 << 52)
_52: Final = np.uint64(52)


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
def _between(u: Any, low: float, high: float) -> Any:
    return low * (1.0 - u) + high * u


@compiled
def _polynomial(coefficients: Any, x: Any) -> Any:
    total = x * 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


@compiled
def _log(m: Any, e: Any) -> Any:
    # Of m 2^e, m from 1/2 up to 1. libm's has other last bits elsewhere.
    # log(m) = -log(2) / 2 + 2 atanh((2 m - r) / (2 m + r)), r the root of 2.
    t = (2.0 * m - _ROOT2) / (2.0 * m + _ROOT2)
    return (e - 0.5) * _LOG2 + 2.0 * t * _polynomial(_ATANH, t * t)


@compiled
def _middle(u: Any) -> Any:
    q = u - 0.5
    s = _MIDDLE_SQUARED - q * q
    return q * _polynomial(_MIDDLE_OVER, s) / _polynomial(_MIDDLE_UNDER, s)


@compiled
def _near(r: Any) -> Any:
    return _polynomial(_NEAR_OVER, r - _NEAR) / _polynomial(_NEAR_UNDER, r - _NEAR)


@compiled
def _far(r: Any) -> Any:
    return _polynomial(_FAR_OVER, r - _FAR) / _polynomial(_FAR_UNDER, r - _FAR)


# Loops without branches, for compilers to take several points at a time.


@compiled
def _hash_each(seed: Any, first: Any, target: Any) -> None:
    start = (first + _ONE) * _STEP + seed
    for i in range(target.size):
        target[i] = _mix(np.uint64(i) * _STEP + start)


@compiled
def _probability_each(seed: Any, first: Any, target: Any) -> None:
    start = (first + _ONE) * _STEP + seed
    for i in range(target.size):
        target[i] = _probability(_mix(np.uint64(i) * _STEP + start))


@compiled
def _uniform_each(seed: Any, first: Any, low: float, high: float, target: Any) -> None:
    start = (first + _ONE) * _STEP + seed
    for i in range(target.size):
        x = _between(_probability(_mix(np.uint64(i) * _STEP + start)), low, high)
        x = x if x > low else low
        target[i] = x if x < high else high


@compiled
def _middle_each(u: Any, target: Any) -> None:
    for i in range(target.size):
        target[i] = _middle(u[i])


@compiled
def _find_ends(u: Any, places: Any, ends: Any) -> int:
    count = 0
    for i in range(u.size):
        places[count] = i
        count += abs(u[i] - _HALF) > _MIDDLE
    for k in range(count):
        ends[k] = min(u[places[k]], 1.0 - u[places[k]])
    return count


@compiled
def _rareness_each(words: Any, fractions: Any, exponents: Any, target: Any) -> None:
    for k in range(target.size):
        exponents[k] = np.float64(np.int64(words[k] >> _52) - 1022)
        words[k] = (words[k] & _FRACTION) | _BELOW_1
    for k in range(target.size):
        target[k] = np.sqrt(-_log(fractions[k], exponents[k]))


@compiled
def _near_each(r: Any, target: Any) -> None:
    for k in range(target.size):
        target[k] = _near(r[k])


@compiled
def _put_ends(u: Any, places: Any, r: Any, sizes: Any, target: Any) -> None:
    for k in range(r.size):
        i = places[k]
        size = sizes[k] if r[k] <= _FAR else _far(r[k])
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


def probabilities(seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Return the words, taken to the open interval from 0 to 1, float64 of shape (count,)."""
    if not COMPILES:
        return np.asarray(_probability(words(seed, first, count)), np.float64)
    target = np.empty(count)
    _probability_each(np.uint64(seed), np.uint64(first), target)
    return target


def uniform(seed: int, first: int, count: int, low: float, high: float) -> NDArray[np.float64]:
    """Return the words, taken to the range from low to high, float64 of shape (count,)."""
    if not COMPILES:
        return np.asarray(np.clip(_between(probabilities(seed, first, count), low, high), low, high))
    target = np.empty(count)
    _uniform_each(np.uint64(seed), np.uint64(first), low, high, target)
    return target


def normal(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take probabilities to points of the standard normal distribution."""
    if not COMPILES:
        target = np.asarray(_middle(u), np.float64)
        outer = np.abs(u - _HALF) > _MIDDLE
        r = np.sqrt(-_log(*np.frexp(np.minimum(u[outer], 1.0 - u[outer]))))
        target[outer] = np.copysign(np.where(r <= _FAR, _near(r), _far(r)), u[outer] - _HALF)
        return target
    target, places, ends = np.empty(u.size), np.empty(u.size + 1, np.int64), np.empty(u.size)
    _middle_each(u, target)
    count = _find_ends(u, places, ends)
    fractions, exponents, r = ends[:count], np.empty(count), np.empty(count)
    _rareness_each(fractions.view(np.uint64), fractions, exponents, r)
    _near_each(r, exponents)
    _put_ends(u, places, r, exponents, target)
    return target
