"""Whatever is wrong with a record is one clear error."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.record import RecordTarget
from tests.implementations.records import X, only, signed, small


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text[: len(text) // 2], "is truncated"),
        (lambda text: text.rpartition("digest")[0], "is truncated"),
        (changed("3ff8", "3ff9"), "was changed after it was recorded"),
        (changed("\n", "\r\n"), "was changed after it was recorded"),
        (changed("record 1", "record 2"), "is of version 2 of the format, and this sigmoid-parity reads 1"),
        (changed("sigmoid", "tanh"), "is no record"),
        (lambda _: "", "is no record"),
    ],
)
def test_what_happens_to_a_file_is_said(path: Path, change: Callable[[str], str], problem: str) -> None:
    """Cut off, edited, of another version, or something else: one error that names the file."""
    path.write_bytes(change(small(path).read_text(encoding="utf-8")).encode())
    with pytest.raises(HostError, match=re.escape(problem)) as raised, RecordTarget(path).open():
        pass
    assert str(path) in raised.value.problem
    assert RecordTarget(path).place == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (changed("seed: 18446744073709551615", "seed: 18446744073709551616"), "has no 'seed' from 0 to"),
        (changed("samples: 3", "samples: -3"), "has no 'samples' from 0 to"),
        (changed("points-sha256: ", "points: "), "has no 'points-sha256' of 64 hex digits"),
        (changed("samples: 3", "samples: 3\nsamples: 3"), "has 'samples' twice in the head"),
        (changed("libm: musl", "no field"), "has in the head the line 'no field'"),
        (changed("callable: f", "callable: f\nowners: a"), "did you mean owner?"),
        (changed("callable: f", "calable: f"), "has in the heading of f the field 'calable'"),
        (changed("callable: f", "callable: f\narguments: 3"), "has the arguments '3' in the heading of f"),
        (changed("callable: f", "callable: f\nformat: binary16"), "has the format 'binary16'"),
        (changed("results: 6", "result: 6"), "has in the heading of f the field 'result'"),
    ],
)
def test_another_form_is_said(path: Path, change: Callable[[str], str], problem: str) -> None:
    """A file with the right digest and another form is refused with the place and the remedy."""
    text = small(path).read_text(encoding="utf-8").partition("digest")[0]
    with pytest.raises(HostError, match=re.escape(problem)), RecordTarget(signed(path, change(text))).open():
        pass


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (changed("results: 6", "results: 7"), "has 6 lines of results, and says 7"),
        (
            changed("3ff8", "3fg8"),
            "has in line 3 of its results '3fg8000000000000 4008000000000000'; write 16 hex digits 16",
        ),
        (changed("3ff8000000000000 ", "3ff8000000000000"), "has in line 3 of its results"),
        (changed("3ff8000000000000 ", "3ff8000000000000\t"), "has in line 3 of its results"),
        (changed("3ff8000000000000 4008000000000000", "3ff8000000000000 thrown"), "has in line 3 of its results"),
        (changed("3ff8000000000000", "0000000000000000"), "its result must depend on its arguments alone"),
    ],
)
def test_lines_of_another_form_are_said(path: Path, change: Callable[[str], str], problem: str) -> None:
    """A callable whose lines are wrong is refused when it is asked."""
    text = small(path).read_text(encoding="utf-8").partition("digest")[0]
    candidate = only(signed(path, change(text)))
    with pytest.raises(HostError, match=re.escape(problem)):
        candidate.compute(X)


def test_what_is_not_there_is_said(tmp_path: Path, path: Path) -> None:
    """No file, no such callable, no such class: what there is instead."""
    small(path, "owner: Acme.S")
    for target, problem in (
        (RecordTarget(tmp_path / "none.record"), "cannot be read: No such file"),
        (RecordTarget(path, member="Acme.S.g"), "has no Acme.S.g; did you mean Acme.S.f?"),
        (RecordTarget(path, "Acme.T"), "has no Acme.T; did you mean Acme.S?"),
    ):
        with pytest.raises(HostError, match=re.escape(problem)), target.open():
            pass
