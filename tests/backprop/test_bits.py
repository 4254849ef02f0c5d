"""A step has the bits of the order that fixtures/README.md states, one operation of Python's floats at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop import product
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.errors import NetworkError
from sigmoid_parity.port.functions import activation, d_activation

Doubles = NDArray[np.float64]
Matrix = list[list[float]]
SIZES = st.sampled_from([1, 2, 5, 12, 40])
USUAL = st.floats(-3.0, 3.0)
EXTREME = st.sampled_from([0.0, -0.0, 5e-324, -1e-310, 1e-160, -750.0, 1e160, -1e308])


def multiplied(left: Matrix, right: Matrix) -> Matrix:
    """Multiply two matrices: the first product, and each next one added to that."""

    def element(row: list[float], column: tuple[float, ...]) -> float:
        total = row[0] * column[0]
        for one, other in zip(row[1:], column[1:], strict=True):
            total = total + one * other
        return total

    return [[element(row, column) for column in zip(*right, strict=True)] for row in left]


def transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


class Step:
    """A step in Python's floats; `finite` says whether all that it computed was."""

    def __init__(self, weights: list[Matrix], x: Matrix, target: Matrix, rate: float) -> None:
        sums, outputs = [], [x]
        for matrix in weights:
            sums.append(multiplied(outputs[-1], matrix))
            outputs.append([[activation(value) for value in row] for row in sums[-1]])
        error = [[t - y for t, y in zip(*rows, strict=True)] for rows in zip(target, outputs[-1], strict=True)]
        squares = [e * e for row in error for e in row]
        total = squares[0]
        for square in squares[1:]:
            total = total + square
        self.loss = 0.5 * total
        deltas = [self._sloped(error, outputs[-1])]
        for matrix, output in zip(weights[:0:-1], outputs[-2:0:-1], strict=True):
            deltas.insert(0, self._sloped(multiplied(deltas[0], transposed(matrix)), output))
        self.weights = [
            [[w - -p * rate for w, p in zip(*rows, strict=True)] for rows in zip(matrix, found, strict=True)]
            for matrix, found in zip(
                weights, (multiplied(transposed(i), d) for i, d in zip(outputs, deltas, strict=False)), strict=True
            )
        ]
        self.finite = all(map(math.isfinite, self._numbers([[squares, [self.loss]], *sums, *deltas, *self.weights])))

    @staticmethod
    def _sloped(values: Matrix, outputs: Matrix) -> Matrix:
        return [[v * d_activation(y) for v, y in zip(*rows, strict=True)] for rows in zip(values, outputs, strict=True)]

    @staticmethod
    def _numbers(matrices: list[Matrix]) -> Iterator[float]:
        return (value for matrix in matrices for row in matrix for value in row)


def drawn(data: st.DataObject, elements: st.SearchStrategy[float], *shape: int) -> Doubles:
    return data.draw(arrays(np.float64, shape, elements=elements))


@settings(deadline=None)
@given(
    st.data(),
    st.lists(st.integers(1, 5), min_size=2, max_size=4),
    st.integers(1, 4),
    st.sampled_from([0.05, 1.0, 1e-300, 1e200]),
    st.sampled_from([USUAL, USUAL | EXTREME]),
)
def test_a_step_is_what_python_s_floats_give(
    data: st.DataObject, sizes: list[int], samples: int, rate: float, values: st.SearchStrategy[float]
) -> None:
    """Loss and weights have the same bits; where a number leaves the range of doubles, the step says so instead."""
    network = Network([drawn(data, values, *shape) for shape in pairwise(sizes)])
    x, target = drawn(data, values, samples, sizes[0]), drawn(data, values, samples, sizes[-1])
    before = [matrix.tolist() for matrix in network.weights]
    expected = Step(before, x.tolist(), target.tolist(), rate)
    if expected.finite:
        assert floats.distance(np.array(expected.loss), np.array(network.step(x, target, rate))) == 0
    else:
        with pytest.raises(NetworkError, match="left the range of doubles"):
            network.step(x, target, rate)
    for one, other in zip(expected.weights if expected.finite else before, network.weights, strict=True):
        assert not floats.distance(np.array(one), other).any()


@settings(deadline=None)
@given(st.data(), SIZES, SIZES, SIZES)
def test_a_product_of_any_doubles_is_what_python_s_floats_give(
    data: st.DataObject, rows: int, inner: int, columns: int
) -> None:
    """NaN, infinities, zeros of both signs and subnormal numbers too, in whichever way a shape is computed."""
    left, right = (drawn(data, st.floats(), *shape) for shape in ((rows, inner), (inner, columns)))
    with np.errstate(over="ignore", invalid="ignore"):
        found = product.ordered(left, right)
    assert not floats.distance(np.array(multiplied(left.tolist(), right.tolist())), found).any()


def test_the_distance_tells_zeros_apart_and_no_nan_from_another() -> None:
    """What the tests above rely on."""
    zeros, nans = np.array([0.0, -0.0]), np.array([np.nan, -np.nan])
    assert floats.distance(zeros, zeros[::-1]).all()
    assert not floats.distance(nans, nans[::-1]).any()
