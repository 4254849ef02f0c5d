"""What a candidate has computed, and the points at which it tells most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]

SCREENED: Final = 60
"""At how many ordinary points a convention is tried before it is tried at all of them."""

_ORDINARY: Final = {"x": (2.0**-10, 36.0), "y": (2.0**-20, 1.0 - 2.0**-20), "both": (2.0**-20, 36.0)}


@dataclass(frozen=True)
class Observation:
    """A candidate's results at some points.

    :ivar inputs: one array, or two in the order in which they were passed, each of shape (n,) and of the candidate's
        dtype.
    :ivar results: shape (n,) and the same dtype; masked where the candidate skipped.
    :ivar is_x: the points that are inputs of the sigmoid, bool of shape (n,).
    :ivar is_y: the points that are its outputs; a point may be both.
    :ivar ask: calls the candidate again, with as many arrays; None where it cannot be asked.
    """

    inputs: tuple[Floats, ...]
    results: Floats
    is_x: Mask
    is_y: Mask
    ask: Callable[..., Floats] | None = None

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format of inputs and results."""
        return np.asarray(self.results).dtype

    @property
    def arity(self) -> int:
        """How many arguments the candidate takes."""
        return len(self.inputs)

    @cached_property
    def values(self) -> Floats:
        """The results as a plain array; whatever stands where the candidate skipped is not to be used."""
        return np.asarray(np.ma.getdata(self.results))

    @cached_property
    def answered(self) -> Mask:
        """The points that the candidate did not skip."""
        return ~np.ma.getmaskarray(self.results)

    def own(self, takes: str) -> Mask:
        """Return the points that count for a convention that takes x, y or both; all where there are none of them."""
        wanted = {"x": self.is_x, "y": self.is_y}.get(takes, np.ones_like(self.is_x))
        found = wanted & self.answered
        return found if self.arity == 1 and found.any() else self.answered

    def known(self, takes: str) -> dict[str, float]:
        """Return what the expressions of a parameter may name besides a point and its value.

        :returns: ``first`` and ``last``, the values at the outermost of the finite points that count, and ``middle``,
            the value at 0; NaN where there is none.
        """
        x = np.where(self.own(takes), self.inputs[0], np.nan)
        finite = np.flatnonzero(np.isfinite(x))
        if not finite.size:
            return dict.fromkeys(("first", "last", "middle"), np.nan)
        ends = finite[np.argmin(x[finite])], finite[np.argmax(x[finite])]
        return {
            "first": float(self.values[ends[0]]),
            "last": float(self.values[ends[1]]),
            "middle": next(iter(self.values[finite][x[finite] == 0.0].tolist()), np.nan),
        }

    def ordinary(self, takes: str) -> Mask:
        """Return those of `own` at which neither the function nor its rounding has anything special about it."""
        low, high = _ORDINARY[takes]
        found = self.own(takes)
        for one in self.inputs:
            size = np.abs(one) if takes != "y" else one
            with np.errstate(invalid="ignore"):
                found = found & (size >= low) & (size <= high)
        return found if found.any() else self.own(takes)


def spread(mask: Mask, order: Floats, count: int) -> NDArray[np.intp]:
    """Choose some of the points of a mask, evenly in order of value: indices of shape (count,) or fewer."""
    indices = np.flatnonzero(mask)
    indices = indices[np.argsort(order[indices], kind="stable")]
    return indices[np.unique(np.linspace(0, len(indices) - 1, min(count, len(indices))).astype(np.intp))]
