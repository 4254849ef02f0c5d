"""What is said of differences, in three languages: the phrases of ``differences.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sigmoid_parity import floats
from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.diagnosis.differences import Difference, Differences, Kind

READABLE: Final = 10**7
"""From here on a distance is easier to read in powers of ten."""

_PHRASES: Final = Phrases(Path(__file__).with_name("differences.yaml"))


def kind(one: Kind, language: str) -> str:
    """Name a kind of difference."""
    return _PHRASES.say(one.value, language)


def distance(steps: int, language: str) -> str:
    """Say that a distance is the largest one: ``at most 2 ULP``; or that there is none."""
    if steps == floats.INCOMPARABLE:
        return _PHRASES.say("incomparable", language)
    return _PHRASES.say("most", language, steps=short(steps))


def short(steps: int) -> str:
    """Write a distance, a large one in powers of ten."""
    return f"{steps:,}" if steps < READABLE else f"{steps:.2e}"


def nearer(one: Difference, names: tuple[str, str], language: str) -> str:
    """Say at how many points each side is nearer to the true value; empty where that is not known, or neither is.

    :param names: of the two sides, the expected results first.
    """
    counts = [f"{name} {count:,}" for name, count in zip(names, one.nearer or (), strict=False) if count]
    return _PHRASES.say("nearer", language, counts=", ".join(counts)) if counts else ""


def float32(found: Differences, names: tuple[str, str], language: str) -> str:
    """Say which side looks like float32; empty where none does.

    :param names: of the two sides, the expected results first.
    """
    name = next((name for name, looks in zip(names, found.float32, strict=True) if looks), None)
    return "" if name is None else _PHRASES.say("float32", language, name=name)
