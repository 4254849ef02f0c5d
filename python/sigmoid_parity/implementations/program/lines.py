"""The protocol's lines: one number each, as the hex digits of its encoding or as a decimal."""

from __future__ import annotations

import re
from typing import Any, Final, Protocol

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.implementations.candidates import Floats

_SKIP: Final = b"skip"
_DECIMAL: Final = re.compile(
    rb"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)", re.ASCII | re.IGNORECASE
)
_DIGITS: Final = b"0123456789abcdefABCDEF"
_LONGEST: Final = 40  # Bytes of a line in an error.


class Notation(Protocol):
    """How numbers are written."""

    option: str

    def write(self, values: Floats) -> bytes:
        """Write numbers, one a line."""

    def is_number(self, line: bytes, dtype: np.dtype[Any]) -> bool:
        """Tell whether a line is a number."""

    def read(self, lines: list[bytes], dtype: np.dtype[Any]) -> Floats:
        """Read lines that are numbers."""

    def form(self, dtype: np.dtype[Any]) -> str:
        """Say how a number is written."""


class Hexadecimal:
    """The digits of the encoding, the sign first: 16 for float64, 4 for bfloat16. Upper case counts too."""

    option = "without --decimal"

    def write(self, values: Floats) -> bytes:
        """Write numbers; see `Notation`."""
        words = np.ascontiguousarray(values).view(f"u{values.itemsize}")
        encodings = words.astype(words.dtype.newbyteorder(">")).tobytes()
        return encodings.hex("\n", values.itemsize).encode() + b"\n"

    def is_number(self, line: bytes, dtype: np.dtype[Any]) -> bool:
        """Tell whether a line is a number; see `Notation`."""
        return _is_of(line, dtype.itemsize)

    def read(self, lines: list[bytes], dtype: np.dtype[Any]) -> Floats:
        """Read numbers; see `Notation`."""
        encodings = bytes.fromhex(b"".join(lines).decode())
        return np.frombuffer(encodings, f">u{dtype.itemsize}").astype(f"u{dtype.itemsize}").view(dtype)

    def form(self, dtype: np.dtype[Any]) -> str:
        """Say how a number is written; see `Notation`."""
        return f"{2 * dtype.itemsize} hex digits"


class Decimal:
    """The shortest decimals that read back as the same number; any number of digits is read."""

    option = "with --decimal"

    def write(self, values: Floats) -> bytes:
        """Write numbers; see `Notation`."""
        # Python's own floats print faster, but have one format.
        numbers = values.tolist() if values.dtype == np.float64 else values
        return "".join(f"{number!s}\n" for number in numbers).encode()

    def is_number(self, line: bytes, _dtype: np.dtype[Any]) -> bool:
        """Tell whether a line is a number; see `Notation`."""
        return _DECIMAL.fullmatch(line) is not None

    def read(self, lines: list[bytes], dtype: np.dtype[Any]) -> Floats:
        """Read numbers; see `Notation`."""
        return formats.rounded(np.array([float(line) for line in lines], np.float64), dtype)

    def form(self, _dtype: np.dtype[Any]) -> str:
        """Say how a number is written; see `Notation`."""
        return "a decimal such as -0.5, 1e-05, inf or nan"


NOTATIONS: Final[tuple[Notation, Notation]] = (Hexadecimal(), Decimal())
"""Without ``--decimal``, and with it."""


class Lines:
    """One number a line."""

    def __init__(self, notation: Notation) -> None:
        """Choose how numbers are written."""
        self._notation = notation

    def write(self, values: Floats) -> bytes:
        """Write numbers."""
        return self._notation.write(values)

    def answers(self, output: bytes, arguments: Floats) -> Floats:
        """Read a program's answers; see `read`."""
        return read(output, arguments, self._notation)


def read(output: bytes, arguments: Floats, notation: Notation) -> Floats:
    """Read a program's answers. A line may end in CRLF, and the last one in nothing.

    :param output: what the program wrote.
    :param arguments: what it was given, shape (n,).
    :param notation: how numbers are written.
    :returns: of the arguments' dtype and shape; masked where the program answered ``skip``, if it did.
    :raises ValueError: it did not answer each argument with one number or ``skip``.
    """
    lines = output.replace(b"\r\n", b"\n").split(b"\n")
    if not lines[-1]:
        lines.pop()
    dtype = arguments.dtype
    for number, line in enumerate(lines[: arguments.size]):
        if not notation.is_number(line, dtype) and line != _SKIP:
            raise ValueError(_wrong(number, line, arguments, notation))
    if len(lines) != arguments.size:
        raise ValueError(f"it answered {_lines(len(lines))} for {arguments.size:,} arguments; write one line for each")
    skipped = np.array([line == _SKIP for line in lines], np.bool_)
    if not skipped.any():
        return notation.read(lines, dtype)
    results = np.zeros(arguments.shape, dtype)
    results[~skipped] = notation.read([line for line in lines if line != _SKIP], dtype)
    return np.ma.masked_array(results, skipped)


def _wrong(number: int, line: bytes, arguments: Floats, notation: Notation) -> str:
    shown = repr(line[:_LONGEST].decode("utf-8", "backslashreplace")) + (" [...]" if len(line) > _LONGEST else "")
    what = f"line {number + 1:,} of its output, for {arguments[number]}, is {shown if line else 'blank'}"
    return f"{what}; it must be {notation.form(arguments.dtype)}, or skip{_hint(line, arguments.dtype, notation)}"


def _hint(line: bytes, dtype: np.dtype[Any], notation: Notation) -> str:
    """Say how to run a program that answers in another notation, or in another format."""
    for other in NOTATIONS:
        if other is not notation and other.is_number(line, dtype):
            return f"; {other.form(dtype)}: run it {other.option}"
    for name, size in formats.BYTES.items():
        if notation is NOTATIONS[0] and _is_of(line, size):
            return f"; {2 * size} hex digits: run it with --dtype {name}"
    return ""


def _is_of(line: bytes, size: int) -> bool:
    return len(line) == 2 * size and not line.strip(_DIGITS)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines" if count else "no line"
