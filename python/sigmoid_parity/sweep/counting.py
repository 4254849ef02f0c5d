"""The comparison of two sides' results, point by point: the loop that fills the arrays of a `tally.Tally`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import formats
from sigmoid_parity.sweep.compiling import COMPILES, compiled
from sigmoid_parity.sweep.tally import BINADES, KEPT, KINDS, NONE, Tally

_ZERO, _ONE, _52 = np.uint64(0), np.uint64(1), np.uint64(52)
_MOST: Final = np.uint64(NONE)
_HALVES: Final = tuple(np.uint64(number) for number in (32, 16, 8, 4, 2, 1))

# Columns of the rows that are kept: index, distance, and the encodings of argument, expected and actual result.
_COLUMNS: Final = 5
_PART: Final = 512  # Results that are compared as words first, for few are NaN with other bits.


@compiled
def _length(word: Any) -> int:
    """Count the bits of a number."""
    total = 0
    for half in _HALVES:
        if word >> half != _ZERO:
            word = word >> half
            total += int(half)
    return total + (1 if word != _ZERO else 0)


@compiled
def _kind(e: Any, a: Any, sign: Any, finite: Any, nan: Any) -> tuple[int, Any]:
    """Return the class of two results that have other bits, and their distance."""
    left, right = e & ~sign, a & ~sign
    if left >= nan and right >= nan:
        return 0, _ZERO
    if left >= nan or right >= nan:
        return 66, _MOST
    if left > finite or right > finite:
        return 67, _MOST
    if left == _ZERO and right == _ZERO:
        return 68, _MOST
    one = sign - left if e & sign else sign + left
    other = sign - right if a & sign else sign + right
    steps = one - other if one > other else other - one
    return _length(steps - _ONE) + 1, steps


@compiled
def _keep(rows: Any, index: Any, steps: Any, x: Any, e: Any, a: Any) -> None:
    """Put a point among the furthest; the later of two that are equally far comes behind."""
    place = rows.shape[0] - 1
    while place > 0 and (rows[place - 1, 0] == _MOST or rows[place - 1, 1] < steps):
        rows[place, :] = rows[place - 1, :]
        place -= 1
    rows[place, 0] = index
    rows[place, 1] = steps
    rows[place, 2] = x
    rows[place, 3] = e
    rows[place, 4] = a


@compiled
def _count(
    places: Any,
    start: Any,
    x: Any,
    e: Any,
    a: Any,
    form: Any,
    counts: Any,
    binades: Any,
    first: Any,
    worst: Any,
    odd: Any,
) -> None:
    """Count the points at some places of a block, whose results have other bits; of the points only these are given."""
    sign, finite, nan = form
    last = worst.shape[0] - 1
    for k, place in enumerate(places):
        left, right = np.uint64(e[place]), np.uint64(a[place])
        kind, steps = _kind(left, right, sign, finite, nan)
        counts[kind] += _ONE
        if kind == 0:
            continue
        binade = int(x[k] >> _52)
        binades[0, binade] += _ONE
        binades[1, binade] = max(binades[1, binade], steps)
        index = start + np.uint64(place)
        if first[kind, 0] == _MOST:
            _keep(first[kind : kind + 1], index, steps, x[k], left, right)
        if steps == _MOST:
            if odd[last, 0] == _MOST:
                _keep(odd, index, steps, x[k], left, right)
        elif steps > worst[last, 1] or worst[last, 0] == _MOST:
            _keep(worst, index, steps, x[k], left, right)


# Loops without branches, so that several are compared at a time.


@compiled
def _identical(e: Any, a: Any) -> bool:
    zero = e[0] ^ e[0]
    differ = zero
    for place in range(e.size):
        differ |= e[place] ^ a[place]
    return bool(differ == zero)


@compiled
def _same(e: Any, a: Any, magnitude: Any, nan: Any) -> bool:
    zero = e[0] ^ e[0]
    differ = zero
    for place in range(e.size):
        numbers = ((e[place] & magnitude) < nan) | ((a[place] & magnitude) < nan)
        differ |= (e[place] ^ a[place]) if numbers else zero
    return bool(differ == zero)


@compiled
def _all_same(e: Any, a: Any, magnitude: Any, nan: Any) -> bool:
    for start in range(0, e.size, _PART):
        one, other = e[start : start + _PART], a[start : start + _PART]
        if not _identical(one, other) and not _same(one, other, magnitude, nan):
            return False
    return True


class Counter:
    """Counts over the blocks of a unit, in memory that does not grow."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        """Count nothing yet.

        :param dtype: of the results: any format whose NaNs are the encodings above all others.
        """
        self._word = np.dtype(f"u{dtype.itemsize}")
        self._form = _form(dtype)
        sign, _, nan = self._form
        self._magnitude, self._nan = (self._word.type(word) for word in (sign - _ONE, nan))
        self._counts = np.zeros(KINDS, np.uint64)
        self._binades = np.zeros((2, BINADES), np.uint64)
        self._first = np.full((KINDS, _COLUMNS), _MOST, np.uint64)
        self._worst = np.full((KEPT, _COLUMNS), _MOST, np.uint64)
        self._odd = np.full((KEPT, _COLUMNS), _MOST, np.uint64)
        self._skipped = 0

    def add(self, start: int, x: NDArray[Any], expected: NDArray[Any], actual: NDArray[Any]) -> None:
        """Count a block.

        :param start: the index of its first point.
        :param x: the points, float64 or narrower, shape (n,).
        :param expected: the results of one side, of the dtype; masked where it has none.
        :param actual: those of the other, likewise.
        """
        if isinstance(expected, np.ma.MaskedArray) or isinstance(actual, np.ma.MaskedArray):
            self._masked(start, x, expected, actual)
            return
        e, a = expected.view(self._word), actual.view(self._word)
        if COMPILES and _all_same(e, a, self._magnitude, self._nan):
            self._counts[0] += np.uint64(e.size)
            return
        places = np.flatnonzero(e != a)
        self._counts[0] += np.uint64(e.size - places.size)
        if places.size:
            with np.errstate(invalid="ignore"):
                wide = x[places].astype(np.float64, copy=False).view(np.uint64)
            _count(
                places,
                np.uint64(start),
                wide,
                e,
                a,
                self._form,
                self._counts,
                self._binades,
                self._first,
                self._worst,
                self._odd,
            )

    def tally(self) -> Tally:
        """Return what was counted."""
        return Tally.of(self._counts, self._binades, self._first, self._worst, self._odd, self._skipped)

    def _masked(self, start: int, x: NDArray[Any], expected: NDArray[Any], actual: NDArray[Any]) -> None:
        left = np.ma.getmaskarray(expected) | np.ma.getmaskarray(actual)
        self._skipped += int(np.count_nonzero(left))
        border = np.concatenate([[True], left[1:] != left[:-1], [True]])
        edges = np.flatnonzero(border)
        for begin, end in pairwise(edges):
            if not left[begin]:
                part = slice(begin, end)
                self.add(start + int(begin), x[part], np.ma.getdata(expected)[part], np.ma.getdata(actual)[part])


def _form(dtype: np.dtype[Any]) -> tuple[np.uint64, np.uint64, np.uint64]:
    """Return the bit of the sign, the encoding of the largest finite number, and that of the smallest NaN."""
    ends = np.array([formats.largest(dtype), np.inf], dtype)
    largest, infinity = ends.view(f"u{dtype.itemsize}").tolist()
    nan = infinity + 1 if np.isinf(ends[1]) else largest + 1  # Not every format has an infinity.
    return np.uint64(1 << (8 * dtype.itemsize - 1)), np.uint64(largest), np.uint64(nan)
