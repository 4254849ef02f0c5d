"""``sigmoid-parity doctor``: what is here, and what mends what is not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from sigmoid_parity import resources
from sigmoid_parity.implementations.dotnet import find, runtimes
from sigmoid_parity.machine import remedies
from tests.cli.running import run


@pytest.fixture
def few(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package's own fixtures be a few cases, to be read quickly."""
    monkeypatch.setattr(resources, "fixtures_dir", lambda: folder)


@pytest.fixture
def bare(tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide every compiler and every runtime, those in the usual folders too."""
    spec = importlib.util.find_spec
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DOTNET_ROOT", str(tmp_path))
    monkeypatch.setattr(runtimes, "_INSTALLED", ())
    monkeypatch.setattr(runtimes, "find_spec", lambda name: None if name == "dotnetcore2" else spec(name))
    monkeypatch.setattr("clr_loader.find_libmono", lambda: None)


@pytest.mark.usefixtures("few")
def test_doctor() -> None:
    """Exit 0 where verify can run, with every runtime started."""
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    for one in find():
        assert f"runtime {one.name}" in done.stdout
    assert "it starts and computes" in done.stdout


@pytest.mark.usefixtures("bare")
def test_without_a_compiler_or_runtimes() -> None:
    """Exit 2, and under what is missing what mends it."""
    assert not find()
    done = run("doctor")
    assert done.returncode == 2, done.stdout
    assert "optional compiler" in done.stdout
    for kind in runtimes.KINDS:
        assert f"missing  runtime {kind}" in done.stdout
    assert "-> install .NET 10 (long-term support) from https://dotnet.microsoft.com/download" in done.stdout
    verify = run("verify")
    assert verify.returncode == 2
    assert (
        "there is no .NET runtime here; one is enough; to mend it: install .NET 10 (long-term support) from https://"
        in verify.stdout
    )


@pytest.mark.parametrize(
    ("kind", "version", "origin", "said"),
    [
        ("coreclr", "10.0.12", "system", ""),
        ("coreclr", "11.0.0", "system", ""),
        ("coreclr", "9.0.20", "system", "out of support; install .NET 10 (long-term support) from https://"),
        ("coreclr", "8.0.31", "system", "out of support; install .NET 10 (long-term support) from https://"),
        ("coreclr", "3.1.23", "embedded", "out of support, but the newest that pip can install"),
        ("mono", "6.8.0.105", "system", ""),
    ],
)
def test_support(kind: str, version: str, origin: str, said: str) -> None:
    """What is out of support is said to be, with the way to a supported one."""
    given = remedies.support(runtimes.Runtime(kind, version, Path("/"), origin))
    assert given.startswith(said)
    assert bool(given) == bool(said)


@pytest.mark.usefixtures("bare")
def test_build_without_a_compiler() -> None:
    """Exit 2, what is missing, and what mends it."""
    done = run("build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: there is no C# compiler here\nhint: ")


@pytest.mark.usefixtures("few")
def test_a_broken_runtime_beside_a_working_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 0, for one works; the broken one is named, with how to be rid of it; alone it is exit 2."""
    (tmp_path / "host" / "fxr" / "9.0.1").mkdir(parents=True)
    broken = tmp_path / "shared" / runtimes.FRAMEWORK / "9.0.1"
    broken.mkdir(parents=True)
    monkeypatch.setenv("DOTNET_ROOT", str(tmp_path))
    everything = runtimes.find()
    gone = [one for one in everything if one.version == "9.0.1"]
    monkeypatch.setattr("sigmoid_parity.machine.doctor.find", lambda: [*gone, everything[-1]])
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "optional runtime coreclr-9.0.1" in done.stdout
    assert f"-> remove {broken}, unset DOTNET_ROOT, or name another one: sigmoid-parity verify --runtime" in done.stdout
    monkeypatch.setattr("sigmoid_parity.machine.doctor.find", lambda: gone)
    alone = run("doctor")
    assert alone.returncode == 2
    assert "missing  runtime coreclr-9.0.1" in alone.stdout
