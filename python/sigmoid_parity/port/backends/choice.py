"""Which kernel runs: the fastest one that is installed and has this platform's bits.

The environment variable ``SIGMOID_PARITY_GEAR`` (``vector``, ``loop`` or ``plain``) forces one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from sigmoid_parity.errors import UsageError
from sigmoid_parity.port.backends import probes

VARIABLE: Final = "SIGMOID_PARITY_GEAR"
NAMES: Final = ("vector", "loop", "plain")
"""The gears, fastest first."""

_WORDS: Final[Mapping[str, str]] = {
    "vector": "eight elements at a time, glibc's exp compiled by Numba",
    "loop": "the platform's exp, looped by Numba",
    "plain": "the platform's exp, called from Python",
}

Run = Callable[[int, Any, Any], None]


@dataclass(frozen=True, slots=True)
class Gear:
    """A kernel that has this platform's bits.

    :ivar name: ``"vector"``, ``"loop"`` or ``"plain"``.
    :ivar reason: why it runs and no faster one, in words.
    :ivar run: computes; takes a function's number, a source and a target (see `loop.run`).
    """

    name: str
    reason: str
    run: Run


@cache
def chosen() -> Gear:
    """Return the gear that runs: the forced one, or the fastest that has the platform's bits; decided once.

    :raises UsageError: the forced one is unknown, needs Numba where there is none, or has other bits.
    """
    forced = os.environ.get(VARIABLE)
    return _forced(forced) if forced else _fastest()


def _fastest() -> Gear:
    passed_over: list[str] = []
    for name in NAMES:
        run, problem = _examine(name)
        if run is not None:
            return Gear(name, "; ".join([_WORDS[name], *passed_over]), run)
        passed_over.append(f"{name}: {problem}")
    raise AssertionError("the plain gear is what the others are measured by")


def _forced(name: str) -> Gear:
    if name not in NAMES:
        raise UsageError(f"{VARIABLE} is {name!r}; it may be {', '.join(NAMES)}")
    run, problem = _examine(name)
    if run is None:
        raise UsageError(f"{VARIABLE} asks for the gear {name!r}, which cannot run here: {problem}")
    return Gear(name, f"{_WORDS[name]}; forced by {VARIABLE}", run)


def _examine(name: str) -> tuple[Run | None, str]:
    try:
        run: Run = import_module(f"sigmoid_parity.port.backends.{name}").run
    except ImportError as error:
        return None, f"{error.name or error} is not installed (extra fast)"
    different = probes.differing(run)
    return (None, f"another exp than this platform's, at {different[0]!r}") if different else (run, "")
