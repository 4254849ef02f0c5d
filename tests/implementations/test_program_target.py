"""Programs as targets: real ones, written on the spot. Every fault is one clear error, in time."""

from __future__ import annotations

import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
import pytest

from sigmoid_parity import activation, resources
from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Floats, Found
from sigmoid_parity.implementations.program import ProgramTarget
from tests import processes
from tests.implementations.test_program_lines import same

TIME_LIMIT: Final = 4.0

# Answers each line at once; what it computes follows from its arguments.
PROGRAM: Final = """
import math, struct, sys
def activation(x):
    try: return 1.0 / (1.0 + math.exp(-x))
    except OverflowError: return 0.0
def d_activation(y): return (1.0 - y) * y
function = globals()[sys.argv[1]]
for line in sys.stdin:
    x, = struct.unpack('>d', bytes.fromhex(line))
    print(struct.pack('>d', function(x)).hex())
"""
Write = Callable[..., str]


def bits(values: Floats) -> list[int]:
    return [int(bit) for bit in np.asarray(values).view(f"u{values.itemsize}")]


def test_the_session_in_the_documentation_is_true() -> None:
    """Its arguments and results are those of the port, but for the sign and payload of NaN."""
    session = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8").partition("## The protocol")[2]
    digits = np.array([int(one, 16) for one in re.findall(r"\b[0-9a-f]{16}\b", session)[:8]], np.uint64)
    given_values, expected = digits.view(np.float64).reshape(2, 4)
    assert np.isnan(given_values).tolist() == np.isnan(expected).tolist() == [False, False, False, True]
    assert same(np.asarray(activation(given_values)), expected)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a program of Python to the working folder: ``write(source, "{function}")`` returns a command."""
    monkeypatch.chdir(tmp_path)

    def source(text: str, *arguments: str) -> str:
        (tmp_path / "acme.py").write_text(text, encoding="utf-8")
        return " ".join([sys.executable, "acme.py", *arguments])

    return source


@contextmanager
def ran(command: str, *functions: str, decimal: bool = False) -> Iterator[Found]:
    with ProgramTarget(command, functions or ("activation",), decimal=decimal, time_limit=TIME_LIMIT).open() as found:
        yield found


def test_a_candidate_for_each_function_that_it_answers(write: Write) -> None:
    """The others are refused, with the program's own reason; results have the bits that the program computed."""
    command = write(PROGRAM, "{function}")
    with ran(command, "activation", "derivative", "d_activation") as found:
        assert [(one.owner, one.name, one.arity) for one in found.candidates] == [
            (command, "activation", 1),
            (command, "d_activation", 1),
        ]
        (refused,) = found.refusals
        assert refused.reason == "it ended with exit code 1; 0 says that all is answered (KeyError: 'derivative')"
        inputs = np.array([-800.0, -0.0, 0.3, 40.0, np.inf, -np.inf])
        first, second = found.candidates
        assert bits(first.compute(inputs)) == bits(np.asarray(activation(inputs)))
        assert bits(second.compute(inputs[1:4])) == bits((1.0 - inputs[1:4]) * inputs[1:4])
        assert first.compute(np.empty(0)).shape == (0,)


def test_a_command_without_a_placeholder_is_one_candidate(write: Write) -> None:
    """Whatever functions are asked for."""
    command = write(PROGRAM, "activation")
    with ran(command, "activation", "d_activation") as found:
        assert [(one.owner, one.name) for one in found.candidates] == [("", command)]


MANY: Final = np.linspace(-750.0, 750.0, 110_000)


@pytest.mark.parametrize("order", ["reads first", "answers at once", "writes first", "answers in a child"])
def test_pipes_do_not_block_each_other(write: Write, order: str) -> None:
    """More than a pipe holds, both ways; and half a megabyte on standard error before anything is read."""
    command = {
        "reads first": write("import sys; sys.stdout.write(sys.stdin.read())"),
        "answers at once": "cat",
        "writes first": "sh -c 'head -c 500000 /dev/zero >&2; cat'",
        "answers in a child": "sh -c 'cat | cat | cat'",
    }[order]
    with ran(command) as found:
        assert bits(found.candidates[0].compute(MANY)) == bits(MANY)


def test_decimals_both_ways(write: Write) -> None:
    """A program that knows no bits, with a format of its own."""
    command = write("import sys\nfor line in sys.stdin: print('%.17g' % float(line) if 'n' not in line else 'skip')")
    with ran(command, decimal=True) as found:
        results = found.candidates[0].compute(np.array([0.1, -0.0, np.inf, 5e-324, np.nan, 1e308]))
        assert np.ma.getmaskarray(results).tolist() == [False, False, True, False, True, False]
        assert bits(np.asarray(results[[0, 1, 3, 5]])) == bits(np.array([0.1, -0.0, 5e-324, 1e308]))


FAULTS: Final = [
    ("nonesuch --fast", "load", "nonesuch --fast: there is no program nonesuch; install it, or write its path"),
    ("./folder", "load", "./folder is a folder; name the program in it"),
    ("./plain.sh", "load", "./plain.sh is not executable; type chmod \\+x ./plain.sh, or write its interpreter"),
    ("./headless", "load", "./headless is no program of this system; write its interpreter before it"),
    ("./orphan.sh", "load", "the interpreter named in the first line of ./orphan.sh does not exist"),
    ("true", "throw", "it answered no line for 3 arguments"),
    ("sh -c 'echo 3ff0000000000000; echo why >&2'", "throw", "it answered 1 line for 3 arguments.*\nwhy$"),
    ("sh -c 'cat; echo 3ff0000000000000'", "throw", "it answered 4 lines for 3 arguments"),
    ("sh -c 'sed s/^/x/'", "throw", "line 1 of its output, for 0.5, is 'x3fe0000000000000'"),
    ("sh -c 'cat; echo the reason >&2; exit 3'", "crash", "it ended with exit code 3; .*\nthe reason$"),
    ("sh -c 'cat; echo the reason >&2; kill -ABRT $$'", "crash", "SIGABRT ended it\nthe reason$"),
    ("sh -c 'cat; kill -KILL $$'", "crash", "SIGKILL ended it$"),
    ("sh -c 'echo waits >&2; sleep 60'", "hang", "it took longer than 4 s; if that is not a hang, .*\nwaits$"),
    ("sh -c 'cat; exec >&-; sleep 60'", "hang", "it took longer than 4 s"),
    ("sh -c 'exec >&-; cat 2>/dev/null; true'", "throw", "it answered no line for 3 arguments"),
    ("yes", "throw", "it wrote more than [0-9,]+ bytes, and was stopped; is there an end to it"),
    ("sh -c 'yes $0 >&2' why", "hang", "it took longer than 4 s; .*\nwhy\n"),
    ("head -c 1000000000 /dev/zero", "throw", "it wrote more than [0-9,]+ bytes"),
    ("sh -c 'cat; sleep 60 &'", "throw", "it ended, and left a process behind: sleep; it must wait for what it starts"),
    ("sh -c 'cat; sleep 60 >/dev/null 2>&1 <&1 &'", "throw", "left a process behind: sleep"),
    ("sh -c 'cat; setsid sleep 60 >/dev/null 2>&1 <&1 &'", "throw", "left a process behind: sleep"),
    ("sh -c 'cat; sleep 60 & sleep 60 &'", "throw", "left 2 processes behind: sleep, sleep"),
    ("sh -c 'while read line; do head -c 8 /dev/urandom | od -An -v -tx1 | tr -d \" \"; done'", "throw",
     "for 0.5 it answered .*, and in another run .*; its result must depend on its argument alone"),
]  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize(("command", "kind", "problem"), FAULTS)
def test_every_fault_is_one_error_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, kind: str, problem: str
) -> None:
    """The error names the program, the reason and its last words; nothing that it started goes on."""
    mark = uuid4().hex
    monkeypatch.setenv("SIGMOID_PARITY_TEST", mark)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name, content in (("plain.sh", "#!/bin/sh\ncat"), ("headless", "cat"), ("orphan.sh", "#!/none\ncat")):
        (tmp_path / name).write_text(content)
        (tmp_path / name).chmod(stat.S_IRUSR | (0 if name == "plain.sh" else stat.S_IXUSR))
    start = time.monotonic()
    with pytest.raises(HostError, match=re.compile(problem)) as caught, ran(command) as found:
        found.candidates[0].compute(np.array([0.5]))
    assert caught.value.kind == kind
    assert len(str(caught.value)) < 3_000
    assert time.monotonic() - start < TIME_LIMIT + 10.0
    time.sleep(0.1)  # A process takes a moment to die.
    left = [file for file in Path("/proc").glob("[0-9]*/environ") if mark.encode() in processes.read(file)]
    assert left == []


@pytest.mark.processes
def test_a_hang_costs_its_time_limit_once() -> None:
    """A program that hangs for one function is not asked for the next."""
    start = time.monotonic()
    with (
        pytest.raises(HostError, match="longer than 4 s"),
        ran("sh -c 'sleep 60' {function}", "activation", "derivative"),
    ):
        pass
    assert time.monotonic() - start < 2 * TIME_LIMIT


def test_a_process_that_hides_does_not_hold_us_up() -> None:
    """One with neither the program's group nor its environment, which keeps all pipes open, is not waited for."""
    start = time.monotonic()
    with ran("sh -c 'cat; env -i setsid sleep 9 &'") as found:
        assert found.candidates[0].compute(np.array([0.5])).tolist() == [0.5]
    assert time.monotonic() - start < 9.0


@pytest.mark.parametrize(("command", "problem"), [("", "is empty"), ("  ", "is empty"), ("node 'x", "cannot be split")])
def test_commands_that_are_none(command: str, problem: str) -> None:
    """Nothing to run, or a quotation that does not end."""
    with pytest.raises(UsageError, match=problem):
        ProgramTarget(command, ("activation",))


def test_no_shell_runs_it(write: Write) -> None:
    """Quotes hold words together, and nothing else has a meaning."""
    command = write(
        "import sys\nassert sys.argv[1:] == ['$HOME; *', '>', 'x'], sys.argv\nprint(sys.stdin.read(), end='')"
    )
    with ran(f"{command} '$HOME; *' > x") as found:
        assert found.candidates[0].compute(np.array([0.5])).tolist() == [0.5]
    assert not Path("x").exists()


def test_other_formats_have_their_own_width() -> None:
    """A program of float32 reads and writes eight digits."""
    with ProgramTarget("cat", ("activation",), dtype=np.dtype(np.float32)).open() as found:
        (candidate,) = found.candidates
        values: Any = np.array([0.1, -3.0], np.float32)
        assert candidate.dtype == np.float32
        assert bits(candidate.compute(values)) == bits(values)
