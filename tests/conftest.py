"""What the tests share: the runtimes, assemblies compiled from variants of the C# sources, and hosts."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from sigmoid_parity import resources
from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, compilers, select
from sigmoid_parity.port.backends import choice
from tests.processes import Start, Started

# The first array of a process may wait for a compiler; how long a test takes says nothing about it.
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1_000)  # pytest --hypothesis-profile=thorough
settings.load_profile("quick")

# Modules are compiled once for all workers and processes, not by each anew, whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Looking for garbage among all that is imported and collected takes some 4 % of the time.
gc.set_threshold(50_000, 20, 100)

HERE = Path(__file__).parent
# Without llvmlite there is the plain backend alone, and all else must hold with it; the set-up installs it with Numba.
BACKENDS = choice.NAMES if find_spec("llvmlite") else ("plain",)
PROJECT = HERE.parent / "csharp" / "SigmoidParity"

Build = Callable[[str, str], Path]
Misbehaving = Callable[[str], Path]
Once = Callable[[str, Callable[[Path], object]], Path]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``runtime`` on every runtime found; finding none is an error, never a skip."""
    if "runtime" in metafunc.fixturenames:
        found = _runtimes()
        metafunc.parametrize("runtime", found, ids=[one.name for one in found], scope="session")


@cache
def _runtimes() -> list[Runtime]:
    return select()  # Asks each Mono for its version.


@pytest.fixture
def start() -> Iterator[Start]:
    """Start commands; whatever of them still runs when the test ends, failed or not, is killed."""
    started: list[Started] = []

    def command(*arguments: str | Path, environment: dict[str, str] | None = None) -> Started:
        started.append(Started(arguments, environment or {}))
        return started[-1]

    yield command
    for one in started:
        one.end()


@pytest.fixture(scope="session")
def dll() -> Path:
    """The package's own assembly, which must be there and fit its sources."""
    return assembly.find().path


@pytest.fixture(scope="session")
def host(runtime: Runtime, dll: Path) -> Iterator[Host]:
    """The C# class on a runtime, shared by all tests that only call it."""
    with Host(runtime, dll) as started:
        yield started


@pytest.fixture(scope="session")
def compiler() -> compilers.Compiler:
    """The preferred C# compiler, which must be there."""
    return compilers.choose()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once for all of pytest's workers: ``once(name, fill)``."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # Of an attempt that failed.
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def quick_compiler() -> compilers.Compiler:
    """Mono's compiler, which takes an eighth of the SDK's time, if it is there."""
    return min(compilers.compilers(), key=lambda one: one.name != "mcs")


@pytest.fixture(scope="session")
def build(once: Once, quick_compiler: compilers.Compiler) -> Build:
    """Compile the project with another ``Sigmoid.cs``, once: ``build(name, source)``."""

    def compile_variant(name: str, source: str) -> Path:
        digest = hashlib.sha256(source.encode()).hexdigest()[:16]
        return once(f"{name}-{digest}", lambda top: _compile(top, source, quick_compiler)) / resources.ASSEMBLY_NAME

    return compile_variant


def _compile(top: Path, source: str, compiler: compilers.Compiler) -> None:
    project = top / "csharp" / "SigmoidParity"
    shutil.copytree(PROJECT, project)
    shutil.copy(PROJECT.parent / "Directory.Build.props", project.parent)
    # Undocumented, as anybody's: a warning, which CI takes for an error in our own.
    (project / "Sigmoid.cs").write_text(f"#pragma warning disable 1591\n{source}", encoding="utf-8")
    compilers.build(project, top / resources.ASSEMBLY_NAME, compiler)


@pytest.fixture(scope="session")
def misbehaving(build: Build) -> Misbehaving:
    """Compile one of the classes in ``tests/csharp``: ``misbehaving("Hang")``."""
    return lambda name: build(name, (HERE / "csharp" / f"{name}.cs").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def original() -> str:
    """The source of the C# pair."""
    return (PROJECT / "Sigmoid.cs").read_text(encoding="utf-8")
