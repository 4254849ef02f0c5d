"""A callable's results in a record: lines of arguments and result, and the result at given arguments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.implementations.candidates import Floats

THREW: Final = b"throw"
SKIPPED: Final = b"skip"

_SPACE: Final = ord(" ")
_NEWLINE: Final = ord("\n")
_NONE: Final = 255
_VALUES: Final = np.full(256, _NONE, np.uint8)
_VALUES[np.frombuffer(b"0123456789abcdef", np.uint8)] = range(16)
_VALUES[np.frombuffer(b"ABCDEF", np.uint8)] = range(10, 16)


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in a record for some arguments, in arrays of shape (n,).

    :ivar results: of the callable's format; anything where there is none.
    :ivar known: where there is a line with these arguments that has a result.
    :ivar threw: where the line says that the callable threw.
    """

    results: Floats
    known: NDArray[np.bool_]
    threw: NDArray[np.bool_]


@dataclass(frozen=True)
class Results:
    """The lines, each with the hex digits of a callable's arguments and result.

    :ivar text: the lines; the last one has no newline.
    :ivar count: how many there are.
    :ivar arity: how many arguments stand on a line, 1 or 2.
    :ivar dtype: the format of all numbers.
    """

    text: bytes
    count: int
    arity: int
    dtype: np.dtype[Any]

    def at(self, arguments: tuple[Floats, ...]) -> Answer:
        """Find what stands for arguments, NaN being one argument.

        :param arguments: an array for each, of shape (n,).
        :raises ValueError: a line has another form, their number is another, or two lines contradict each other; as a
            continuation of the callable's name.
        """
        keys, places = self._index
        wanted = self._keys(tuple(map(_encodings, arguments)))
        if not keys.size:
            nothing = np.zeros(wanted.shape, np.bool_)
            return Answer(np.zeros(wanted.shape, self.dtype), nothing, nothing)
        found = np.searchsorted(keys, wanted).clip(max=keys.size - 1)
        there, at = keys[found] == wanted, places[found]
        _, results, marks = self._columns
        return Answer(results[at], there & (marks[at] == b""), there & (marks[at] == THREW))

    @cached_property
    def _columns(self) -> tuple[tuple[NDArray[np.uint64], ...], Floats, NDArray[np.bytes_]]:
        """Return the arguments' encodings, the results, and what stands in a result's place."""
        table, marks = self._table()
        numbers = [_numbers(column, self.dtype) for column in table]
        return tuple(map(_encodings, numbers[:-1])), numbers[-1], marks

    def _table(self) -> tuple[NDArray[np.uint8], NDArray[np.bytes_]]:
        """Return the digits' values, shape (columns, count, digits); and the words that stand for results."""
        columns, digits = self.arity + 1, 2 * self.dtype.itemsize
        width = columns * (digits + 1)
        text, marks = self.text, np.zeros(self.count, "S5")
        there = text.count(b"\n") + bool(text)
        if there != self.count:
            raise ValueError(f"has {there:,} lines of results, and says {self.count:,}")
        if not there:
            return np.zeros((columns, 0, digits), np.uint8), marks
        if len(text) + 1 != self.count * width:
            text, marks = self._without_words(b"0" * digits)
        if len(text) + 1 != self.count * width:
            raise ValueError(self._wrong(text.split(b"\n"), width - 1))
        cells = np.frombuffer(text + b"\n", np.uint8).reshape(self.count, columns, digits + 1)
        values = _VALUES[cells[..., :-1]]
        ends = np.array([_SPACE] * self.arity + [_NEWLINE], np.uint8)
        wrong = (values == _NONE).any(axis=(1, 2)) | (cells[..., -1] != ends).any(axis=1)
        if wrong.any():
            raise ValueError(self._wrong(text.split(b"\n"), width - 1, int(wrong.argmax())))
        return np.moveaxis(values, 1, 0), marks

    def _without_words(self, zeros: bytes) -> tuple[bytes, NDArray[np.bytes_]]:
        """Put zeros where a word stands for a result."""
        lines = self.text.split(b"\n")
        words = [line.rpartition(b" ")[2] for line in lines]
        marks = [word if word in {THREW, SKIPPED} else b"" for word in words]
        plain = [line.removesuffix(mark) + zeros if mark else line for line, mark in zip(lines, marks, strict=True)]
        return b"\n".join(plain), np.array(marks, "S5")

    def _wrong(self, lines: list[bytes], length: int, number: int | None = None) -> str:
        if number is None:
            number = next(place for place, line in enumerate(lines) if len(line) != length)
        shown = self.text.split(b"\n")[number][:60].decode("utf-8", "replace")
        form = " ".join([f"{2 * self.dtype.itemsize} hex digits"] * (self.arity + 1))
        return f"has in line {number + 1:,} of its results {shown!r}; write {form}, or throw or skip for the last"

    @cached_property
    def _index(self) -> tuple[NDArray[Any], NDArray[np.intp]]:
        """Return the arguments of all lines as keys in order, each once, and the line that has them."""
        arguments, results, marks = self._columns
        keys, places, which = np.unique(self._keys(arguments), return_index=True, return_inverse=True)
        first = places[which]
        given = _encodings(results)
        differ = np.flatnonzero((given != given[first]) | (marks != marks[first]))
        if differ.size:
            lines = self.text.split(b"\n")
            one, other = (lines[place].decode() for place in (first[differ[0]], differ[0]))
            problem = f"has the lines {one!r} and {other!r}"
            raise ValueError(f"{problem}; its result must depend on its arguments alone")
        return keys, places

    def _keys(self, encodings: tuple[NDArray[np.uint64], ...]) -> NDArray[Any]:
        if self.arity == 1:
            return encodings[0]
        return np.ascontiguousarray(np.stack(encodings, axis=-1).astype(">u8")).view("S16")[:, 0]


def _numbers(digits: NDArray[np.uint8], dtype: np.dtype[Any]) -> Floats:
    octets = (digits[:, ::2] << np.uint8(4)) | digits[:, 1::2]
    return np.ascontiguousarray(octets).view(dtype.newbyteorder(">"))[:, 0].astype(dtype)


def _encodings(values: Floats) -> NDArray[np.uint64]:
    """Return the encodings, that of NaN being one."""
    encodings = np.ascontiguousarray(values).view(f"u{values.itemsize}").astype(np.uint64)
    return np.where(np.isnan(values), np.uint64(2**64 - 1), encodings)
