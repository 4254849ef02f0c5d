"""Matrix products whose bits are stated: which products are added to which, in what order.

A BLAS chooses its own order, by library, processor and shape, and fuses products into sums; so its last bits differ
from machine to machine, and from any other language's. `ordered` leaves nothing to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Product = Callable[[Doubles, Doubles], Doubles]

_FEW: Final = 128  # Results, up to which a pass for each term costs more than adding within one pass.
_BLOCK: Final = 1 << 15  # Products in memory at once: they stay in the cache.
# NumPy's sum adds pairwise where it likes; accumulate is defined term by term, r[i] = r[i - 1] + a[i].
_running: Final = np.add.accumulate


def ordered(left: Doubles, right: Doubles) -> Doubles:
    """Multiply two matrices, each sum taken from left to right over the inner index.

    Element (i, j) is ((left[i, 0] * right[0, j] + left[i, 1] * right[1, j]) + left[i, 2] * right[2, j]) + ..., each
    product and each sum rounded once to binary64, nothing fused. The sum starts from the first product, not from 0.0,
    so that a sum of negative zeros stays -0.0.

    :param left: float64 of shape (rows, inner), inner at least 1.
    :param right: float64 of shape (inner, columns).
    :returns: float64 of shape (rows, columns).
    """
    if len(right) == 1:
        return left * right
    results = len(left) * right.shape[1]
    if results > _FEW:
        return _term_by_term(left, right)
    if len(left) == 1 and right.size <= _BLOCK:
        return _running(left.T * right)[-1:]
    return _in_blocks(left.T[:, :, None], right[:, None], max(1, _BLOCK // results))


def _in_blocks(left: Doubles, right: Doubles, size: int) -> Doubles:
    total: Doubles = _running(np.multiply(left[:size], right[:size], order="C"))[-1]
    for start in range(size, len(right), size):
        terms = left[start : start + size] * right[start : start + size]
        terms[0] += total
        total = _running(terms)[-1]
    return total


def _term_by_term(left: Doubles, right: Doubles) -> Doubles:
    total: Doubles = left[:, :1] * right[0]
    for index in range(1, len(right)):
        total += left[:, index, None] * right[index]
    return total


def blas(left: Doubles, right: Doubles) -> Doubles:
    """Multiply two matrices by NumPy's BLAS: faster on large ones, with an order of additions that it does not state.

    It gives up the bits: results differ in the last places from `ordered`, and from one BLAS, processor or shape to
    another.

    :param left: float64 of shape (rows, inner).
    :param right: float64 of shape (inner, columns).
    :returns: float64 of shape (rows, columns).
    """
    return left @ right
