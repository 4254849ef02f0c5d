"""The C# compilers of this machine, and the one way to build the assembly with them.

A .NET SDK builds the project file; where there is none, Mono's ``mcs`` compiles the same sources.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sigmoid_parity.errors import MissingError, ToolchainError, UsageError, refusal
from sigmoid_parity.implementations.dotnet import assembly

_TIME_LIMIT: Final = 600.0
_MADE: Final = frozenset({"bin", "obj"})
_OURS: Final = "Directory.Build.props"
_VERSION: Final = re.compile(r"<Version>(\d+\.\d+\.\d+)</Version>")
_SDK_ENVIRONMENT: Final = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_NOLOGO": "1",
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",  # The SDK's own commands end without libicu otherwise.
}
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

    In CI (the environment variable ``CI`` is ``true``) a warning about our own sources is an error.

    :param project: a folder of C# sources and their project file.
    :param output: the DLL to write; what was there stays until the new one is whole.
    :param compiler: who compiles.
    :raises ToolchainError: with what the compiler printed.
    :raises UsageError: there are no sources or no project, or the DLL cannot be written.
    """
    files = sources(project)
    if not files:
        raise UsageError(f"there are no C# sources in {project}; name the folder that has them with --project")
    try:
        _check(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
            _run(
                _command(project, [*files, *_version(project, Path(scratch))], Path(scratch) / output.name, compiler),
                compiler,
            )
            return _hand_over(_made(Path(scratch), project, output, compiler), output, files, compiler)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {refusal(error)}") from error


def sources(project: Path) -> list[Path]:
    """Return the C# sources of a project's folder, in order of name, without what a build has made there."""
    found = sorted(project.rglob("*.cs"))
    return [file for file in found if not _MADE.intersection(file.relative_to(project).parts)]


def _check(output: Path) -> None:
    if output.suffix.lower() != ".dll":
        raise UsageError(f"cannot write {output}: name a file that ends in .dll")
    try:
        mode = output.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise UsageError(f"cannot write {output}: it is there, and is no file; name another")


def _made(scratch: Path, project: Path, output: Path, compiler: Compiler) -> Path:
    """Find the assembly that was made: a project file may give it a name of its own."""
    made = list(scratch.glob("*.dll"))
    names = [output.name, *(f"{file.stem}.dll" for file in project.glob("*.csproj"))]
    named = [file for name in names for file in made if file.name == name]
    if not named and len(made) != 1:
        raise ToolchainError(f"{compiler.name} {compiler.version} ended without an error, and made no {names[-1]}")
    return named[0] if named else made[0]


def _hand_over(fresh: Path, output: Path, files: list[Path], compiler: Compiler) -> assembly.Record:
    documentation = fresh.with_suffix(".xml")
    record = assembly.Record(compiler.name, compiler.version, assembly.digest(files), assembly.digest_of(fresh))
    if documentation.exists():  # A project need not have any.
        documentation.replace(output.with_suffix(".xml"))
    fresh.replace(output)
    record.write(output)
    return record


def _project_file(project: Path) -> Path:
    found = sorted(project.glob("*.csproj"))
    if len(found) != 1:
        there = f"several project files: {', '.join(file.name for file in found)}" if found else "no project file"
        raise UsageError(f"{project} has {there}; the .NET SDK builds a folder with one .csproj")
    return found[0]


def _version(project: Path, scratch: Path) -> Iterator[Path]:
    """Write the version that a .NET SDK gives our assemblies, for mcs: an application finds one by its version."""
    ours = project.parent / _OURS
    number = _VERSION.search(ours.read_text(encoding="utf-8")) if ours.exists() else None
    if number:
        source = scratch / "AssemblyVersion.cs"
        source.write_text(f'[assembly: System.Reflection.AssemblyVersion("{number[1]}.0")]\n', encoding="utf-8")
        yield source


def _command(project: Path, files: list[Path], output: Path, compiler: Compiler) -> list[str]:
    if compiler.name == "dotnet":
        file = _project_file(project)
        return [
            *(str(compiler.path), "build", str(file), "--nologo", "--no-incremental", "--verbosity", "quiet"),
            *("--configuration", "Release", "--output", str(output.parent)),
        ]
    return [
        *(str(compiler.path), "-nologo", f"-langversion:{_LANGUAGE_VERSION}"),
        *("-target:library", "-unsafe", "-optimize", "-reference:System.Numerics.dll"),
        # As in Directory.Build.props, which projects of ours have above them.
        *(["-warnaserror"] if os.environ.get("CI") == "true" and (project.parent / _OURS).exists() else []),
        *(f"-doc:{output.with_suffix('.xml')}", f"-out:{output}", *map(str, files)),
    ]


def _run(command: list[str], compiler: Compiler) -> None:
    environment = _SDK_ENVIRONMENT | os.environ
    name = f"{compiler.name} {compiler.version}"
    try:
        code, printed = _execute(command, environment)
    except OSError as error:
        raise ToolchainError(f"{name} did not run: {refusal(error)}") from error
    except subprocess.TimeoutExpired:
        raise ToolchainError(f"{name} took longer than {_TIME_LIMIT:g} s, and was ended") from None
    if code:
        raise ToolchainError(f"{name} failed (exit {code}):\n{printed}")


def _execute(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    with subprocess.Popen(  # noqa: S603 - the compiler that was found
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            printed = process.communicate(timeout=_TIME_LIMIT)[0]
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # What it has started would hold its output open.
            raise
    return process.returncode, printed.decode("utf-8", "replace").strip()


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
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
