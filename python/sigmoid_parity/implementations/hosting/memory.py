"""Memory that two processes share, by its file descriptor: arrays are copied to it and from it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def create() -> int:
    """Make memory that has no name, so that nothing is left behind, and return its file descriptor."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("sigmoid-parity")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def put(memory: int, arrays: Sequence[NDArray[Any]], start: int = 0) -> int:
    """Copy arrays to a place in the memory, one behind the other, and return where they end.

    :param arrays: contiguous, of shape (n,).
    :raises OSError: it has no room.
    """
    for array in arrays:
        left = array.view(np.uint8)
        while left.size:
            done = os.pwrite(memory, left.data, start)
            left, start = left[done:], start + done
    return start


def get(memory: int, arrays: Sequence[NDArray[Any]], start: int = 0) -> int:
    """Copy from a place in the memory until the arrays are full, one after the other, and return where they end.

    :param arrays: as for `put`; overwritten.
    :raises EOFError: the memory ends before.
    """
    for array in arrays:
        left = array.view(np.uint8)
        while left.size:
            done = os.preadv(memory, [left.data], start)
            if not done:
                raise EOFError
            left, start = left[done:], start + done
    return start


def same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Tell whether two arrays have the same bytes; contiguous, of shape (n,)."""
    return np.array_equal(one.view(np.uint8), other.view(np.uint8))
