"""The inputs that every fixture has: chosen ones, and seeded samples over all of the doubles.

A fixture file may hold further cases, written by hand; those here are the ones that are always there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from sigmoid_parity import ulp

SEED: Final = 20261121
"""Seed of every sample, for Python's ``random.Random`` (MT19937)."""

_MIN_EXPONENT: Final = -1074
_MAX_EXPONENT: Final = 1023
_REACH: Final = 3  # Doubles on each side of a turning point.

_TURNING_POINTS: Final = (
    ("saturation", 36.7368005696771),
    ("exp-subnormal", 708.4),
    ("exp-subnormal-exact", 708.3964185322641),
    ("exp-overflow", 709.782712893384),
    ("exp-underflow", 745.13),
    ("exp-underflow-exact", 745.1332191019411),
)

_SPECIAL: Final = (
    ("zero-positive", 0.0),
    ("zero-negative", -0.0),
    ("infinity-positive", math.inf),
    ("infinity-negative", -math.inf),
    ("nan", math.nan),
    ("subnormal-smallest-positive", 5e-324),
    ("subnormal-smallest-negative", -5e-324),
    ("subnormal-largest-positive", 2.225073858507201e-308),
    ("subnormal-largest-negative", -2.225073858507201e-308),
    ("normal-smallest-positive", 2.2250738585072014e-308),
    ("normal-smallest-negative", -2.2250738585072014e-308),
    ("normal-largest-positive", 1.7976931348623157e308),
    ("normal-largest-negative", -1.7976931348623157e308),
    ("huge-positive", 1e308),
    ("huge-negative", -1e308),
)

_OUTSIDE: Final = (-1e-3, -0.5, -1.0, -2.0, -5.0, -700.0, 1.001, 1.5, 2.0, 5.0, 700.0, 1e154, -1e154, 1e155, -1e155)


@dataclass(frozen=True, slots=True)
class Input:
    """An argument with its permanent name and what it shows."""

    id: str
    value: float
    flags: tuple[str, ...]


def of(function: str) -> list[Input]:
    """Return the inputs of a function's fixture, in the order of the file."""
    return list({"activation": _activation, "d_activation": _d_activation}.get(function, _derivative)())


def _activation() -> Iterator[Input]:
    yield from _documents()
    yield from _special()
    yield from _turning_points()
    yield from _interior(600)
    yield from _binades(range(_MIN_EXPONENT, _MAX_EXPONENT + 1), (1, -1))


def _derivative() -> Iterator[Input]:
    yield from _documents()
    yield from _special()
    yield from _turning_points()
    yield from _interior(200)
    every_16th = range(_MIN_EXPONENT, _MAX_EXPONENT + 1, 16)
    yield from _binades(sorted({*range(-64, 11), *every_16th}), (1, -1))


def _d_activation() -> Iterator[Input]:
    yield from _special()
    for name, center in (("half", 0.5), ("one", 1.0)):
        yield from _around(name, center, ("neighbour",))
    for step in range(2, _REACH + 1):  # The first is among the special ones: the smallest subnormal.
        yield Input(f"zero-p{step}", step * 5e-324, ("neighbour",))
        yield Input(f"zero-m{step}", step * -5e-324, ("neighbour", "outside"))
    for index, value in enumerate(_OUTSIDE):
        yield Input(f"outside-{index:02}", value, ("outside",))
    yield from _binades(range(_MIN_EXPONENT, 0), (1,))
    yield from _binades(range(-60, 11, 4), (-1,), ("outside",))
    yield from _binades(range(0, _MAX_EXPONENT + 1, 16), (1,), ("outside",))
    yield from _uniform("unit", 400, 0.0, 1.0, ("interior",))


def _documents() -> Iterator[Input]:
    # numpy.arange(-5.0, 5.0, 0.1) takes its step from its first two elements, and so do its bits.
    step = (-5.0 + 0.1) - -5.0
    for index in range(100):
        yield Input(f"plot-{index:03}", -5.0 + index * step, ("plot",))
    for index, value in enumerate((0.5, 0.7, 0.9)):
        yield Input(f"network-input-{index}", value, ("network",))


def _special() -> Iterator[Input]:
    for name, value in _SPECIAL:
        yield Input(name, value, ("special",))


def _turning_points() -> Iterator[Input]:
    for name, center in _TURNING_POINTS:
        yield from _around(f"{name}-positive", center, ("turning-point",))
        yield from _around(f"{name}-negative", -center, ("turning-point",))


def _around(name: str, center: float, flags: tuple[str, ...]) -> Iterator[Input]:
    for step, value in enumerate(ulp.neighbours(center, _REACH).tolist(), -_REACH):
        suffix = f"-{'m' if step < 0 else 'p'}{abs(step)}" if step else ""
        yield Input(name + suffix, value, flags)


def _interior(count: int) -> Iterator[Input]:
    yield from _uniform("interior", count, -40.0, 40.0, ("interior",))


def _uniform(name: str, count: int, low: float, high: float, flags: tuple[str, ...]) -> Iterator[Input]:
    random = Random(SEED)
    for index in range(count):
        # low + (high - low) * random() spelt out: the sample must not depend on a library's formula.
        yield Input(f"{name}-{index:03}", low + (high - low) * (random.getrandbits(53) / 2**53), flags)


def _binades(exponents: Iterable[int], signs: tuple[int, ...], flags: tuple[str, ...] = ()) -> Iterator[Input]:
    for exponent in exponents:
        for sign in signs:
            value = sign * _sample(exponent, sign)
            place = f"{'m' if exponent < 0 else 'p'}{abs(exponent):04}"
            yield Input(f"binade-{place}-{'positive' if sign > 0 else 'negative'}", value, ("binade", *flags))


def _sample(exponent: int, sign: int) -> float:
    random = Random(SEED + (exponent - _MIN_EXPONENT) * 2 + (sign < 0))
    width = min(52, exponent - _MIN_EXPONENT)  # A subnormal binade has fewer bits to choose.
    return math.ldexp((1 << width) + random.getrandbits(width) if width else 1, exponent - width)
