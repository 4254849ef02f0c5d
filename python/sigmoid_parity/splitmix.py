"""Seeded numbers that any language computes alike: SplitMix64, whose i-th word is a function of the seed and i alone.

Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; the constants
are those of Java's ``SplittableRandom``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


def words(seed: int, indices: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the words of the generator at some places of its sequence.

    :param seed: from 0 to 2^64 - 1.
    :param indices: the places, counted from 0; any shape.
    :returns: uint64 of that shape.
    """
    state = np.asarray((indices + np.uint64(1)) * _STEP + np.uint64(seed))  # Modulo 2^64, as all below.
    state = (state ^ (state >> np.uint64(30))) * _FIRST
    state = (state ^ (state >> np.uint64(27))) * _SECOND
    return np.asarray(state ^ (state >> np.uint64(31)))


def stream(seed: int, letter: str) -> int:
    """Return the seed of another sequence, which a letter names: the word at the place of the letter's code."""
    return int(words(seed, np.array([ord(letter)], np.uint64))[0])
