"""The C# compilers of this machine, and the one way to build the assembly with them.

A .NET SDK builds the project file; where there is none, Mono's ``mcs`` compiles the same sources.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sigmoid_parity.errors import MissingError, ToolchainError
from sigmoid_parity.implementations.dotnet import assembly

_TIME_LIMIT: Final = 600.0
_LANGUAGE_VERSION: Final = "7"  # As in csharp/Directory.Build.props.


@dataclass(frozen=True, slots=True)
class Compiler:
    """A C# compiler that is installed.

    :ivar name: ``"dotnet"`` (an SDK) or ``"mcs"`` (Mono's).
    :ivar version: as it gives it.
    :ivar path: the executable.
    """

    name: str
    version: str
    path: Path


def compilers() -> list[Compiler]:
    """Find the C# compilers of this machine, the preferred one first."""
    return [*_dotnet(), *_mcs()]


def choose(name: str | None = None) -> Compiler:
    """Choose a compiler.

    :param name: ``"dotnet"`` or ``"mcs"``; the preferred one by default.
    :raises MissingError: it is not installed, or none is.
    """
    found = compilers()
    for compiler in found:
        if name in (None, compiler.name):
            return compiler
    problem = (
        f"there is no C# compiler {name!r} here, only {found[0].name}" if found else "there is no C# compiler here"
    )
    raise MissingError(problem, lacks="compiler")


def build(project: Path, output: Path, compiler: Compiler) -> assembly.Record:
    """Compile a project's folder into an assembly, with its XML documentation and its record beside it.

    In CI (the environment variable ``CI`` is ``true``) a warning is an error.

    :param project: a folder of C# sources and their project file.
    :param output: the DLL to write; what was there stays until the new one is whole.
    :param compiler: who compiles.
    :raises ToolchainError: with what the compiler printed.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted(project.glob("*.cs"))
    with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        fresh = Path(scratch) / output.name
        _run(_command(project, sources, fresh, compiler), compiler)
        fresh.with_suffix(".xml").replace(output.with_suffix(".xml"))
        record = assembly.Record(compiler.name, compiler.version, assembly.digest(sources), assembly.digest_of(fresh))
        fresh.replace(output)
    record.write(output)
    return record


def _command(project: Path, sources: list[Path], output: Path, compiler: Compiler) -> list[str]:
    if compiler.name == "dotnet":
        (file,) = project.glob("*.csproj")
        return [
            *(str(compiler.path), "build", str(file), "--nologo", "--no-incremental", "--verbosity", "quiet"),
            *("--configuration", "Release", "--output", str(output.parent)),
        ]
    return [
        *(str(compiler.path), "-nologo", f"-langversion:{_LANGUAGE_VERSION}"),
        *("-target:library", "-unsafe", "-optimize"),
        *(["-warnaserror"] if os.environ.get("CI") == "true" else []),
        *(f"-doc:{output.with_suffix('.xml')}", f"-out:{output}", *map(str, sources)),
    ]


def _run(command: list[str], compiler: Compiler) -> None:
    environment = {"DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1"} | os.environ
    try:
        done = subprocess.run(  # noqa: S603 - the compiler that was found
            command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolchainError(f"{compiler.name} {compiler.version} did not run: {error}") from error
    if done.returncode:
        printed = "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))
        raise ToolchainError(f"{compiler.name} {compiler.version} failed (exit {done.returncode}):\n{printed}")


def _dotnet() -> Iterator[Compiler]:
    root = os.environ.get("DOTNET_ROOT")
    path = shutil.which("dotnet", path=root) or shutil.which("dotnet") if root else shutil.which("dotnet")
    if path:
        versions = re.findall(r"^(\S+) \[", _output([path, "--list-sdks"]), re.MULTILINE)
        if versions:
            yield Compiler("dotnet", versions[-1], Path(path))


def _mcs() -> Iterator[Compiler]:
    path = shutil.which("mcs")
    if path:
        yield Compiler("mcs", _output([path, "--version"]).strip().rpartition(" ")[2], Path(path))


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
