"""What stands in a record is found again to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.record import RecordTarget
from sigmoid_parity.implementations.record.results import Results
from tests.implementations.records import HEAD, X, callable_, digits, only, record, signed, small

ENCODINGS = st.integers(0, 2**64 - 1)


@given(st.lists(ENCODINGS, min_size=1, max_size=40, unique=True), st.data())
def test_results_are_found_by_the_bits_of_their_arguments(places: list[int], data: st.DataObject) -> None:
    """Any encodings in any order: what is asked for is what a dictionary has, NaN being one argument."""
    inputs = floats.from_bits(np.array(places, np.uint64))
    inputs = inputs[~np.isnan(inputs) | (np.cumsum(np.isnan(inputs)) == 1)]
    given_ = floats.from_bits(np.array([data.draw(ENCODINGS) for _ in inputs], np.uint64))
    text = "\n".join(map(" ".join, zip(digits(inputs), digits(given_), strict=True)))
    asked = floats.from_bits(np.array([*floats.bits(inputs), 0, 2**63 - 1], np.uint64))
    found = Results(text.encode(), inputs.size, 1, np.dtype(np.float64)).at((asked,))
    known = {("nan" if np.isnan(x) else x.tobytes()): bits for x, bits in zip(inputs, floats.bits(given_), strict=True)}
    for x, result, is_known in zip(asked, floats.bits(found.results.astype(np.float64)), found.known, strict=True):
        key = "nan" if np.isnan(x) else x.tobytes()
        assert is_known == (key in known)
        assert not is_known or result == known[key]
    assert not found.threw.any()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_two_arguments_of_either_format(path: Path, dtype: type[np.floating]) -> None:
    """Pairs are found in any order, and what has no line is skipped, not made up."""
    first, second = np.array([1.0, 2.0, 1.0], dtype), np.array([5.0, 5.0, 6.0], dtype)
    name = {8: "binary64", 4: "binary32"}[np.dtype(dtype).itemsize]
    section = callable_("f(a, b)", (first, second), digits(first * second), "arguments: 2", f"format: {name}")
    candidate = only(record(path, section, head=HEAD))
    assert (candidate.arity, candidate.dtype) == (2, np.dtype(dtype))
    found = candidate.compute(np.array([1.0, 2.0, 2.0], dtype), np.array([6.0, 6.0, 5.0], dtype))
    assert np.ma.filled(found, -1.0).tolist() == [6.0, -1.0, 10.0]


def test_head_and_headings_are_kept(path: Path) -> None:
    """Place, points, owners and refusals are those of the file."""
    section = callable_("F(double)", (X,), digits(X), "owner: Acme.S(2.0)", "member: F")
    target = RecordTarget(
        record(path, section, "refused: G(decimal)\nowner: Acme.S\nreason: takes decimal\n", head=HEAD)
    )
    assert target.place == ".NET 10, musl"
    with target.open() as found:
        assert [(one.owner, one.name) for one in found.candidates] == [("Acme.S(2.0)", "F(double)")]
        assert [(one.owner, one.name, one.reason) for one in found.refusals] == [
            ("Acme.S", "G(decimal)", "takes decimal")
        ]
        assert found.recording is not None
        assert (found.recording.digest, found.recording.samples) == ("0" * 64, 3)
        assert found.recording.seed == 2**64 - 1


@pytest.mark.parametrize("name", ["Acme.S.F", "Acme.S.F(double)", None])
def test_a_callable_is_named_by_class_and_member(path: Path, name: str | None) -> None:
    """With or without what it takes."""
    record(path, callable_("F(double)", (X,), digits(X), "owner: Acme.S(2.0)", "member: F"), head=HEAD)
    assert only(path, name).name == "F(double)"
    with RecordTarget(path, "Acme.S").open() as found:
        assert len(found.candidates) == 1


def test_words_stand_for_results(path: Path) -> None:
    """``skip`` is skipped; ``throw`` throws, with the call and the words of the record."""
    results = [*digits(X[:4]), "skip", "throw"]
    section = callable_("f(double)", (X,), results, "threw: System.OverflowException: too far")
    candidate = only(record(path, section, head=HEAD))
    assert np.ma.getmaskarray(candidate.compute(X[:5])).tolist() == [False] * 4 + [True]
    with pytest.raises(HostError) as raised:
        candidate.compute(X)
    assert raised.value.kind == "throw"
    assert raised.value.problem == "f(5e-324) threw System.OverflowException: too far"


def test_line_ends_of_windows_are_read(path: Path) -> None:
    """A program may write CRLF, if its digest is that of these bytes."""
    text = small(path).read_text(encoding="utf-8").partition("digest")[0].replace("\n", "\r\n")
    assert only(signed(path, text)).compute(X[2:3]).tolist() == [3.0]


def test_many_points_are_looked_up_at_once(path: Path) -> None:
    """Every one of 10^5 results is the one that was written, whatever the order in which they are asked for."""
    x = np.random.default_rng(1).permutation(np.linspace(-40.0, 40.0, 100_000))
    candidate = only(record(path, callable_("f", (x,), digits(x * x)), head=HEAD))
    asked: Floats = np.sort(x)
    assert np.array_equal(candidate.compute(asked), asked * asked)
