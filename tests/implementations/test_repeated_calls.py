"""Functions that give another value at another call are found, and those that use their memory again are no fault."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from tests.implementations.functions import ALL, ARRAYS, one


@pytest.mark.parametrize("name", ALL)
def test_another_value_at_another_call_is_found(name: str) -> None:
    """A function that counts its calls, or draws random numbers, is no function of its argument."""
    generator = np.random.default_rng(0)
    candidate = one(lambda x: x + generator.random(np.shape(x), np.float32), name)
    with pytest.raises(HostError, match=rf"f\({name[2:-1]}\) at 7\.0: it gave .*, and at another call .*; its result"):
        candidate.compute(np.full(3, 7.0, candidate.dtype))


@pytest.mark.parametrize("name", ARRAYS)
def test_another_value_in_the_same_buffer_is_found(name: str) -> None:
    """Results of two calls are compared even where the second call overwrites those of the first."""
    buffer, calls = np.empty(3, name[2:9]), itertools.count()

    def counts(x: Any) -> Any:
        np.copyto(buffer, next(calls), casting="unsafe")
        return buffer[: len(x)]

    with pytest.raises(HostError, match="and at another call"):
        one(counts, name).compute(np.zeros(3, name[2:9]))


@pytest.mark.parametrize("name", ALL)
def test_buffers_that_are_used_again_are_no_fault(name: str) -> None:
    """A function may keep what it was given, write to it later, and give the same object again and again."""
    kept: list[Any] = []
    shared: dict[tuple[int, ...], Any] = {}

    def keeps(x: Any) -> Any:
        for old in kept:
            if isinstance(old, np.ndarray):
                old[...] = -1.0
        kept[:] = [x]
        buffer = shared.setdefault((*np.shape(x), np.asarray(x).itemsize), np.empty_like(x))
        buffer[...] = x
        return buffer

    candidate = one(keeps, name)
    inputs = np.arange(20.0, dtype=candidate.dtype)
    assert candidate.compute(inputs).tolist() == list(range(20))
    assert inputs.tolist() == list(range(20))
