"""Numbers as the bytes of their encodings, little-endian, for programs that are asked for billions of results."""

from __future__ import annotations

from typing import Final

import numpy as np

from sigmoid_parity.implementations.candidates import Floats

ARGUMENT: Final = "--binary"
"""What a program is given for it, behind all others."""


class Binary:
    """The bytes of the IEEE 754 encodings, one number after the other: 8 for binary64."""

    def write(self, values: Floats) -> bytes:
        """Write numbers."""
        return np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes()

    def answers(self, output: bytes, arguments: Floats) -> Floats:
        """Read a program's answers.

        :param output: what the program wrote.
        :param arguments: what it was given, shape (n,).
        :returns: of the arguments' dtype and shape.
        :raises ValueError: it did not answer each argument with one number.
        """
        dtype = arguments.dtype
        if len(output) != arguments.nbytes:
            raise ValueError(
                f"it wrote {len(output):,} bytes for {arguments.size:,} arguments; write {dtype.itemsize} for each"
            )
        return np.frombuffer(output, dtype.newbyteorder("<")).astype(dtype)
