"""The shared memory of one call: arguments, results behind them, and the number of the element that it is at."""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np

from sigmoid_parity.implementations.hosting import progress


class Block:
    """The memory of one call, mapped.

    :ivar arrays: the address of each array of arguments, and that of the results.
    :ivar at: the address of the number.
    """

    def __init__(self, memory: int, arity: int, count: int, dtype: np.dtype[Any]) -> None:
        """Map it.

        :param memory: its file descriptor.
        :param arity: how many arrays of arguments there are.
        :param count: how many elements each array has.
        :param dtype: of all arrays.
        """
        size = count * dtype.itemsize
        self._place = progress.place((arity + 1) * size)
        self._mapped = mmap.mmap(memory, self._place + progress.SIZE)
        self._arguments = np.frombuffer(self._mapped, dtype, arity * count).reshape(arity, count)
        start = self._arguments.ctypes.data
        self.arrays = [start + number * size for number in range(arity + 1)]
        self.at = start + self._place

    def call(self, function: str) -> str | None:
        """Write the call that it is at, or None where that is not known."""
        element = progress.read(self._mapped[self._place :])
        return progress.call(function, element, *self._arguments)
