"""Which element code under test is at: a number behind the data in the shared memory, known even after its end."""

from __future__ import annotations

import struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SIZE: Final = 8
"""Of the number, in bytes."""

UNKNOWN: Final = struct.pack("=q", -1)
"""What stands there before the first call, and where it is not known."""


def place(size: int) -> int:
    """Return where the number stands: behind the data, aligned.

    :param size: of all the data, in bytes.
    """
    return -(-size // SIZE) * SIZE


def read(number: bytes) -> int:
    """Return the number that the bytes hold; that of no element where the memory was truncated."""
    return int(struct.unpack("=q", number if len(number) == SIZE else UNKNOWN)[0])


def call(function: str, element: int, *arguments: NDArray[np.floating[Any]]) -> str | None:
    """Write the call that computes an element, such as ``Activation(0.5)``, or None where there is no such element.

    :param function: its name.
    :param element: the number of the element.
    :param arguments: each of shape (n,).
    """
    if not 0 <= element < arguments[0].size:
        return None
    return f"{function}({', '.join(str(values[element]) for values in arguments)})"
