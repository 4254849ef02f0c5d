"""What `make dist` makes, from a copy of the repository, and applications that use it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity import resources
from tests.conftest import Once
from tests.sdk import dotnet

TOP = Path(__file__).parents[2]
PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <RollForward>Major</RollForward>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>{}</ItemGroup>
</Project>
"""
FEED = """<configuration>
  <packageSources><clear /><add key="dist" value="{}" /></packageSources>
</configuration>
"""
_MADE = shutil.ignore_patterns(".venv", ".git", "build", "dist", ".*_cache", ".hypothesis", "__pycache__")

Distribute = Callable[[str], Path]


@pytest.fixture(scope="session")
def distribute(tmp_path_factory: pytest.TempPathFactory, dll: Path) -> Distribute:
    """Run `make dist` in a copy of the repository, in a folder of this name; returns the copy's ``dist``."""
    return lambda name: _distribute(tmp_path_factory.mktemp(name) / name, dll)


def _distribute(copy: Path, dll: Path) -> Path:
    shutil.copytree(TOP, copy, ignore=_MADE)
    (copy / "build").mkdir()
    for made in dll.parent.glob(f"{dll.stem}.*"):
        shutil.copy(made, copy / "build")
    (copy / ".venv").symlink_to(TOP / ".venv")
    # Set-up and assembly are there; what is new in a copy is its time.
    command = ["make", "-o", ".venv/installed", "-o", f"build/{resources.ASSEMBLY_NAME}", "dist"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warn" not in done.stdout + done.stderr
    return copy / "dist"


@pytest.fixture(scope="session")
def dist(once: Once, dll: Path) -> Path:
    """The wheel, the sdist and the packages."""
    return once("distribution", lambda folder: _distribute(folder / "first", dll)) / "first" / "dist"


def example(readme: Path) -> str:
    """Return a README's first example in C#."""
    found = re.search(r"```csharp\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    assert found, readme
    return found[1]


def application(folder: Path, source: str, references: str) -> Path:
    """Build a console application; returns its DLL."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "App.csproj").write_text(PROJECT.format(references), encoding="utf-8")
    (folder / "Program.cs").write_text(source, encoding="utf-8")
    # Packages of this very build: those of an earlier one under the same version are in the user's own folder.
    environment = {"NUGET_PACKAGES": str(folder / "packages")}
    dotnet("build", "--output", "out", folder=folder, environment=environment)
    return folder / "out" / "App.dll"
