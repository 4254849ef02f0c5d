"""Hosting .NET: what the class, the assembly or the runtime does wrong becomes an error here, and nothing worse."""

from __future__ import annotations

import gc
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import activation, floats
from sigmoid_parity.errors import HostError, MissingError
from sigmoid_parity.implementations.dotnet import Host, Runtime, find, select
from tests.conftest import Build

ONE = np.array([0.5])
Misbehaving = Callable[[str], Path]


def failure(runtime: Runtime, dll: Path, method: str = "Activation", time_limit: float = 60.0) -> HostError:
    with Host(runtime, dll, time_limit=time_limit) as host, pytest.raises(HostError) as caught:
        host.map(method, ONE)
    assert caught.value.runtime == runtime.name
    assert str(caught.value).startswith(f"{runtime.name}: ")
    return caught.value


def test_both_kinds_are_found_where_they_are_installed() -> None:
    """Discovery finds what the set-up installs: a CoreCLR wherever dotnetcore2 is, Mono wherever mcs is."""
    kinds = {runtime.kind for runtime in find()}
    assert kinds <= {"coreclr", "mono"}
    if sys.platform == "linux" and os.uname().machine == "x86_64":
        assert "coreclr" in kinds
    if any((Path(folder) / "mcs").exists() for folder in os.get_exec_path()):
        assert "mono" in kinds


def test_names_select_runtimes() -> None:
    """A full name, a kind, or the start of a version selects; another version's digits do not."""
    one = Runtime("coreclr", "3.1.23", Path(), "system")
    assert all(map(one.matches, ["coreclr", "CoreCLR", "coreclr-3", "CORECLR-3.1", "coreclr-3.1.23"]))
    assert not any(map(one.matches, ["mono", "core", "coreclr-3.1.2", "coreclr-31", "3.1.23"]))
    assert select([find()[0].name.upper()]) == [find()[0]]
    with pytest.raises(MissingError, match=r"there is no \.NET runtime 'coreclr-99' here; there is "):
        select(["coreclr-99"])


def test_a_name_is_no_runtime(dll: Path) -> None:
    """A host of a runtime's name is refused at once, with the function that finds runtimes."""
    with pytest.raises(TypeError, match=r"Host takes a Runtime, not 'coreclr'; sigmoid_parity\.dotnet\.find\(\)"):
        Host("coreclr", dll)  # type: ignore[arg-type]


def test_a_start_ahead(dll: Path, tmp_path: Path) -> None:
    """A host may start ahead of its first call; one that cannot start raises nothing until it is called."""
    runtime = find()[0]
    with Host(runtime, dll) as host:
        host.start()
        assert host.alive
        host.start()
        assert host.map("Activation", ONE) == activation(0.5)
    with Host(runtime, tmp_path / "none.dll") as host:
        host.start()
        for _ in range(2):
            with pytest.raises(HostError, match=r"none\.dll"):
                host.map("Activation", ONE)


def test_doubles_cross_exactly(host: Host) -> None:
    """Every class of double crosses and comes back: (1 - y) * y of it has the bits that IEEE 754 says."""
    values = np.array([0.0, -0.0, 5e-324, -5e-324, 1.7976931348623157e308, math.inf, -math.inf, math.nan, 0.1])
    with np.errstate(all="ignore"):
        expected = (1.0 - values) * values
    assert not floats.distance(expected, host.map("DActivation", values)).any()


def test_shapes_cross(host: Host) -> None:
    """An array of any shape keeps it, an empty one too."""
    values = np.linspace(-3.0, 3.0, 24).reshape(2, 3, 4)
    result = host.map("Activation", values)
    assert result.shape == values.shape
    assert not floats.distance(activation(values), result).any()
    assert host.map("Activation", np.empty((0, 3))).shape == (0, 3)


def test_result_outlives_the_host(dll: Path) -> None:
    """A result is an array of our own: ending the runtime leaves it be, and nothing crashes."""
    with Host(find()[0], dll) as host:
        result = host.map("Activation", np.zeros(1000))
    del host
    gc.collect()
    assert (result == 0.5).all()


@pytest.mark.processes
def test_a_crash_is_an_error(
    runtime: Runtime, misbehaving: Misbehaving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environment.FailFast ends the child; the parent says which runtime, and how; no crash report is left behind."""
    monkeypatch.chdir(tmp_path)
    error = failure(runtime, misbehaving("FailFast"))
    assert error.kind == "crash"
    assert "Activation(0.5) ended the process: SIGABRT" in error.problem
    assert "deliberately" in error.problem
    assert not list(tmp_path.iterdir())


@pytest.mark.processes
def test_life_goes_on_after_a_crash(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """The next call starts a new child."""
    with Host(runtime, misbehaving("FailFast")) as host:
        with pytest.raises(HostError):
            host.map("Activation", ONE)
        assert host.map("DActivation", ONE).tolist() == [0.25]


@pytest.mark.processes
def test_a_hang_is_an_error(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """A method that does not return within the time limit is ended."""
    error = failure(runtime, misbehaving("Hang"), time_limit=3.0)
    assert error.kind == "hang"
    assert "Activation(0.5) took longer than 3 s" in error.problem


def test_an_exception_is_an_error(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """A .NET exception arrives with its type, message and cause; the child lives on; console output is no answer."""
    with Host(runtime, misbehaving("Throw")) as host:
        with pytest.raises(HostError) as caught:
            host.map("Activation", np.array([0.5, 2.0]))
        assert caught.value.kind == "throw"
        assert "Activation(2.0) threw System.InvalidOperationException: this one throws" in caught.value.problem
        assert "System.ArithmeticException: from within" in caught.value.problem
        assert host.map("Activation", ONE).tolist() == [0.5]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "method", "message"),
    [
        ("NoClass", "Activation", "has no type SigmoidParity.Sigmoid"),
        ("NoMethods", "Activation", "it has no public method of that name"),
        ("WrongSignature", "Activation", "needs public double Activation(double) on the object, but it has Single"),
        ("WrongSignature", "DActivation", "but it has Double DActivation(Double, Double)"),
        ("NoConstructor", "Activation", "no SigmoidParity.Sigmoid could be made"),
        ("ThrowingConstructor", "Activation", "System.NotSupportedException: no objects today"),
    ],
)
def test_an_unusable_class_is_an_error(
    runtime: Runtime, misbehaving: Misbehaving, name: str, method: str, message: str
) -> None:
    """A missing class, method or constructor, or another signature, is said, with what is there instead."""
    assert message in failure(runtime, misbehaving(name), method).problem


@pytest.mark.processes
def test_an_unusable_file_is_an_error(runtime: Runtime, tmp_path: Path) -> None:
    """No file, an empty file, and a file that is no assembly."""
    broken, empty = tmp_path / "broken.dll", tmp_path / "empty.dll"
    broken.write_bytes(b"MZ this is no assembly" * 100)
    empty.write_bytes(b"")
    for path in (broken, empty, tmp_path / "missing.dll"):
        error = failure(runtime, path)
        assert error.kind == "load"
        assert f"{path} is not a usable assembly" in error.problem


def test_a_runtime_that_does_not_start_is_an_error(dll: Path, tmp_path: Path) -> None:
    """A runtime that is gone since it was found."""
    error = failure(Runtime("coreclr", "9.9.9", tmp_path, "system"), dll)
    assert error.kind == "load"
    assert "did not start" in error.problem


@pytest.mark.processes
def test_a_variant_is_what_runs(build: Build, original: str, runtime: Runtime) -> None:
    """The assembly that was named is the one that is called: a changed constant changes the results."""
    changed = original.replace("return 1.0 / (1.0 + Math.Exp(-val));", "return 3.0;")
    assert changed != original
    with Host(runtime, build("Three", changed)) as host:
        assert host.map("Activation", ONE).tolist() == [3.0]


@pytest.mark.processes
def test_in_process(runtime: Runtime) -> None:
    """dotnet.load() gives the C# object; another runtime in the same process is refused."""
    code = (
        "import sigmoid_parity\n"
        f"sigmoid = sigmoid_parity.dotnet.load({runtime.name!r})\n"
        "y = sigmoid.Activation(0.5)\n"
        "assert y == sigmoid_parity.activation(0.5), y\n"
        "assert sigmoid.DActivation(y) == sigmoid_parity.d_activation(y)\n"
        f"again = sigmoid_parity.dotnet.load({runtime.name!r})\n"
        "for other in sigmoid_parity.dotnet.find():\n"
        f"    if other.name != {runtime.name!r}:\n"
        "        try:\n"
        "            sigmoid_parity.dotnet.load(other.name)\n"
        "            raise SystemExit(f'{other.name} was not refused')\n"
        "        except sigmoid_parity.errors.HostError as error:\n"
        "            assert 'one runtime only' in str(error), error\n"
        "print('done')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
