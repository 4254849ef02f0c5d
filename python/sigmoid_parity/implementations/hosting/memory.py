"""Memory that two processes share, by its file descriptor: arrays are copied to it and from it."""

from __future__ import annotations

import os
import tempfile

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


def create() -> int:
    """Make memory that has no name, so that nothing is left behind, and return its file descriptor."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("sigmoid-parity")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def write(memory: int, data: Bytes, start: int) -> int:
    """Copy bytes to a place in the memory, and return where they end.

    :raises OSError: it has no room.
    """
    done = 0
    while done < data.size:
        done += os.pwrite(memory, data[done:].data, start + done)
    return start + done


def read(memory: int, target: Bytes, start: int) -> int:
    """Copy bytes from a place in the memory until the target is full, and return where they end.

    :raises EOFError: the memory ends before.
    """
    done = 0
    while done < target.size:
        found = os.preadv(memory, [target[done:].data], start + done)
        if not found:
            raise EOFError
        done += found
    return start + done
