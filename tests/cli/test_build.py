"""``sigmoid-parity build``: outputs that cannot be written, compilers that misbehave, and libraries of others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity.implementations.dotnet import compilers
from tests.cli.running import run

SOURCE = "namespace Acme { public class Library { public double Activation(double x) { return x; } } }\n"
PROJECT = (
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>netstandard2.0</TargetFramework>{}'
    "</PropertyGroup></Project>\n"
)
Fake = Callable[[str], None]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An ordinary library, without XML documentation."""
    folder = tmp_path / "Acme"
    (folder / "Inner").mkdir(parents=True)
    (folder / "Inner" / "Library.cs").write_text(SOURCE, encoding="utf-8")
    (folder / "Acme.csproj").write_text(PROJECT.format(""), encoding="utf-8")
    return folder


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Let a shell script be the only C# compiler."""

    def install(script: str) -> None:
        path = tmp_path / "mcs"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setattr(compilers, "compilers", lambda: [compilers.Compiler("mcs", "6.8", path)])

    return install


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (".", "name a file that ends in .dll"),
        ("/dev/null", "name a file that ends in .dll"),
        ("a.json", "name a file that ends in .dll"),
        ("a.xml", "name a file that ends in .dll"),
        ("a", "name a file that ends in .dll"),
        ("folder.dll", "it is there, and is no file; name another"),
        ("pipe.dll", "it is there, and is no file; name another"),
        ("device.dll", "it is there, and is no file; name another"),
        ("file/a.dll", "Not a directory"),
        ("/proc/none/a.dll", "No such file or directory"),
        (f"{'x' * 300}.dll", "File name too long"),
    ],
)
def test_an_output_that_cannot_be_written(
    output: str, said: str, tmp_path: Path, library: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2 and one error before the compiler runs; what is there stays."""
    monkeypatch.chdir(tmp_path)
    fake(f"touch {tmp_path}/was-run")
    (tmp_path / "folder.dll").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "device.dll").symlink_to("/dev/null")
    os.mkfifo(tmp_path / "pipe.dll")
    done = run("build", "--project", library, "--output", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: cannot write {output}")
    assert said in done.stderr
    assert not (tmp_path / "was-run").exists()
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("true", "error: mcs 6.8 ended without an error, and made no Acme.dll\n"),
        (r"printf '\377\376 \200'; exit 3", "error: mcs 6.8 failed (exit 3):\n\ufffd\ufffd \ufffd\n"),
        ("echo $DOTNET_SYSTEM_GLOBALIZATION_INVARIANT; exit 3", "error: mcs 6.8 failed (exit 3):\n1\n"),
        ("kill -9 $$", "error: mcs 6.8 failed (exit -9):\n\n"),
        ("sleep 60 & sleep 60", "error: mcs 6.8 took longer than 0.5 s, and was ended\n"),
    ],
)
def test_a_compiler_that_misbehaves(
    script: str, said: str, library: Path, tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that makes nothing, prints bytes, dies or hangs, with children: one error, at once, and nothing is left."""
    monkeypatch.setattr(compilers, "_TIME_LIMIT", 0.5)
    fake(script)
    start = time.monotonic()
    done = run("build", "--project", library, "--output", tmp_path / "out" / "Acme.dll")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert time.monotonic() - start < 5.0
    assert list((tmp_path / "out").iterdir()) == []


def test_a_compiler_that_is_no_program(library: Path, tmp_path: Path, fake: Fake) -> None:
    """A file that the system does not execute: one error with the reason."""
    fake("")
    (tmp_path / "mcs").write_bytes(b"\x7fELF nonsense")
    done = run("build", "--project", library, "--output", tmp_path / "a.dll")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Exec format error" in done.stderr


def test_project_files(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The .NET SDK needs one project file: none and two are errors that name them; mcs needs none."""
    sdk = compilers.Compiler("dotnet", "10", tmp_path / "dotnet")
    monkeypatch.setattr(compilers, "compilers", lambda: [sdk])
    (library / "Beta.csproj").touch()
    two = run("build", "--project", library, "--output", tmp_path / "a.dll")
    assert (two.returncode, two.stdout) == (2, "")
    assert f"error: {library} has several project files: Acme.csproj, Beta.csproj; the .NET SDK builds" in two.stderr
    (library / "Acme.csproj").unlink()
    (library / "Beta.csproj").unlink()
    assert f"error: {library} has no project file" in run("build", "--project", library, "--output", "a.dll").stderr


@pytest.mark.processes
@pytest.mark.parametrize("compiler", [compiler.name for compiler in compilers.compilers()])
@pytest.mark.parametrize("properties", ["", "<AssemblyName>Acme.Core</AssemblyName>"])
def test_an_ordinary_library(library: Path, compiler: str, properties: str, tmp_path: Path) -> None:
    """Without XML documentation, with sources in folders, with an assembly name of its own: the DLL that was named."""
    (library / "Acme.csproj").write_text(PROJECT.format(properties), encoding="utf-8")
    output = tmp_path / "out" / "Renamed.dll"
    for _ in range(2):
        done = run("build", "--compiler", compiler, "--project", library, "--output", output)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"{output} compiled by {compiler} ")
    assert {"Renamed.dll", "Renamed.json"} <= {file.name for file in output.parent.iterdir()}
