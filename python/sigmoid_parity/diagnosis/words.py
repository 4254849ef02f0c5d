"""What is said of differences, in three languages: the phrases of ``differences.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sigmoid_parity import floats
from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.diagnosis.differences import Difference, Differences, Kind

_PHRASES: Final = Phrases(Path(__file__).with_name("differences.yaml"))


def kind(one: Kind, language: str) -> str:
    """Name a kind of difference."""
    return _PHRASES.say(one.value, language)


def distance(steps: int, language: str) -> str:
    """Write a distance for a table, in ULP: ``1,234``; or say that there is none."""
    return _PHRASES.say("incomparable", language) if steps == floats.INCOMPARABLE else floats.short(steps)


def at_most(steps: int, language: str) -> str:
    """Say that a distance is the largest one: ``at most 2 ULP``; or that there is none."""
    if steps == floats.INCOMPARABLE:
        return distance(steps, language)
    return _PHRASES.say("most", language, steps=floats.short(steps))


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
