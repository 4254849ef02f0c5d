"""The points besides the cases: the same ones for a seed in any language, and the first of more.

Each point is made of one word of `splitmix` by operations that are exact or rounded once: no machine has others.
fixtures/README.md has this for other languages.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, splitmix

_FAR: Final = 745.0
_NEAR: Final = 40.0
_HALF: Final = 1022  # The biased exponent of 1/2.
_BINADES: Final = 60
_TURNS: Final = 4  # Every fourth point is of the third kind, and every fourth of the last.

Doubles = NDArray[np.float64]
_Words = NDArray[np.uint64]


def inputs(count: int, seed: int) -> Doubles:
    """Draw inputs x: of four, two are uniform in +-40, one is uniform in +-745, and one has random bits.

    :param count: how many.
    :param seed: of the generator, from 0 to 2^64 - 1.
    :returns: float64 of shape (count,).
    """
    words = _words(seed, "x", count)
    middle = _unit(words) - 0.5
    return _by_turns(2.0 * _NEAR * middle, 2.0 * _FAR * middle, words)


def outputs(count: int, seed: int) -> Doubles:
    """Draw outputs y: of four, two are uniform in [0, 1), one is close to 0 or 1, and one has random bits.

    Those that are close have a distance of 2^-60 to 1, with a uniform exponent.

    :param count: how many.
    :param seed: of the generator, from 0 to 2^64 - 1.
    :returns: float64 of shape (count,).
    """
    words = _words(seed, "y", count)
    below = ((words >> np.uint64(1)) & np.uint64(2**11 - 1)) * np.uint64(_BINADES) >> np.uint64(11)
    small = floats.from_bits(((np.uint64(_HALF) - below) << np.uint64(52)) | (words >> np.uint64(12)))
    close = np.where((words & np.uint64(1)).astype(np.bool_), small, 1.0 - small)
    return _by_turns(_unit(words), close, words)


def _words(seed: int, letter: str, count: int) -> _Words:
    return splitmix.words(splitmix.stream(seed, letter), np.arange(count, dtype=np.uint64))


def _unit(words: _Words) -> Doubles:
    return np.asarray((words >> np.uint64(11)).astype(np.float64) * 2.0**-53)


def _by_turns(common: Doubles, third: Doubles, words: _Words) -> Doubles:
    chosen = common.copy()
    chosen[2::_TURNS] = third[2::_TURNS]
    chosen[3::_TURNS] = floats.from_bits(words)[3::_TURNS]
    return chosen
