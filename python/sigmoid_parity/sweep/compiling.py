"""Compiles the loops of a sweep by Numba where it is and the port's own are compiled, and leaves them elsewhere.

Importing this module imports Numba, if it is there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from sigmoid_parity.port.backends import choice

_F = TypeVar("_F", bound=Callable[..., Any])


def _compiles() -> bool:
    if choice.chosen().name == "plain" or os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return False
    try:
        import numba  # noqa: F401 - it is needed below
    except Exception:  # It is not installed, or has something against its environment: all works without it.
        return False
    return True


COMPILES: Final = _compiles()
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
