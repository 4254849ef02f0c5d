"""Records: what stands in one is found again to the bit, and whatever is wrong with one is one clear error."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import floats, resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Candidate, Floats
from sigmoid_parity.implementations.record import RecordTarget
from sigmoid_parity.implementations.record.results import Results
from tests.implementations.records import callable_, digits, record, signed

HEAD = {"points-sha256": "0" * 64, "samples": "3", "seed": "18446744073709551615", "runtime": ".NET 10", "libm": "musl"}
X = np.array([0.0, -0.0, 1.5, np.nan, -np.inf, 5e-324])
ENCODINGS = st.integers(0, 2**64 - 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a record."""
    return tmp_path / "acme.record"


def only(path: Path, name: str | None = None) -> Candidate:
    with RecordTarget(path, member=name).open() as found:
        (candidate,) = found.candidates
        return candidate


def small(path: Path, *fields: str) -> Path:
    return record(path, callable_("f", (X,), digits(X * 2.0), *fields), head=HEAD)


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


GRAMMAR_TERMS = re.compile(r'(\d*\*?\d*)("[^"]*"|%x[0-9A-F]+-[0-9A-F]+|[A-Za-z0-9]+|\(|\[)|(\)|\]|/)')


def as_regex(rules: dict[str, str], name: str) -> str:
    """Write a rule of RFC 5234 as a regular expression; no rule of ours contains itself."""
    own = {"LF": r"\n", "SP": " ", "DIGIT": "[0-9]", "HEXDIG": "[0-9A-Fa-f]"}
    if name in own:
        return own[name]
    parts = []
    for count, term, mark in GRAMMAR_TERMS.findall(rules[name]):
        if mark:
            parts.append({")": ")", "]": ")?", "/": "|"}[mark])
            continue
        least, star, most = count.partition("*")
        repeated = f"{{{least or 0},{most}}}" if star else f"{{{least}}}" if least else ""
        if term in "([":
            parts.append("(?:" + ("" if not repeated else "\0" + repeated))
        elif term.startswith('"'):
            parts.append(f"(?:{re.escape(term[1:-1])}){repeated}")
        elif term.startswith("%x"):
            low, high = (chr(int(code, 16)) for code in term[2:].split("-"))
            parts.append(f"[{re.escape(low)}-{re.escape(high)}]{repeated}")
        else:
            parts.append(f"(?:{as_regex(rules, term)}){repeated}")
    return f"(?:{_moved(parts)})"


def _moved(parts: list[str]) -> str:
    """Put the count of a group behind it."""
    counts: list[str] = []
    done = []
    for part in parts:
        if part.startswith("(?:") and part[3:4] in {"", "\0"}:
            counts.append(part[4:])
            done.append("(?:")
        else:
            done.append(part + counts.pop() if part in {")", ")?"} else part)
    return "".join(done)


def grammar() -> re.Pattern[str]:
    readme = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8")
    text = re.search(r"```abnf\n(.*?)```", readme, re.DOTALL)
    assert text is not None
    rules = dict(re.findall(r"^(\w+) += (.*)$", text[1], re.MULTILINE))
    return re.compile(as_regex(rules, "record"))


def test_the_grammar_is_what_is_read(path: Path) -> None:
    """A record with all there can be is of the grammar in fixtures/README.md; what is refused for its form is not."""
    words = [*digits(X[:4]), "skip", "throw"]
    sections = (
        callable_("F(double)", (X,), words, "owner: Acme.S", "member: F", "threw: E"),
        callable_("f", (X.astype(np.float32),) * 2, digits(X.astype(np.float32)), "arguments: 2", "format: binary32"),
        "refused: 3 methods\nreason: neither take nor give ｄouble\n",
    )
    text = record(path, *sections, head=HEAD).read_text(encoding="utf-8")
    pattern = grammar()
    assert pattern.fullmatch(text)
    with RecordTarget(path).open() as found:
        assert (len(found.candidates), len(found.refusals)) == (2, 1)
    for old, new in (
        ("record 1", "record 2"),
        ("3ff8", "3fg8"),
        ("throw", "thrown"),
        ("libm: musl", "no field"),
        ("results: ", "count: "),
        ("digest: ", "sha256: "),
        ("\n\n", "\n"),
    ):
        assert not pattern.fullmatch(text.replace(old, new, 1)), (old, new)
    assert not pattern.fullmatch(text[: len(text) // 2])


def test_many_points_are_looked_up_at_once(path: Path) -> None:
    """Every one of 10^5 results is the one that was written, whatever the order in which they are asked for."""
    x = np.random.default_rng(1).permutation(np.linspace(-40.0, 40.0, 100_000))
    candidate = only(record(path, callable_("f", (x,), digits(x * x)), head=HEAD))
    asked: Floats = np.sort(x)
    assert np.array_equal(candidate.compute(asked), asked * asked)
