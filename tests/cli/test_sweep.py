"""``sigmoid-parity sweep``: targets, points, journals, exit codes and reports, as a user meets them."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from pathlib import Path

import gmpy2
import numpy as np
import pytest

from sigmoid_parity import activation, resources
from sigmoid_parity.implementations.dotnet import find
from tests.cli.running import run
from tests.processes import COMMAND, Start

ONE = ("--runtime", find()[0].name)
ALONE = ("--workers", "1")  # Each worker imports Numba anew, which takes longer than these sweeps.
PROGRAM = """
import sys
import numpy as np
from sigmoid_parity import activation
numbers = np.frombuffer(sys.stdin.buffer.read(), "<f8")
sys.stdout.buffer.write(activation(numbers).tobytes())
"""
NET = """
import numpy as np
from sigmoid_parity import activation

def plain(x: np.ndarray):
    return np.asarray(activation(x))

def formula(x):
    with np.errstate(all="ignore"):
        return x.dtype.type(1) / (x.dtype.type(1) + np.exp(-x))
"""

FAULTY = """
import os
import numpy as np
from sigmoid_parity import activation

def faulty(x: np.ndarray):
    if (x == 1.0).any():
        os.abort()
    if (x == 2.0).any():
        raise ValueError("two")
    return activation(x)
"""


@pytest.fixture
def net(tmp_path: Path) -> Path:
    """A module with a right function, and one that is right in few results of float32."""
    file = tmp_path / "mynet.py"
    file.write_text(NET, encoding="utf-8")
    return file


def test_the_port_at_every_float16() -> None:
    """Without a target the port is held to every runtime; the verdict says at how many points."""
    done = run("sweep", "--every", "float16", *ALONE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 of 65,536 differ") == 2 * len(find())
    assert all(f"port against {one.name}: 0 of 65,536 differ" in done.stdout for one in find())


@pytest.mark.processes
@pytest.mark.parametrize(
    "options",
    [
        ("--samples", "1e5"),
        ("--samples", "1e5", "--normal", "8", "--function", "derivative"),
        ("--samples", "70000", "--function", "d_activation"),
    ],
    ids=" ".join,
)
def test_doubles(options: tuple[str, ...]) -> None:
    """Doubles of every distribution, at every function that C# has."""
    done = run("sweep", *ONE, *ALONE, *options, "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "AGREE: port against " in done.stdout
    assert f"0 of {int(float(options[1])):,} differ" in done.stdout


@pytest.mark.processes
def test_in_float32() -> None:
    """With --format float32 the port computes in that format, and C#'s results are rounded once."""
    done = run("sweep", *ONE, *ALONE, "--every", "float16", "--format", "float32")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every float16, results in float32" in done.stdout


def test_against_portable(tmp_path: Path) -> None:
    """Held to the portable pair, the port differs exactly where it does from the formula with MPFR's exp."""
    report = tmp_path / "report.json"
    done = run("sweep", "--against", "portable", "--every", "float16", *ALONE, "--json", report)
    (found,) = json.loads(report.read_text(encoding="utf-8"))["comparisons"]
    points = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float64)
    with gmpy2.ieee(64):
        expected = np.array([float(1 / (1 + gmpy2.exp(-gmpy2.mpfr(x)))) for x in points.tolist()])
    results = np.asarray(activation(points))
    differ = (results != expected) & ~(np.isnan(results) & np.isnan(expected))
    assert (found["points"], found["differ"]) == (1 << 16, int(differ.sum()))
    assert {one["x_bits"] for one in found["worst"]} <= {f"{word:016x}" for word in points.view(np.uint64)[differ]}
    assert done.returncode == (1 if differ.any() else 0), done.stdout + done.stderr


def test_a_function_of_python(net: Path, tmp_path: Path) -> None:
    """Both formats of a function are judged; what differs is counted, in the report with its bits, and on the page."""
    report, page, picture = tmp_path / "report.json", tmp_path / "a.html", tmp_path / "a.svg"
    files = "--json", report, "--html", page, "--plot", picture
    done = run("sweep", f"{net}:formula", "--against", "port", "--every", "float16", *ALONE, *files)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("DIFFER")
    check_page(page, picture)
    assert "of 65,536 differ" in page.read_text(encoding="utf-8")
    comparisons = json.loads(report.read_text(encoding="utf-8"))["comparisons"]
    assert [one["format"] for one in comparisons] == ["float64", "float32"]
    points = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
    with np.errstate(all="ignore"):
        results = np.float32(1) / (np.float32(1) + np.exp(-points))
    expected = np.asarray(activation(points))
    differ = (results.view(np.uint32) != expected.view(np.uint32)) & ~(np.isnan(results) & np.isnan(expected))
    assert comparisons[1]["differ"] == int(differ.sum()) > 0
    assert comparisons[1]["points"] == 1 << 16
    worst = comparisons[1]["worst"][0]
    place = int(np.flatnonzero(points == np.float32(worst["x"]))[0])
    assert int(worst["expected_bits"], 16) == int(expected.view(np.uint32)[place])
    assert int(worst["actual_bits"], 16) == int(results.view(np.uint32)[place])


def check_page(page: Path, picture: Path) -> None:
    """The page needs no network; the picture is one."""
    assert not re.search(r"<(script|link|img|iframe)|(src|href)=.http", page.read_text(encoding="utf-8"))
    assert "<svg" in picture.read_text(encoding="utf-8")


@pytest.mark.processes
@pytest.mark.parametrize(("language", "word"), [("ja", "不一致"), ("zh", "不一致")])
def test_page_and_picture(net: Path, language: str, word: str, tmp_path: Path) -> None:
    """Page, picture and screen in the same language."""
    files = "--html", tmp_path / "a.html", "--plot", tmp_path / "a.svg"
    options = "--against", "port", "--every", "float16", "--format", "float32", "--language", language
    done = run("sweep", f"{net}:formula", *ALONE, *options, *files)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith(word)
    check_page(files[1], files[3])


@pytest.mark.processes
def test_a_binary_program(tmp_path: Path) -> None:
    """A program with a binary mode is swept by bytes; one that is run by lines is told of it."""
    program = tmp_path / "sigmoid.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = f"{sys.executable} {program}"
    done = run("sweep", "--command", command, "--binary", "--samples", "1e5", "--against", "port", *ALONE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "--binary" not in done.stdout.partition("\n")[2]
    own = resources.fixtures_dir() / "consumers" / "sigmoid.py"
    by_lines = ("--command", f"{sys.executable} {own} {{function}}", "--samples", "1e3")
    lines = run("sweep", *by_lines, "--against", "port", *ALONE)
    assert lines.returncode == 0, lines.stdout + lines.stderr
    assert "a program with a binary mode is faster" in lines.stdout


def test_a_binary_program_that_writes_too_little(tmp_path: Path) -> None:
    """An answer that is no number for each argument cannot be compared: exit 2, and how many bytes there were."""
    program = tmp_path / "sigmoid.py"
    program.write_text("import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read()[:-3])\n", encoding="utf-8")
    done = run("sweep", "--command", f"{sys.executable} {program}", "--binary", "--samples", "10", "--against", "port")
    assert done.returncode == 2
    assert "it wrote 21 bytes for 3 arguments; write 8 for each" in done.stderr


def test_an_assembly() -> None:
    """A class is swept method by method, those that compute the function; each on its own runtime."""
    done = run("sweep", resources.assembly_path(), *ONE, *ALONE, "--every", "float16")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Activation(double)" in done.stdout
    assert "DActivation" not in done.stdout


@pytest.mark.processes
def test_faults(tmp_path: Path) -> None:
    """What ends the process at one input is found, and what throws at another; all else is compared; exit 2."""
    file = tmp_path / "faulty.py"
    file.write_text(FAULTY, encoding="utf-8")
    done = run("sweep", f"{file}:faulty", "--against", "port", "--every", "float16", "--format", "float64")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "crash at x = 1.0" in done.stdout
    assert "throw at x = 2.0" in done.stdout
    assert "0 of 65,534 differ" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("COULD NOT RUN")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--samples", "1e5", "--every", "float16"), "--every and --samples name different points"),
        (("--range", "0", "1"), "say how many with --samples"),
        (("--samples", "5", "--range", "1", "0"), "give two finite numbers, the smaller one first"),
        (("--samples", "5", "--range", "0", "1", "--normal", "1"), "take one of them"),
        (("--samples", "0.5"), "it must be a whole number from 1"),
        (("--samples", "1e30"), "it must be a whole number from 1"),
        (("--function", "stable_derivative"), "C# has no stable_derivative"),
        (("--points", "nothing.npy"), "nothing.npy is no file of doubles"),
        (("--journal", "/dev/full", "--samples", "5"), "cannot write the journal /dev/full: No space left on device"),
        (("--journal", "/nowhere/a.jsonl"), "there is no folder /nowhere"),
        (("nothing",), "names nothing that can be checked"),
        (("--against", "port", "--samples", "5"), "nothing that was named computes activation"),
        (("--decimal", "--binary", "--command", "cat"), "--decimal and --binary"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
)
def test_what_cannot_be_swept(options: tuple[str, ...], words: str) -> None:
    """Options that mean nothing are one error, with the remedy, before any work."""
    done = run("sweep", *options)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_foreign_journal(tmp_path: Path) -> None:
    """A journal goes on where it ended, and is refused with other options; here of doubles in a range."""
    journal = tmp_path / "run.jsonl"
    words = ("sweep", *ONE, *ALONE, "--samples", "100000", "--range", "-745", "745", "--journal", journal)
    first, again = run(*words, "--seed", "7"), run(*words, "--seed", "7")
    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert "0 of 100,000 differ" in first.stdout
    assert "100,000 points from the journal" in again.stdout
    other = run(*words, "--seed", "2")
    assert other.returncode == 2
    assert "seed is 2 here, and was 7" in other.stderr


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_killed_and_gone_on_with(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    """After any end the same command goes on, and finds what an uninterrupted one finds; no process is left behind."""
    journal, report = tmp_path / "run.jsonl", tmp_path / "report.json"
    words = ("sweep", *ONE, "--samples", "3e7", "--journal", journal, "--json", report)
    running = start(*COMMAND, *words)
    deadline = time.monotonic() + 60.0
    while not journal.exists() or len(journal.read_bytes().splitlines()) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    running.send(number)
    assert running.wait().returncode == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[number]
    kept = len(journal.read_bytes().splitlines()) - 1
    assert kept >= 3
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    (result,) = json.loads(report.read_text(encoding="utf-8"))["comparisons"]
    assert (result["points"], result["differ"]) == (30_000_000, 0)
    assert result["from_journal"] > 0
