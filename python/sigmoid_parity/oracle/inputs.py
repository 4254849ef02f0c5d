"""The inputs that every fixture has: chosen ones, and seeded samples over all of the doubles.

A fixture file may hold further cases, written by hand; those here are the ones that are always there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from sigmoid_parity import floats
from sigmoid_parity.functions import OVERFLOW_BELOW, SATURATED_FROM, SUM_TIES, VANISHES_FROM

SEED: Final = 20261121
"""Seed of every sample, for Python's ``random.Random`` (MT19937)."""

SEEDED: Final[Mapping[str, Any]] = {"seed": SEED, "random": "Python random.Random (MT19937)"}
"""How the samples are drawn, as a file's head says it."""

REGIONS: Final = ("overflow", "cancellation", "saturated", "sum-tie")
"""All flags that `region` gives."""

_MIN_EXPONENT: Final = -1074
_MAX_EXPONENT: Final = 1023
_BRANCH: Final = 2.0794415416798357  # 3 ln 2: exp(-x) is 1 / 8, where the formula of `stable_derivative` branches.
_REACH: Final = 3  # Doubles on each side of a turning point.
_MORE: Final = 7919  # Added to the seed for samples that came later, so that they are new ones.

_TURNING_POINTS: Final = (
    ("saturation", 36.7368005696771),
    ("exp-subnormal", 708.4),
    ("exp-subnormal-exact", 708.3964185322641),
    ("exp-overflow", 709.782712893384),
    ("exp-underflow", 745.13),
    ("exp-underflow-exact", 745.1332191019411),
)

_SPECIAL: Final = (
    ("zero", 0.0),
    ("infinity", math.inf),
    ("nan", math.nan),
    ("subnormal-smallest", 5e-324),
    ("subnormal-largest", 2.225073858507201e-308),
    ("normal-smallest", 2.2250738585072014e-308),
    ("normal-largest", 1.7976931348623157e308),
    ("huge", 1e308),
)

_FLOAT32: Final = (
    ("float32-one", 16.6355323791503906),
    ("float32-subnormal", 87.3365478515625),
    ("float32-overflow", 88.7228393554687500),
    ("float32-underflow", 103.9720840454101562),
)
"""Floats at which a sigmoid in float32 rounds to 1, turns subnormal, overflows its exp, or underflows."""

_WORST: Final = (-36.81574105198073, 4.209726417993205, 2.7750923817117368, 6.929798159973886)
"""Where glibc's exp, 1 ULP from the correctly rounded one, or an uncompensated sum does most harm."""

_WHOLE: Final = (*range(1, 41), 64, 100, 256, 512, 700, 709, 745)

_OUTSIDE: Final = (-1e-3, -0.5, -1.0, -2.0, -5.0, -700.0, 1.001, 1.5, 2.0, 5.0, 700.0, 1e154, -1e154, 1e155, -1e155)


@dataclass(frozen=True, slots=True)
class Input:
    """An argument with its permanent name, what it shows, and what to know of it alone."""

    id: str
    value: float
    flags: tuple[str, ...]
    note: str | None = None


def of(function: str) -> list[Input]:
    """Return the inputs of a function's fixture, in the order of the file."""
    inputs = {
        "activation": _activation,
        "d_activation": _d_activation,
        "derivative": _derivative,
        "stable_derivative": _stable_derivative,
    }
    return list(inputs[function]())


def region(function: str, value: float) -> tuple[str, ...]:
    """Return the flags that follow from where an input lies: the formula cannot be accurate there; mostly none."""
    if function not in ("activation", "derivative"):
        return ()
    if value < OVERFLOW_BELOW:
        return ("overflow",)
    if SUM_TIES[0] < value < SUM_TIES[1]:
        return ("sum-tie",)
    if function == "activation" or not value > 0.0:
        return ()
    return ("saturated",) if value >= SATURATED_FROM else ("cancellation",)


def uniform(random: Random, low: float, high: float) -> float:
    """Draw a double from low on, below high."""
    # Random.uniform spelt out: the sample must not depend on a library's formula.
    return low + (high - low) * (random.getrandbits(53) / 2**53)


def _activation() -> Iterator[Input]:
    yield from _chosen()
    yield from _uniform("interior", 600, -40.0, 40.0, "interior")
    yield from _binades(range(_MIN_EXPONENT, _MAX_EXPONENT + 1), (1, -1))
    yield from _later()
    yield from _uniform("subnormal", 40, OVERFLOW_BELOW, -708.4, "subnormal", SEED + _MORE)


def _derivative() -> Iterator[Input]:
    yield from _chosen()
    yield from _uniform("interior", 200, -40.0, 40.0, "interior")
    yield from _later()
    every_16th = range(_MIN_EXPONENT, _MAX_EXPONENT + 1, 16)
    yield from _binades(sorted({*range(-64, 11), *every_16th}), (1, -1))


def _stable_derivative() -> Iterator[Input]:
    yield from _derivative()
    for name, sign in (("positive", 1.0), ("negative", -1.0)):
        yield from _around(f"branch-{name}", sign * _BRANCH, "turning-point")
        yield from _uniform(f"subnormal-{name}", 20, sign * 708.4, sign * VANISHES_FROM, "subnormal", SEED + _MORE)


def _d_activation() -> Iterator[Input]:
    yield from _signed(_SPECIAL, "special")
    yield from _around("half", 0.5, "neighbour")
    for entry in _around("one", 1.0, "neighbour"):
        yield entry if entry.value <= 1.0 else replace(entry, flags=("neighbour", "outside"))
    yield from _signed(((f"two-to-minus-{power}", 2.0**-power) for power in (53, 54)), "tie", below="outside")
    yield from _signed([("two-to-512", 2.0**512)], "outside")
    for step in range(2, _REACH + 1):  # The first is among the special ones: the smallest subnormal.
        yield Input(f"zero-p{step}", step * 5e-324, ("neighbour",))
        yield Input(f"zero-m{step}", step * -5e-324, ("neighbour", "outside"))
    yield from (Input(f"outside-{index:02}", value, ("outside",)) for index, value in enumerate(_OUTSIDE))
    yield from _binades(range(_MIN_EXPONENT, 0), (1,))
    yield from _binades(range(-60, 11, 4), (-1,), "outside")
    yield from _binades(range(0, _MAX_EXPONENT + 1, 16), (1,), "outside")
    yield from _uniform("unit", 400, 0.0, 1.0, "interior")


def _chosen() -> Iterator[Input]:
    # numpy.arange(-5.0, 5.0, 0.1) takes its step from its first two elements, and so do its bits.
    step = (-5.0 + 0.1) - -5.0
    yield from (Input(f"plot-{index:03}", -5.0 + index * step, ("plot",)) for index in range(100))
    yield from (Input(f"network-input-{index}", value, ("network",)) for index, value in enumerate((0.5, 0.7, 0.9)))
    yield from _signed(_SPECIAL, "special")
    for turning in _signed(_TURNING_POINTS, "turning-point"):
        yield from _around(turning.id, turning.value, "turning-point")


def _later() -> Iterator[Input]:
    yield from _uniform("sum-tie", 40, *SUM_TIES, "interior", SEED + _MORE)
    yield from (Input(f"worst-{index}", value, ("worst",)) for index, value in enumerate(_WORST))
    yield from _signed(((f"whole-{number:03}", float(number)) for number in _WHOLE), "whole")
    yield from _signed(_FLOAT32, "float32")


def _signed(named: Iterable[tuple[str, float]], flag: str, below: str | None = None) -> Iterator[Input]:
    """Give each value with both signs, NaN as it is; negative ones carry one more flag if asked for."""
    for name, value in named:
        if math.isnan(value):
            yield Input(name, value, (flag,))
            continue
        yield Input(f"{name}-positive", value, (flag,))
        yield Input(f"{name}-negative", -value, (flag, below) if below else (flag,))


def _around(name: str, center: float, flag: str) -> Iterator[Input]:
    for step, value in enumerate(floats.neighbours(center, _REACH).tolist(), -_REACH):
        suffix = f"-{'m' if step < 0 else 'p'}{abs(step)}" if step else ""
        yield Input(name + suffix, value, (flag,))


def _uniform(name: str, count: int, low: float, high: float, flag: str, seed: int = SEED) -> Iterator[Input]:
    random = Random(seed)
    for index in range(count):
        yield Input(f"{name}-{index:03}", uniform(random, low, high), (flag,))


def _binades(exponents: Iterable[int], signs: tuple[int, ...], *flags: str) -> Iterator[Input]:
    for exponent in exponents:
        for sign in signs:
            place = f"{'m' if exponent < 0 else 'p'}{abs(exponent):04}"
            name = f"binade-{place}-{'positive' if sign > 0 else 'negative'}"
            yield Input(name, sign * _sample(exponent, sign), ("binade", *flags))


def _sample(exponent: int, sign: int) -> float:
    random = Random(SEED + (exponent - _MIN_EXPONENT) * 2 + (sign < 0))
    width = min(52, exponent - _MIN_EXPONENT)  # A subnormal binade has fewer bits to choose.
    return math.ldexp((1 << width) + random.getrandbits(width) if width else 1, exponent - width)
