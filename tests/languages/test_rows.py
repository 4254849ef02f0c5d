"""Every program and reader has its row, in order, whatever becomes of it; and the row says the truth."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import resources
from sigmoid_parity.conformance.comparison import Comparison
from sigmoid_parity.errors import UsageError
from sigmoid_parity.languages import commands, trying, words
from sigmoid_parity.languages.report import Measured, Report
from sigmoid_parity.languages.running import run
from tests.languages.planted import manifest

SAMPLES = 200
TIME_LIMIT = 20.0

FLIP = "y = struct.unpack('>q', struct.pack('>d', y))[0] + 1; y = struct.unpack('>d', struct.pack('>q', y))[0]"


def _report(
    folder: Path,
    *programs: tuple[str, str, str],
    time_limit: float = TIME_LIMIT,
    fields: Mapping[str, object] | None = None,
) -> Report:
    return run((), "port", SAMPLES, 1, time_limit, languages=manifest(folder, programs, fields=fields))


def test_a_right_program_has_the_bits(tmp_path: Path) -> None:
    """No difference in any function; all further points and all cases count; the version is Python's own."""
    (row,) = _report(tmp_path, ("right", "", "")).programs
    assert (row.state, row.differing) == ("ran", [])
    assert re.fullmatch(r"Python \d+\.\d+\.\S+", row.version)
    assert [one.comparison.function for one in row.measured] == ["activation", "d_activation", "derivative"]
    assert row.activation is not None
    tally = row.activation.comparison.tally
    lines = (resources.fixtures_dir() / "activation.yaml").read_text(encoding="utf-8").count("\n  - {id:")
    assert (tally.samples, tally.cases) == (SAMPLES, lines)


@pytest.mark.processes
def test_one_ulp_at_one_case_is_seen(tmp_path: Path) -> None:
    """A last bit that is wrong at x = 0.5 alone: one case, 1 ULP, and where; the other functions are the same."""
    wrong = f"if x == 0.5 and sys.argv[1] == 'activation':\n        {FLIP}"
    (row,) = _report(tmp_path, ("wrong", "", wrong)).programs
    (measured,) = row.differing
    assert measured.comparison.function == "activation"
    assert (measured.comparison.tally.cases_differ, measured.comparison.max_ulp, measured.worst) == (1, 1, 0.5)
    assert words.figures(measured, "en") == ("100", "1", "0.5", "1")


@pytest.mark.processes
def test_faults_are_rows_with_reasons_in_order(tmp_path: Path) -> None:
    """A program that hangs, crashes, answers nonsense or for one function only: a row each, in the file's order."""
    faults = {
        "hangs": ("time.sleep(60)", "", "it took longer than 2 s"),
        "crashes": ("sys.exit(3)", "", "exit code 3"),
        "nonsense": ("", "print('eh')", "must be 16 hex digits"),
        "partly": ("if sys.argv[1] == 'derivative': sys.exit('no')", "", "derivative: "),
        "right": ("", "", ""),
    }
    found = _report(tmp_path, *((name, before, after) for name, (before, after, _) in faults.items()), time_limit=2.0)
    assert [row.source.id for row in found.programs] == list(faults)
    for row in found.programs:
        assert faults[row.source.id][2] in row.problem
        assert row.state == ("ran" if row.source.id == "right" else "failed")
    assert not found.ran


@pytest.mark.parametrize(
    ("fields", "state", "reason"),
    [
        ({"version": ["no-such-compiler", "--version"]}, "missing", "not installed: no-such-compiler"),
        ({"build": ["no-such-linker", "x"]}, "missing", "not installed: no-such-linker"),
        ({"version": ["sh", "-c", "echo broken: cannot load >&2; exit 3"]}, "failed", "broken: cannot load"),
        ({"build": ["sh", "-c", "echo compiling; echo one.c: error: x; exit 1"]}, "failed", "one.c: error: x"),
        ({"build": ["sh", "-c", "exit 1"]}, "failed", "it wrote nothing"),
    ],
)
@pytest.mark.processes
def test_a_toolchain_that_is_not_there_or_does_not_work(
    tmp_path: Path, fields: dict[str, object], state: str, reason: str
) -> None:
    """The row says which tool is missing, or the line with which it failed; only what is broken makes the run fail."""
    found = _report(tmp_path, ("one", "", ""), fields=fields)
    (row,) = found.programs
    assert row.state == state
    assert reason in row.problem
    assert found.ran == (state == "missing")
    assert found.packages == (["python-one"] if state == "missing" else [])


@pytest.mark.processes
def test_a_missing_language_that_was_named_fails(tmp_path: Path) -> None:
    """What need not be there must be there once it is named."""
    languages = manifest(tmp_path, [("one", "", "")], fields={"version": ["no-such-compiler"]})
    assert run((), "port", SAMPLES, languages=languages).ran
    assert not run(["one"], "port", SAMPLES, languages=languages).ran
    with pytest.raises(UsageError, match="did you mean one"):
        run(["onne"], "port", SAMPLES, languages=languages)


@pytest.mark.processes
def test_a_reader_that_fails_is_told_from_one_that_cannot_run(tmp_path: Path) -> None:
    """A test that fails says why; it gets the folder of the cases."""
    good = "import pathlib, sys; assert (pathlib.Path(sys.argv[1]) / 'activation.yaml').exists()"
    bad = "import sys; print('not ok 7: 1 ULP'); sys.exit(1)"
    found = run((), "port", 0, languages=manifest(tmp_path, [("one", "", "")], [("good", good), ("bad", bad)]))
    right, wrong = found.readers
    assert (right.passed, right.said, wrong.passed) == (True, "", False)
    assert "not ok 7: 1 ULP" in wrong.said
    assert found.ran
    assert not found.passed


@pytest.mark.processes
def test_a_folder_of_its_own_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program and its build write goes with their temporary folder."""
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(there))
    (row,) = _report(tmp_path, ("one", "open('left', 'w')", ""), fields={"build": ["sh", "-c", "touch built"]}).programs
    assert row.state == "ran"
    assert list(there.iterdir()) == []


def test_a_share_is_rounded_down() -> None:
    """One point in a million that differs is no 100 %."""
    steps = np.zeros(1_000_000, np.uint64)
    steps[5] = 1
    zeros = np.zeros(steps.shape)
    measured = Measured(Comparison("activation", "C#", True, zeros, zeros, zeros, steps, steps > 9), 0)
    assert words.share(measured) == "99.99"


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "gcc 12.2.0"),
        ("openjdk 17.0.15 2025-04-15", "openjdk 17.0.15"),
        ("Erlang/OTP 25 [erts-13.1.5] [source] [64-bit]", "Erlang/OTP 25"),
        ("\nLua 5.4.4  Copyright (C) 1994-2022 Lua.org", "Lua 5.4.4"),
        ("i686-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0", "i686-linux-gnu-gcc 12.2.0"),
        ("", ""),
    ],
)
def test_a_version_is_short(line: str, version: str) -> None:
    """The first line as far as its number; what a distribution adds in parentheses is left out."""
    assert trying.shortened(line) == version


def test_a_command_ends_when_it_is_stopped(tmp_path: Path) -> None:
    """Not after its time, and with all that it started."""
    stopped = threading.Event()
    threading.Timer(0.5, stopped.set).start()
    start = time.monotonic()
    with pytest.raises(commands.CommandError):
        commands.output(["sh", "-c", "sleep 60 & sleep 60"], tmp_path, 60.0, stopped)
    assert time.monotonic() - start < 10.0
