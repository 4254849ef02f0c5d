"""SplitMix64: its published words, and the same arithmetic in whole numbers without a limit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import splitmix

WORDS = st.integers(0, 2**64 - 1)

# The test values for the seed 1234567 that Rosetta Code has for implementations of Java's SplittableRandom.
PUBLISHED = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]


def by_hand(seed: int, place: int) -> int:
    state = (seed + (place + 1) * 0x9E3779B97F4A7C15) % 2**64
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB % 2**64
    return state ^ (state >> 31)


def test_the_first_words_are_the_published_ones() -> None:
    """A generator that is seeded with 1234567 gives these, one after the other."""
    assert splitmix.words(1234567, np.arange(5, dtype=np.uint64)).tolist() == PUBLISHED


@given(WORDS, st.lists(WORDS, max_size=5))
def test_words_wrap_as_they_should(seed: int, places: list[int]) -> None:
    """Any seed and any place: the arithmetic is modulo 2^64."""
    found = splitmix.words(seed, np.array(places, np.uint64))
    assert found.tolist() == [by_hand(seed, place) for place in places]


def test_letters_name_streams() -> None:
    """Each letter has a sequence of its own."""
    assert len({splitmix.stream(1, letter) for letter in "xyz"}) == 3
    assert splitmix.stream(1, "x") == by_hand(1, ord("x"))
