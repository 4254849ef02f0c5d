"""How many values a function takes: far fewer than another one does, if it looks them up in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_FEWER: Final = 3  # Times: rounding and saturation alone leave more.
_ENOUGH: Final = 24  # Values that there would have to be.


@dataclass(frozen=True, slots=True)
class Levels:
    """How many finite values there are among some results.

    :ivar expected: of those to compare with.
    :ivar actual: of the function's own.
    """

    expected: int
    actual: int


def levels(expected: Floats, actual: Floats) -> Levels | None:
    """Count the values of results at the same points; None where they are no fewer than rounding would leave.

    :param expected: the results to compare with, shape (n,).
    :param actual: the function's, likewise.
    """
    found = Levels(_count(expected), _count(actual))
    few = found.expected >= _ENOUGH and found.actual * _FEWER <= found.expected
    return found if few else None


def _count(values: Floats) -> int:
    return int(np.unique(values[np.isfinite(values)].astype(np.float64)).size)
