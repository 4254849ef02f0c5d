"""Compiles the loops of a sweep by Numba where the port's own are compiled, and leaves them as they are elsewhere.

Importing this module imports Numba, if it is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from sigmoid_parity.port.backends import choice

_F = TypeVar("_F", bound=Callable[..., Any])

COMPILES: Final = choice.chosen().name != "plain"
"""Whether loops are compiled here."""


def compiled(function: _F) -> _F:
    """Compile a function of numbers and arrays when it is first called, and keep the code in Numba's cache on disk."""
    if not COMPILES:
        return function
    from numba import njit

    # Numba's cache looks at one file's date, and would keep code made of older versions of another.
    function.__qualname__ += f"_{_DIGEST}"
    loop: Any = njit(nogil=True, cache=True, error_model="numpy")(function)
    return cast("_F", loop)


def _digest() -> str:
    total = hashlib.sha256()
    for name in ("hashing.py", "counting.py"):
        total.update(Path(__file__).with_name(name).read_bytes())
    return total.hexdigest()[:16]


_DIGEST: Final = _digest()
