"""Memory that two processes hold: what one writes the other reads, it grows, and it cannot shrink unnoticed."""

from __future__ import annotations

import errno
import os
import sys

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting.memory import NOWHERE, Memory, same
from sigmoid_parity.implementations.module import PythonTarget

DOUBLE = np.dtype(np.float64)


def test_both_sides_see_the_same() -> None:
    """Arguments, results and number cross for every count and format, in memory that is used again and grows."""
    memory = Memory.create()
    other = Memory(memory.descriptor)
    for count, dtype in ((0, DOUBLE), (3, np.dtype(np.float16)), (5, DOUBLE), (100_000, DOUBLE), (7, DOUBLE)):
        mine = memory.reserve(2, count, dtype)
        theirs = other.block(2, count, dtype)
        assert mine.number[0] == NOWHERE
        for place, argument in enumerate(mine.arguments):
            argument[:] = np.arange(count) + place
        theirs.results[:] = theirs.arguments[0] + theirs.arguments[1]
        theirs.number[0] = count - 1
        assert mine.results.tolist() == [2 * k + 1 for k in range(count)]
        assert mine.call("F") == (f"F({count - 1}.0, {count}.0)" if count else None)
    memory.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has memory that cannot shrink")
def test_it_cannot_be_truncated() -> None:
    """Whoever has the descriptor cannot make it smaller, which would end a process that has mapped it."""
    memory = Memory.create()
    memory.reserve(1, 1000, DOUBLE)
    with pytest.raises(PermissionError):
        os.ftruncate(memory.descriptor, 0)
    assert memory.whole
    memory.close()


def test_truncation_is_noticed_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is only a file, one that was truncated is told, and is made whole before it is used again."""
    monkeypatch.delattr(os, "memfd_create", raising=False)
    memory = Memory.create()
    memory.reserve(1, 1000, DOUBLE)
    os.ftruncate(memory.descriptor, 0)
    assert not memory.whole
    memory.reserve(1, 10, DOUBLE)
    assert memory.block(1, 1000, DOUBLE).results.tolist() == [0.0] * 1000
    memory.close()


def test_no_room_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no memory for the arrays, the error says so before anything is written."""

    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with PythonTarget("numpy:positive", dtype="float64").open() as found:
        monkeypatch.setattr(os, "posix_fallocate", full)
        with pytest.raises(HostError, match="no memory to share for 5 numbers: No space left on device"):
            found.candidates[0].compute(np.ones(5))


def test_same_means_the_same_bits() -> None:
    """+0 and -0 are told apart, two NaNs of the same bits are not."""
    values = np.array([0.0, 1.0, np.nan])
    assert same(values, values.copy())
    assert not same(values, np.array([-0.0, 1.0, np.nan]))
