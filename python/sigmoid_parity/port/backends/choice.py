"""Which backend runs: the fastest one that is installed and has this platform's bits.

The environment variable ``SIGMOID_PARITY_BACKEND`` (``vector``, ``loop`` or ``plain``) forces one.
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

VARIABLE: Final = "SIGMOID_PARITY_BACKEND"
NAMES: Final = ("vector", "loop", "plain")
"""The backends, fastest first."""

_WORDS: Final[Mapping[str, str]] = {
    "vector": "eight elements at a time, glibc's exp compiled by LLVM",
    "loop": "the platform's exp, looped by LLVM",
    "plain": "the platform's exp, called from Python",
}

Kernel = Callable[[Any, Any], Any]
Kernels = Mapping[str, Kernel]
Direct = Callable[[str, Kernel], Kernel]


@dataclass(frozen=True, slots=True)
class Backend:
    """Loops over arrays that have this platform's bits.

    :ivar name: ``"vector"``, ``"loop"`` or ``"plain"``.
    :ivar reason: why it runs and no faster one, in words.
    :ivar kernels: the functions by name; each takes a source and a target (see `loop.KERNELS`).
    :ivar direct: takes a function's name and what computes it for any array; gives what does the same, and the most
        common arrays with no detour through Python.
    """

    name: str
    reason: str
    kernels: Kernels
    direct: Direct


@cache
def chosen() -> Backend:
    """Return the backend that runs: the forced one, or the fastest that has the platform's bits; decided once.

    :raises UsageError: the forced one is unknown, needs llvmlite where there is none, or has other bits.
    """
    forced = os.environ.get(VARIABLE)
    return _forced(forced) if forced else _fastest()


def kernels() -> Kernels:
    """Return the kernels of the backend that runs.

    :raises UsageError: as `chosen` does.
    """
    return chosen().kernels


def _fastest() -> Backend:
    passed_over: list[str] = []
    for name in NAMES:
        module, problem = _examine(name)
        if module is not None:
            return Backend(name, "; ".join([_WORDS[name], *passed_over]), module.KERNELS, module.direct)
        passed_over.append(f"{name}: {problem}")
    raise AssertionError("the plain backend is what the others are measured by")


def _forced(name: str) -> Backend:
    if name not in NAMES:
        raise UsageError(f"{VARIABLE} is {name!r}; use one of {', '.join(NAMES)}")
    module, problem = _examine(name)
    if module is None:
        raise UsageError(f"{VARIABLE} asks for the backend {name!r}, which cannot run here: {problem}")
    return Backend(name, f"{_WORDS[name]}; forced by {VARIABLE}", module.KERNELS, module.direct)


def _examine(name: str) -> tuple[Any, str]:
    try:
        module = import_module(f"sigmoid_parity.port.backends.{name}")
    except ImportError as error:
        return None, f"{error.name or error} is not installed (extra fast)"
    except Exception as error:  # Whatever LLVM has against this machine, the functions work without it.
        return None, f"it cannot be compiled here: {error}"
    different = probes.differing(module.KERNELS)
    return (None, f"another exp than this platform's, at {different[0]!r}") if different else (module, "")
