"""A candidate that throws at some points is judged at all the others, and is not asked too often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from sigmoid_parity.conformance.calling import call
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats


@dataclass
class Picky:
    """Doubles its arguments, but throws where one of them is refused."""

    refuses: Callable[[Floats], NDArray[np.bool_]]
    kind: str = "throw"
    owner: str = ""
    name: str = "picky(float)"
    arity: int = 1
    dtype: np.dtype[np.float64] = field(default_factory=lambda: np.dtype(np.float64))
    calls: int = 0

    def compute(self, *arguments: Floats) -> Floats:
        self.calls += 1
        if np.any(self.refuses(arguments[0])):
            raise HostError("here", self.kind, "refused")
        return np.asarray(2.0 * arguments[0])


@given(arrays(np.float64, st.integers(1, 300), elements=st.floats(-100, 100)), st.floats(-100, 100))
def test_every_other_point_has_its_result(inputs: Floats, border: float) -> None:
    """Whatever lies beyond a border throws; every point on this side of it has its own result."""
    candidate = Picky(lambda x: x < border)
    refused = inputs < border
    if refused.all():
        with pytest.raises(HostError, match="refused"):
            call(candidate, [inputs])
        return
    answers = call(candidate, [inputs])
    assert np.array_equal(answers.threw, refused)
    assert np.array_equal(answers.results[answers.given], 2.0 * inputs[~refused])
    assert (answers.error is not None) == bool(refused.any())


def test_a_point_here_and_there() -> None:
    """NaN and both infinities throw, at the ends of the points' order: all else has its result."""
    inputs = np.array([np.nan, 1.0, np.inf, -np.inf, *np.linspace(-5.0, 5.0, 5_000)])
    answers = call(Picky(lambda x: ~np.isfinite(x)), [inputs])
    assert np.array_equal(answers.threw, ~np.isfinite(inputs))


def test_calls_are_bounded() -> None:
    """A candidate that throws at every other of 100,000 points is called some hundred times, not as often."""
    inputs = np.arange(100_000.0)
    candidate = Picky(lambda x: x % 2 == 1)
    answers = call(candidate, [inputs])
    assert candidate.calls < 3_000
    assert not answers.threw[0]
    assert np.array_equal(answers.results[answers.given], 2.0 * inputs[answers.given])


@pytest.mark.parametrize("kind", ["crash", "hang"])
def test_a_crash_is_not_tried_again(kind: str) -> None:
    """What ended the process, or hung, is an error at once: it would cost its time limit again and again."""
    candidate = Picky(lambda x: x == 3.0, kind)
    with pytest.raises(HostError, match="refused"):
        call(candidate, [np.arange(100.0)])
    assert candidate.calls == 1
