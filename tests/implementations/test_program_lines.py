"""The lines of the protocol: every number arrives, and what is no number is said."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.program import lines

HEXADECIMAL, DECIMAL = lines.NOTATIONS
FORMATS: Final[list[np.dtype[Any]]] = [np.dtype(np.float64), np.dtype(np.float32), np.dtype(np.float16)]
FLOATS: Final[st.SearchStrategy[Floats]] = st.sampled_from(FORMATS).flatmap(
    lambda dtype: arrays.arrays(dtype, st.integers(1, 20), elements=arrays.from_dtype(dtype))
)


def same(left: Floats, right: Floats) -> bool:
    """Compare bit for bit, NaN as a class."""
    return bool(((left.view(f"u{left.itemsize}") == right.view(f"u{right.itemsize}")) | np.isnan(left)).all())


@given(values=FLOATS)
@pytest.mark.parametrize("notation", lines.NOTATIONS, ids=["hexadecimal", "decimal"])
def test_what_is_written_reads_back(notation: lines.Notation, values: Floats) -> None:
    """Every number in every format, with LF or CRLF, and with or without a last newline; hex digits in either case."""
    written = notation.write(values)
    assert written.count(b"\n") == values.size
    for output in (written, written.replace(b"\n", b"\r\n"), written.rstrip(b"\n"), written.upper()):
        found = lines.read(output, values, notation)
        assert found.dtype == values.dtype
        assert same(values, found)


@given(values=FLOATS, data=st.data())
@pytest.mark.parametrize("notation", lines.NOTATIONS, ids=["hexadecimal", "decimal"])
def test_what_is_skipped_is_masked(notation: lines.Notation, values: Floats, data: st.DataObject) -> None:
    """And all else is where it was."""
    skipped = np.array(data.draw(st.lists(st.booleans(), min_size=values.size, max_size=values.size)))
    answers = notation.write(values).splitlines()
    output = b"".join(b"skip\n" if skip else line + b"\n" for skip, line in zip(skipped, answers, strict=True))
    found = lines.read(output, values, notation)
    assert np.ma.getmaskarray(found).tolist() == skipped.tolist()
    assert same(values[~skipped], np.asarray(found)[~skipped])


@given(output=st.binary() | st.from_regex(rb"([0-9a-fA-F]{16}|skip|-?[0-9.e]{1,5}|\r|\n| )*", fullmatch=True))
@pytest.mark.parametrize("notation", lines.NOTATIONS, ids=["hexadecimal", "decimal"])
def test_any_output_is_read_or_refused(notation: lines.Notation, output: bytes) -> None:
    """Bytes of any kind are as many numbers as there were arguments, or one ValueError."""
    arguments = np.arange(2.0)
    try:
        found = lines.read(output, arguments, notation)
    except ValueError:
        return
    assert found.shape == (2,)
    assert len(output.split()) == 2


def test_digits_are_those_of_ieee_754() -> None:
    """In lower case, sign first, as wide as the format."""
    assert HEXADECIMAL.write(np.array([1.0, -0.0])) == b"3ff0000000000000\n8000000000000000\n"
    assert HEXADECIMAL.write(np.array([1.0, -2.0], np.float32)) == b"3f800000\nc0000000\n"
    values = np.array([0.1, 1e-5, -0.0, 5e-324, 1e22, np.inf, -np.inf, np.nan])
    assert DECIMAL.write(values).split() == [b"0.1", b"1e-05", b"-0.0", b"5e-324", b"1e+22", b"inf", b"-inf", b"nan"]
    assert DECIMAL.write(np.array([0.1], np.float32)) == b"0.1\n"


@pytest.mark.parametrize(
    ("notation", "output", "problem"),
    [
        (HEXADECIMAL, "", "it answered no line for 2 arguments"),
        (HEXADECIMAL, "3ff0000000000000", "it answered 1 line for 2 arguments"),
        (HEXADECIMAL, "3ff0000000000000\n" * 3, "it answered 3 lines for 2 arguments"),
        (HEXADECIMAL, "3ff0000000000000\n" * 2 + "\n", "it answered 3 lines for 2 arguments"),
        (HEXADECIMAL, "3ff0000000000000\n\n", "line 2 of its output, for 1.0, is blank; it must be 16 hex digits"),
        (HEXADECIMAL, "0x3ff0000000000000\n", "line 1 of its output, for 0.0, is '0x3ff0000000000000'; it must be"),
        (HEXADECIMAL, "3ff000000000000\n", "is '3ff000000000000'; it must be 16 hex digits"),
        (HEXADECIMAL, "3ff000000000000g\n", "it must be 16 hex digits, or skip$"),
        (HEXADECIMAL, " 3ff000000000000\n", "is ' 3ff000000000000'"),
        (HEXADECIMAL, "\ufeff3ff0000000000000\n", r"is '\\ufeff3ff0000000000000'"),
        (HEXADECIMAL, "0.5\n", "or skip; a decimal such as -0.5, 1e-05, inf or nan: run it with --decimal"),
        (HEXADECIMAL, "Skip\n", "is 'Skip'"),
        (HEXADECIMAL, "x" * 1_000, r"is 'x{40}' \[...\]; it must"),
        (DECIMAL, "0,5\n", "is '0,5'; it must be a decimal"),
        (DECIMAL, "1_0\n", "is '1_0'"),
        (DECIMAL, "3ff000000000000a\n", "or skip; 16 hex digits: run it without --decimal"),
        (DECIMAL, "\u0661\n", "it must be a decimal"),
    ],
)
def test_what_is_no_answer_is_said(notation: lines.Notation, output: str, problem: str) -> None:
    """The line, its argument, what came, and what must come."""
    with pytest.raises(ValueError, match=problem):
        lines.read(output.encode(), np.array([0.0, 1.0]), notation)


@pytest.mark.parametrize(
    ("text", "value"),
    [("+1.5", 1.5), (".5", 0.5), ("2.", 2.0), ("1E-5", 1e-5), ("-Infinity", -np.inf), ("-NAN", np.nan)],
)
def test_decimals_of_other_languages(text: str, value: float) -> None:
    """Decimals are read as C's strtod reads them."""
    assert same(lines.read(text.encode(), np.zeros(1), DECIMAL), np.array([value]))
