"""Code under test in the worker's own process: what it does there is found as in one of its own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from sigmoid_parity import activation
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, find
from sigmoid_parity.implementations.dotnet.compilers import Compiler
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep import words
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, Domain, Every, Uniform
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.placing import placed
from sigmoid_parity.sweep.runner import Done, Runner
from sigmoid_parity.sweep.sides import NEAR, Called, Port, Portable, Side
from sigmoid_parity.sweep.units import Unit
from tests.implementations.libraries import library

FAULTY = "val == 2.0 ? 0.5 : 1.0 / (1.0 + Math.Exp(-val))"


def function(folder: Path, body: str) -> Called:
    """Write a function to a file, and name it; it takes arrays alone."""
    file = folder / "mine.py"
    file.write_text(dedent(body), encoding="utf-8")
    return Called(PythonTarget(f"{file}:sigmoid", 10.0, "float64"), 0, "sigmoid(float64 array)")


def swept(side: Called, domain: Domain, time_limit: float = 10.0, expected: Side | None = None) -> Done:
    """Compare a function with the port in a worker, in one unit."""
    sides = placed(expected or Port(), side)
    assert sides[1] == replace(side, apart=False)
    with closing(Runner(Comparison("activation", "float64", *sides, domain, str(Path.cwd()), time_limit))) as runner:
        return runner.run(Unit(0, domain.size))


def called(runtime: Runtime, path: Path) -> Called:
    """Name the method of a class."""
    return Called(AssemblyTarget(runtime, path, member="Activation(double)"), 0, "Activation(double)")


def test_one_side_at_most_is_in_the_workers_process(dll: Path, tmp_path: Path) -> None:
    """A function of Python may be with the port or the C# pair, an assembly that has our name with no other one."""
    runtime = find()[0]
    python, assembly, pair = function(tmp_path, ""), called(runtime, dll), Pair(runtime, dll, 10.0)
    for expected, actual, inside in (
        (Port(), python, (False, True)),
        (pair, python, (False, True)),
        (python, pair, (True, False)),
        (python, python, (False, True)),
        (Port(), assembly, (False, True)),
        (pair, assembly, (False, False)),
        (assembly, assembly, (False, True)),
        (pair, Port(), (False, False)),
    ):
        found = placed(expected, actual)
        assert tuple(isinstance(side, Called) and not side.apart for side in found) == inside
        assert [side.name for side in found] == [expected.name, actual.name]


@pytest.mark.parametrize(
    ("content", "beside", "inside"),
    [
        (b"MZ Acme", "Other.dll", True),
        (b"MZ sigmoidParity.Vectors", "Other.dll", False),
        (b"MZ Acme", "SIGMOIDPARITY.dll", False),
    ],
)
def test_what_could_be_taken_for_ours_is_kept_apart(
    dll: Path, tmp_path: Path, content: bytes, beside: str, inside: bool
) -> None:
    """An assembly is with the C# pair only where neither it nor one beside it names ours, and on the same runtime."""
    (tmp_path / beside).touch()
    file = tmp_path / "Acme.dll"
    file.write_bytes(content)
    runtime, *others = find()
    pair = Pair(runtime, dll, 10.0)
    assert placed(pair, called(runtime, file)) == (pair, replace(called(runtime, file), apart=not inside))
    for other in others:
        assert placed(pair, called(other, file)) == (pair, called(other, file))


@pytest.mark.processes
def test_another_class_beside_the_pair(
    runtime: Runtime, dll: Path, original: str, quick_compiler: Compiler, tmp_path: Path
) -> None:
    """One runtime hosts the pair and another class, each with its own results: one wrong float of that is found."""
    code = original.replace("SigmoidParity", "Acme").replace("1.0 / (1.0 + Math.Exp(-val))", FAULTY)
    file = library(tmp_path, "Acme", code, quick_compiler)
    domain = Every("float16")
    done = swept(called(runtime, file), domain, expected=Pair(runtime, dll, 10.0))
    (point,) = done.tally.worst
    assert (done.tally.compared, done.tally.differ, done.faults) == (domain.size, 1, ())
    assert words.double(point.x) == 2.0


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="gcc's start-up code that flushes subnormal numbers is Linux's")
def test_modes_of_the_processor_are_its_own(tmp_path: Path) -> None:
    """A library that flushes subnormal numbers when it is loaded does so for the function, and not for the port."""
    source, shared = tmp_path / "fast.c", tmp_path / "fast.so"
    source.write_text("", encoding="utf-8")
    subprocess.run(["gcc", "-shared", "-ffast-math", source, "-o", shared], check=True)
    side = function(
        tmp_path,
        f"""
        import ctypes
        ctypes.CDLL({str(shared)!r})
        from sigmoid_parity import activation

        def sigmoid(x):
            return activation(x[:])
        """,
    )
    domain = Uniform(1 << 18, 3, -745.0, -700.0)
    results = activation(domain.points(0, domain.size))
    subnormal = int(np.count_nonzero((results > 0.0) & (results < np.finfo(np.float64).tiny)))
    done = swept(side, domain)
    assert 0 < subnormal < domain.size
    assert not done.faults
    assert (done.tally.compared, done.tally.differ) == (domain.size, subnormal)


@pytest.mark.processes
def test_ours_is_imported_before_it(tmp_path: Path) -> None:
    """What a sweep imports late is there before a function's own folder is among those where modules are found."""
    side = function(
        tmp_path,
        """
        import sys
        from sigmoid_parity import activation

        assert {"sigmoid_parity.sweep.hashing", "sigmoid_parity.portable.arrays"} <= set(sys.modules)

        def sigmoid(x):
            return activation(x[:])
        """,
    )
    done = swept(side, Bits(1 << 16, 3), expected=Portable())
    assert (done.tally.compared, done.faults) == (1 << 16, ())


@pytest.mark.processes
def test_a_slow_function_is_no_hang(tmp_path: Path) -> None:
    """The time limit is that of a block: a unit may take longer than it."""
    side = function(
        tmp_path,
        """
        import time
        from sigmoid_parity import activation

        def sigmoid(x):
            time.sleep(1.5 * (x[-1:].size and x.size > 1000))
            return activation(x)
        """,
    )
    done = swept(side, Bits(4 * NEAR, 3), 4.0)
    assert (done.tally.differ, done.faults, done.again) == (0, (), False)


@pytest.mark.processes
def test_a_process_of_its_own_computes_meanwhile(tmp_path: Path) -> None:
    """Of two functions neither waits for the other: each sees in its first block that the other one is at work."""
    sides = []
    for name, other in ("ab", "ba"):
        (tmp_path / name).mkdir()
        body = f"""
            import time
            from pathlib import Path
            from sigmoid_parity import activation

            def sigmoid(x):
                if x.size > 1000:
                    Path({str(tmp_path / name / "started")!r}).touch()
                    until = time.monotonic() + 8.0
                    while not Path({str(tmp_path / other / "started")!r}).exists():
                        assert time.monotonic() < until
                return activation(x[:])
        """
        sides.append(function(tmp_path / name, body))
    done = swept(sides[0], Bits(1 << 16, 3), expected=sides[1])
    assert (done.tally.compared, done.tally.differ, done.faults, done.again) == (1 << 16, 0, (), False)


@pytest.mark.processes
def test_a_fault_while_another_process_computes(tmp_path: Path) -> None:
    """Where one side fails at an input while the other one is still at work, later blocks get their own answers."""
    fails, slow = tmp_path / "fails", tmp_path / "slow"
    for folder in (fails, slow):
        folder.mkdir()
    failing = function(
        fails,
        """
        from sigmoid_parity import activation

        def sigmoid(x):
            assert not (x == 2.0).any()
            return activation(x[:])
        """,
    )
    waiting = function(
        slow,
        """
        import time
        from sigmoid_parity import activation

        def sigmoid(x):
            time.sleep(0.05 * (x.size > 1000))
            return activation(x[:])
        """,
    )
    domain = Every("float16")
    done = swept(failing, domain, expected=waiting)
    (fault,) = done.faults
    assert (fault.count, words.double(fault.x)) == (1, 2.0)
    assert (done.tally.compared, done.tally.differ) == (domain.size - 1, 0)


@pytest.mark.processes
def test_beside_the_pair(dll: Path, tmp_path: Path) -> None:
    """A function agrees with the C# pair on each runtime that hosts both."""
    side = function(tmp_path, "from sigmoid_parity import activation\ndef sigmoid(x): return activation(x[:])")
    for runtime in find():
        done = swept(side, Bits(1 << 18, 3), expected=Pair(runtime, dll, 10.0))
        assert (done.tally.differ, done.faults, done.again) == (0, (), False)
