"""Matrices of weights and samples: checked, frozen, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.port import arguments

Doubles = NDArray[np.float64]

_IRWIN_HALL = 12  # The sum of so many uniform numbers has variance 1.


def matrix(what: str, values: NDArray[Any]) -> Doubles:
    """Return an array of real numbers as a matrix of doubles.

    :param what: what it is, for the message.
    :raises ValueError: it is no matrix, is empty, or holds a NaN or infinity.
    :raises TypeError: it is no array of real numbers.
    """
    found = arguments.array(what, values).astype(np.float64, copy=False)
    if found.ndim != 2 or not found.size:  # noqa: PLR2004 - rows and columns
        raise ValueError(f"{what} must be a matrix with at least one number, and the shape is {found.shape}")
    if np.count_nonzero(np.isfinite(found)) != found.size:
        raise ValueError(f"{what} hold a NaN or an infinity; every number must be finite")
    return found


def frozen(matrix: Doubles) -> Doubles:
    """Make a matrix read-only, and return it."""
    matrix.flags.writeable = False
    return matrix


def check_chain(weights: Sequence[Doubles]) -> None:
    """Make sure that the outputs of each layer are as many as the inputs of the next.

    :raises ValueError: they are not, or there are no weights.
    """
    if not weights:
        raise ValueError("Network: there are no weights; give a matrix per layer")
    for number, (left, right) in enumerate(pairwise(weights), 1):
        if left.shape[1] != right.shape[0]:
            raise ValueError(
                f"Network: weights {number} have shape {left.shape} and weights {number + 1} {right.shape}, which do "
                f"not chain: {left.shape[1]} outputs go into {right.shape[0]} inputs"
            )


def normal(random: Random, rows: int, columns: int) -> Doubles:
    """Draw a matrix from a normal distribution, row by row: sums of twelve uniform numbers, less 6 (Irwin-Hall)."""
    return np.array([[_one_normal(random) for _ in range(columns)] for _ in range(rows)], np.float64)


def _one_normal(random: Random) -> float:
    total = random.random()
    for _ in range(_IRWIN_HALL - 1):
        total += random.random()
    return total - _IRWIN_HALL / 2
