"""Memory that two processes hold: arguments, results behind them, and the number of the element that code is at."""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.implementations.candidates import Floats

NOWHERE: Final = -1
"""The number where code is at no element, or it is not known at which."""

NO_ARRAYS: Final = (0, 0, np.dtype(np.float64))
"""What to ask for where the number alone is wanted."""

_NUMBER: Final = np.dtype(np.int64)


@dataclass(frozen=True, slots=True)
class Block:
    """The memory of one call.

    :ivar arguments: an array for each argument, each of shape (n,).
    :ivar results: of that shape too.
    :ivar number: of the element that the code is at, int64 of shape (1,).
    """

    arguments: Sequence[Floats]
    results: Floats
    number: NDArray[np.int64]

    @property
    def addresses(self) -> list[int]:
        """The address of each array of arguments, of the results, and of the number."""
        return [array.ctypes.data for array in (*self.arguments, self.results, self.number)]

    def call(self, function: str) -> str | None:
        """Write the call of a function that it is at, such as ``Activation(0.5)``; None where that is not known."""
        return call(function, int(self.number[0]), *self.arguments)


class Blocks(Protocol):
    """Where a session finds the memory of a call."""

    def block(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:
        """Return it.

        :param arity: how many arrays of arguments there are.
        :param count: how many elements each array has.
        :param dtype: of all arrays.
        """


class Memory:
    """Memory behind a file descriptor, mapped when it is first needed and when more of it is."""

    def __init__(self, descriptor: int) -> None:
        """Take the descriptor; nothing is mapped yet."""
        self.descriptor = descriptor
        self._mapped: mmap.mmap | None = None
        self._size = 0

    @classmethod
    def create(cls) -> Memory:
        """Make memory that has no name, so that nothing is left behind, and that cannot shrink, where there is such."""
        if not hasattr(os, "memfd_create"):
            with tempfile.TemporaryFile() as file:
                return cls(os.dup(file.fileno()))
        import fcntl  # Systems without such memory need not have it.

        descriptor = os.memfd_create("sigmoid-parity", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
        return cls(descriptor)

    @property
    def whole(self) -> bool:
        """Whether all that is mapped is still there: where memory can shrink, reading it could end this process."""
        return os.fstat(self.descriptor).st_size >= self._size

    def reserve(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:
        """Make sure that the memory of a call is there, and return it, at no element; see `Blocks`.

        :raises OSError: it has no room.
        """
        size = _place(arity, count, dtype) + _NUMBER.itemsize
        if size > self._size or not self.whole:
            # Not ftruncate: memory that is not there must fail here, and not at a write in the child.
            os.posix_fallocate(self.descriptor, 0, max(size, self._size))
        block = self.block(arity, count, dtype)
        block.number[0] = NOWHERE
        return block

    def block(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:
        """Return the memory of a call that the other process has reserved; see `Blocks`."""
        size = _place(arity, count, dtype) + _NUMBER.itemsize
        if self._mapped is None or size > self._size:
            self._mapped, self._size = mmap.mmap(self.descriptor, size), size
        rows = np.frombuffer(self._mapped, dtype, (arity + 1) * count).reshape(arity + 1, count)
        number = np.frombuffer(self._mapped, _NUMBER, 1, _place(arity, count, dtype))
        return Block(tuple(rows[:arity]), rows[arity], number)

    def close(self) -> None:
        """Give it back; what is mapped stays until its arrays are gone."""
        os.close(self.descriptor)


def call(function: str, element: int, *arguments: Floats) -> str | None:
    """Write the call that computes an element, such as ``Activation(0.5)``, or None where there is no such element.

    :param function: its name.
    :param element: the number of the element.
    :param arguments: each of shape (n,).
    """
    if not 0 <= element < arguments[0].size:
        return None
    return f"{function}({', '.join(str(values[element]) for values in arguments)})"


def same(one: Floats, other: Floats) -> bool:
    """Tell whether two arrays of one dtype have the same bits; contiguous, of shape (n,)."""
    word = f"u{one.itemsize}"
    return one.size == other.size and bool((one.view(word) == other.view(word)).all())


def _place(arity: int, count: int, dtype: np.dtype[Any]) -> int:
    """Return where the number stands: behind the data, aligned."""
    return -(-(arity + 1) * count * dtype.itemsize // _NUMBER.itemsize) * _NUMBER.itemsize
