"""The points at which a candidate is judged: the cases of the fixtures, and further ones, so that nobody passes by
knowing the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, formats
from sigmoid_parity.cases import Fixture
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.port.functions import activation

Kind = Literal["x", "y"]
"""What a point is: an input of the sigmoid, or its output."""

X: Final = "x"
Y: Final = "y"

_FAR: Final = 745.0
_NEAR: Final = 40.0


@dataclass(frozen=True, slots=True)
class Points:
    """Arguments, and what each is.

    :ivar x: the first argument, an input of the sigmoid where `is_x` says so; shape (n,).
    :ivar y: the sigmoid's output at each x, for candidates of two arguments; else the same array as `x`.
    :ivar is_x: which points can be taken for inputs of the sigmoid.
    :ivar is_y: which can be taken for its outputs.
    :ivar cases: the places of a function's cases, by its name.
    :ivar samples: how many points at the end are no cases.
    """

    x: Floats
    y: Floats
    is_x: NDArray[np.bool_]
    is_y: NDArray[np.bool_]
    cases: Mapping[str, slice]
    samples: int = 0

    @property
    def whole(self) -> bool:
        """Whether there are all the numbers of a format, and no cases."""
        return self.samples == self.x.size

    @property
    def is_case(self) -> NDArray[np.bool_]:
        """Which points are cases of the fixtures."""
        return np.arange(self.x.size) < self.x.size - self.samples

    def of(self, function: str) -> NDArray[np.bool_]:
        """Return which points are for a function: its own cases, and the further points of its kind."""
        chosen = ~self.is_case & (self.is_x if kind(function) == X else self.is_y)
        chosen[self.cases[function]] = True
        return chosen

    def argument(self, function: str) -> Floats:
        """Return what a function takes, of each point."""
        return self.x if kind(function) == X else self.y


def kind(function: str) -> Kind:
    """Return what a function takes: `X`, the input of the sigmoid, or `Y`, its output."""
    return X if FUNCTIONS[function].argument.startswith(X) else Y


def single(fixtures: Sequence[Fixture], dtype: np.dtype[Any], further: Mapping[Kind, NDArray[np.float64]]) -> Points:
    """Return the points for candidates of one argument: all cases, and further points of one kind or both.

    :param fixtures: the cases.
    :param dtype: of the candidate; inputs are rounded once to it.
    :param further: points by their kind, float64.
    """
    cases: dict[str, slice] = {}
    parts, marks, done = [], [], 0
    for fixture in fixtures:
        cases[fixture.function] = slice(done, done := done + fixture.inputs.size)
        parts.append(fixture.inputs)
        marks.append(np.full(fixture.inputs.shape, kind(fixture.function) == X))
    for of, more in further.items():
        parts.append(more)
        marks.append(np.full(more.shape, of == X))
    inputs, is_x = rounded(np.concatenate(parts), dtype), np.concatenate(marks)
    return Points(inputs, inputs, is_x, ~is_x, cases, inputs.size - done)


def double(fixtures: Sequence[Fixture], dtype: np.dtype[Any], further: Mapping[Kind, NDArray[np.float64]]) -> Points:
    """Return the points for candidates of two arguments: all inputs x, each with the sigmoid's output y.

    :param fixtures: the cases; those of functions of y are left out.
    :param dtype: of the candidate; inputs are rounded once to it.
    :param further: points by their kind, float64; those of kind `Y` are left out.
    """
    own = [fixture.inputs for fixture in fixtures if kind(fixture.function) == X]
    done = sum(inputs.size for inputs in own)
    x = rounded(np.concatenate([*own, *(inputs for of, inputs in further.items() if of == X)]), dtype)
    every = np.ones(x.shape, np.bool_)
    cases = {fixture.function: slice(0, done) for fixture in fixtures}
    return Points(x, _output(x), every, every, cases, x.size - done)


def entire(fixtures: Sequence[Fixture], dtype: np.dtype[Any], arity: int) -> Points:
    """Return all the numbers of a format, for candidates of one argument or two; NaNs as quiet ones.

    :param fixtures: the cases, of which none is needed.
    :param dtype: of the candidate, of 8 or 16 bits.
    :param arity: 1, each number being taken for x and for y; or 2, each being x, with the sigmoid's output y.
    """
    x = formats.every(dtype)
    with np.errstate(invalid="ignore"):  # What is quiet afterwards.
        x = np.where(np.isnan(x), np.asarray(np.nan, dtype), x)
    none = {fixture.function: slice(0, 0) for fixture in fixtures}
    marked = np.ones(x.shape, np.bool_)
    return Points(x, x if arity == 1 else _output(x), marked, marked, none, x.size)


def _output(x: Floats) -> Floats:
    """Return the sigmoid of each input, in the same format."""
    return rounded(np.asarray(activation(x.astype(np.float64))), x.dtype)


def rounded(values: Floats, dtype: np.dtype[Any]) -> Floats:
    """Round numbers once to a format."""
    return formats.rounded(values, dtype)


def samples(of: Kind, count: int, seed: int) -> NDArray[np.float64]:
    """Draw points of a kind; the same ones for the same seed.

    Inputs x: a half uniform in +-40, a quarter uniform in +-745, a quarter of random bits. Outputs y: a half uniform in
    [0, 1), a quarter close to 0 or 1, with uniform exponents, a quarter of random bits.

    :param count: how many.
    :param seed: of the generator, PCG64.
    :returns: float64 of shape (count,).
    """
    draw = np.random.default_rng([seed, ord(of)])
    half, quarter = count - 2 * (count // 4), count // 4
    if of == X:
        parts = [draw.uniform(-_NEAR, _NEAR, half), draw.uniform(-_FAR, _FAR, quarter)]
    else:
        small = np.exp2(-draw.uniform(1.0, 60.0, quarter))
        parts = [draw.random(half), np.where(draw.integers(0, 2, quarter, np.bool_), small, 1.0 - small)]
    parts.append(floats.from_bits(draw.integers(0, 2**64, quarter, np.uint64)))
    return np.concatenate(parts)
