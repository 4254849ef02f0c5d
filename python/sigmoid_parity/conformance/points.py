"""The points at which a candidate is judged: the cases of the fixtures, and further ones, so that nobody passes by
knowing the cases.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import formats
from sigmoid_parity.cases import Fixture
from sigmoid_parity.conformance import samples as drawing
from sigmoid_parity.diagnosis import Catalogue, sieve
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.program.lines import NOTATIONS
from sigmoid_parity.port.functions import activation

Kind = Literal["x", "y"]
"""What a point is: an input of the sigmoid, or its output."""

X: Final = "x"
Y: Final = "y"

SAMPLES: Final = 100_000
"""How many points there are besides the cases."""

SEED: Final = 1
"""What they are drawn with."""

_NOTHING: Final = np.empty(0)


@dataclass(frozen=True, slots=True)
class Points:
    """Arguments, and what each is.

    :ivar x: the first argument, an input of the sigmoid where `is_x` says so; shape (n,).
    :ivar y: the sigmoid's output at each x, for candidates of two arguments; else the same array as `x`.
    :ivar is_x: which points can be taken for inputs of the sigmoid.
    :ivar is_y: which can be taken for its outputs.
    :ivar cases: the places of a function's cases, by its name.
    """

    x: Floats
    y: Floats
    is_x: NDArray[np.bool_]
    is_y: NDArray[np.bool_]
    cases: Mapping[str, slice]

    @property
    def whole(self) -> bool:
        """Whether there are all the numbers of a format, and no cases."""
        return not self.is_case.any()

    @property
    def is_case(self) -> NDArray[np.bool_]:
        """Which points are cases of the fixtures."""
        found = np.zeros(self.x.shape, np.bool_)
        for places in self.cases.values():
            found[places] = True
        return found

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


def single(
    fixtures: Sequence[Fixture],
    dtype: np.dtype[Any],
    further: Mapping[Kind, NDArray[np.float64]],
    aside: NDArray[np.float64] = _NOTHING,
) -> Points:
    """Return the points for candidates of one argument: all cases, and further points of one kind or both.

    :param fixtures: the cases.
    :param dtype: of the candidate; inputs are rounded once to it.
    :param further: points by their kind, float64.
    :param aside: points that count for no function, float64.
    """
    cases, done = {}, 0
    for fixture in fixtures:
        cases[fixture.function] = slice(done, done := done + fixture.inputs.size)
    parts = [(kind(one.function), one.inputs) for one in fixtures] + [("", aside)] + list(further.items())
    inputs = formats.rounded(np.concatenate([values for _, values in parts]), dtype)
    kinds = np.concatenate([np.full(values.shape, of, "U1") for of, values in parts])
    return Points(inputs, inputs, kinds == X, kinds == Y, cases)


def double(fixtures: Sequence[Fixture], dtype: np.dtype[Any], further: Mapping[Kind, NDArray[np.float64]]) -> Points:
    """Return the points for candidates of two arguments: all inputs x, each with the sigmoid's output y.

    :param fixtures: the cases; those of functions of y are left out.
    :param dtype: of the candidate; inputs are rounded once to it.
    :param further: points by their kind, float64; those of kind `Y` are left out.
    """
    own = [fixture.inputs for fixture in fixtures if kind(fixture.function) == X]
    done = sum(inputs.size for inputs in own)
    x = formats.rounded(np.concatenate([*own, *(inputs for of, inputs in further.items() if of == X)]), dtype)
    every = np.ones(x.shape, np.bool_)
    cases = {fixture.function: slice(0, done) for fixture in fixtures}
    return Points(x, _output(x), every, every, cases)


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
    return Points(x, x if arity == 1 else _output(x), marked, marked, none)


def _output(x: Floats) -> Floats:
    """Return the sigmoid of each input, in the same format."""
    return formats.rounded(np.asarray(activation(x.astype(np.float64))), x.dtype)


def samples(of: Kind, count: int, seed: int) -> NDArray[np.float64]:
    """Draw points of a kind; see `conformance.samples`.

    :param count: how many.
    :param seed: from 0 to 2^64 - 1.
    :returns: float64 of shape (count,).
    """
    draw = drawing.inputs if of == X else drawing.outputs
    return draw(count, seed)


def aside(catalogue: Catalogue) -> NDArray[np.float64]:
    """Return the points that count for no function: where libraries' exp differ, and where a diagnosis looks first."""
    first = [sieve.points(np.dtype(dtype)).astype(np.float64) for dtype in (np.float64, np.float32)]
    return np.concatenate([catalogue.exp_points, *first])


def recorded(fixtures: Sequence[Fixture], aside: NDArray[np.float64], count: int, seed: int) -> NDArray[np.float64]:
    """Return the points of a record: all cases, the points aside, and further ones, x before y.

    :param fixtures: the cases.
    :param aside: see `aside`.
    :param count: how many further points of each kind.
    :param seed: what they are drawn with.
    """
    further: dict[Kind, NDArray[np.float64]] = {X: samples(X, count, seed), Y: samples(Y, count, seed)}
    return single(fixtures, np.dtype(np.float64), further, aside).x.astype(np.float64)


def digest(values: NDArray[np.float64]) -> str:
    """Return the SHA-256 of points as a program of the protocol reads them, a line each, in hex digits."""
    return hashlib.sha256(lines(values)).hexdigest()


def lines(values: NDArray[np.float64]) -> bytes:
    """Write points as a program of the protocol reads them: the 16 hex digits of their encodings, a line each."""
    return NOTATIONS[False].write(values)
