"""What a method or a constructor does wrong is an error that names it, and harms nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, select
from tests import processes
from tests.implementations.assemblies import named

TIME_LIMIT = 3.0


def failures(target: AssemblyTarget, arguments: dict[str, list[Floats]]) -> dict[str, HostError]:
    caught: dict[str, HostError] = {}
    with target.open() as found:
        for name, values in arguments.items():
            with pytest.raises(HostError) as failure:
                named(found, name).compute(*values)
            caught[name] = failure.value
        works = [one for one in found.candidates if one.name == "Works(double)"][-1]
        assert works.compute(np.array([1.0])).tolist() == [3.0]
    return caught


def test_an_exception_names_its_input(runtime: Runtime, failing: Path) -> None:
    """The loop knows where it was; an array is searched for an element that throws alone, and there need not be one."""
    x = np.array([0.5, 1.0, 2.0])
    target = AssemblyTarget(runtime, failing, "Acme.Failing.Methods")
    caught = failures(
        target,
        {
            "Throws(double)": [x],
            "ThrowsFloat(float)": [np.array([0.5, 0.1], np.float32)],
            "ThrowsTwo(double, double)": [x, x],
            "ThrowsArray(double[])": [x],
            "ThrowsLong(double[])": [x],
            "Short(double[])": [x],
            "Null(double[])": [x],
        },
    )
    starts = [
        "Throws(1.0) threw System.ArgumentException: this one throws: 1",
        "ThrowsFloat(0.1) threw System.ArgumentException: this one throws: 0.1",
        "ThrowsTwo(2.0, 2.0) threw System.ArgumentException: this one throws: 2",
        "ThrowsArray(1.0) threw System.ArgumentException: this one throws: 1",
        "ThrowsLong(double[]) threw System.ArgumentException: this one throws: 0",
        "Short(double[]) gave 1 results for 3 arguments",
        "Null(double[]) gave null instead of an array",
    ]
    for error, start in zip(caught.values(), starts, strict=True):
        assert (error.kind, error.runtime) == ("throw", runtime.name)
        assert error.problem.startswith(start), error.problem


@pytest.mark.processes
def test_a_crash_and_a_hang_name_their_input(runtime: Runtime, failing: Path) -> None:
    """They cost the time limit once, name the input where each is computed alone, and leave the others be."""
    x = np.array([0.5, 1.0, 2.0])
    target = AssemblyTarget(runtime, failing, "Acme.Failing.Methods", time_limit=TIME_LIMIT)
    starts = {
        "Exits(double)": ("crash", "Exits(1.0) ended the process: exit code 7"),
        "Hangs(double)": ("hang", "Hangs(1.0) took longer than 3 s"),
        "HangsArray(double[])": ("hang", "HangsArray(double[]) took longer than 3 s"),
        "PrintsWithoutEnd(double)": ("hang", "PrintsWithoutEnd(0.5) took longer than 3 s"),
    }
    start = time.monotonic()
    caught = failures(target, {name: [x] for name in starts})
    assert {name: (error.kind, error.problem[: len(starts[name][1])]) for name, error in caught.items()} == starts
    assert time.monotonic() - start < 3 * TIME_LIMIT + 20.0


@pytest.mark.processes
def test_what_crashed_or_hung_is_not_called_again(failing: Path) -> None:
    """The second call has the error of the first, at once."""
    with AssemblyTarget(select()[0], failing, member="Hangs", time_limit=TIME_LIMIT).open() as found:
        for _ in range(5):
            start = time.monotonic()
            with pytest.raises(HostError, match=r"Hangs\(1\.0\) took longer"):
                found.candidates[0].compute(np.array([1.0]))
        assert time.monotonic() - start < 1.0


@pytest.mark.processes
def test_constructors_that_fail_are_refusals(runtime: Runtime, failing: Path) -> None:
    """An exception, a hang and an exit in a constructor refuse the objects' methods, and nothing else."""
    with AssemblyTarget(runtime, failing, time_limit=TIME_LIMIT).open() as found:
        reasons = {one.owner.rpartition(".")[2]: one.reason for one in found.refusals}
        assert reasons["ConstructorThrows"] == "its constructor threw System.NotSupportedException: no objects today"
        assert reasons["ConstructorHangs"].startswith("the constructor of Acme.Failing.ConstructorHangs took longer")
        assert reasons["ConstructorExits"].endswith("ConstructorExits ended the process: exit code 3")
        assert found.candidates[0].name == "Works(double)"
        assert found.candidates[0].compute(np.array([1.0])).tolist() == [2.0]
        with pytest.raises(HostError, match=r"Uses\(1\.0\) threw .*TypeInitializationException.*no class today"):
            named(found, "Uses(double)").compute(np.array([1.0]))


@pytest.mark.processes
def test_what_it_starts_ends_with_it(runtime: Runtime, failing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that a method starts is gone when the target is closed."""
    mark = uuid4().hex
    monkeypatch.setenv("SIGMOID_PARITY_TEST", mark)
    with AssemblyTarget(runtime, failing, member="StartsProcess").open() as found:
        found.candidates[0].compute(np.array([1.0]))
    time.sleep(0.5)  # A process takes a moment to die.
    assert [file for file in Path("/proc").glob("[0-9]*/environ") if mark.encode() in processes.read(file)] == []
