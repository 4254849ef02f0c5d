"""The journal: what it has is not computed again, what is torn is dropped, and what is another's is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sigmoid_parity.errors import UsageError
from sigmoid_parity.sweep import sweeping
from sigmoid_parity.sweep.domains import Bits
from sigmoid_parity.sweep.journal import Journal
from sigmoid_parity.sweep.report import Report
from tests.sweep.shared import Direct, small


def counted(report: Report) -> dict[str, Any]:
    return report.results[0].tally.to_json()


@pytest.fixture
def whole() -> dict[str, Any]:
    """What a sweep finds that nothing interrupts."""
    return counted(sweeping.run([small()], Direct()))


def interrupted(path: Path, units: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        sweeping.run([small()], Direct(units), path)


@pytest.mark.parametrize("units", [0, 1, 4, 9])
def test_resume(tmp_path: Path, whole: dict[str, Any], units: int) -> None:
    """Interrupted after some units, the same sweep computes the others alone, and finds the same."""
    path = tmp_path / "run.jsonl"
    interrupted(path, units)
    rest = Direct()
    report = sweeping.run([small()], rest, path)
    assert len(rest.done) == 10 - units
    assert counted(report) == whole
    assert report.results[0].kept == units << 16
    nothing = Direct()
    assert counted(sweeping.run([small()], nothing, path)) == whole
    assert not nothing.done


@pytest.mark.parametrize("left", [1, 20, -1])
def test_torn_line(tmp_path: Path, whole: dict[str, Any], left: int) -> None:
    """A torn last line is dropped and said; its unit is computed again, and the journal is whole afterwards."""
    path = tmp_path / "run.jsonl"
    interrupted(path, 4)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:left])
    rest = Direct()
    report = sweeping.run([small()], rest, path)
    assert report.torn
    assert len(rest.done) == 7
    assert counted(report) == whole
    assert all(json.loads(line) for line in path.read_bytes().splitlines())
    assert not sweeping.run([small()], Direct(), path).torn


def test_a_torn_first_line(tmp_path: Path, whole: dict[str, Any]) -> None:
    """A journal that ends within its first line has nothing yet."""
    path = tmp_path / "run.jsonl"
    interrupted(path, 1)
    path.write_bytes(path.read_bytes()[:30])
    report = sweeping.run([small()], Direct(), path)
    assert report.torn
    assert counted(report) == whole


@pytest.mark.parametrize("content", [b"{}\n", b"[1]\n", b"hello\n", b"\0\0\0\n", b'{"journal": 0}\n'])
def test_no_journal(tmp_path: Path, content: bytes) -> None:
    """Another file is refused by name, and left as it is."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"notes\.txt"):
        sweeping.run([small()], Direct(), path)
    assert path.read_bytes() == content


def test_a_line_torn_in_the_middle(tmp_path: Path) -> None:
    """A line that is torn, but not the last one, is damage of another kind: refused, with its number."""
    path = tmp_path / "run.jsonl"
    interrupted(path, 3)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:50] + b"\n" + lines[2])
    with pytest.raises(UsageError, match="line 2"):
        sweeping.run([small()], Direct(), path)


def test_other_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of another domain, side or libm is refused, and the difference named, with both values."""
    path = tmp_path / "run.jsonl"
    interrupted(path, 2)
    with pytest.raises(UsageError, match="domain seed is 4 here, and was 3"):
        sweeping.run([small(domain=Bits(10 << 16, 4))], Direct(), path)
    with pytest.raises(UsageError, match='actual every is "50" here, and was "100"'):
        sweeping.run([small(50)], Direct(), path)
    monkeypatch.setattr("sigmoid_parity.machine.provenance.libm", lambda: "glibc 9.99")
    with pytest.raises(UsageError, match=r'libm is "glibc 9\.99" here, and was'):
        sweeping.run([small()], Direct(), path)


def test_full_disk() -> None:
    """A disk that is full is one error, which names the journal."""
    with pytest.raises(UsageError, match=r"/dev/full: No space left on device"):
        sweeping.run([small()], Direct(), Path("/dev/full"))


def test_one_process_at_a_time(tmp_path: Path) -> None:
    """A journal that is being written is refused."""
    path = tmp_path / "run.jsonl"
    with Journal(path, {}) as journal:
        list(journal.past())
        with pytest.raises(UsageError, match="another process"):
            sweeping.run([small()], Direct(), path)


def test_several_comparisons(tmp_path: Path) -> None:
    """Each comparison has its own units in one journal."""
    path = tmp_path / "run.jsonl"
    both = [small(), small(50)]
    expected = [one.tally for one in sweeping.run(both, Direct()).results]
    with pytest.raises(KeyboardInterrupt):
        sweeping.run(both, Direct(13), path)
    rest = Direct()
    assert [one.tally for one in sweeping.run(both, rest, path).results] == expected
    assert len(rest.done) == 7
