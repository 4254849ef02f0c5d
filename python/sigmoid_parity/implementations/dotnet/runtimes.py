"""The .NET runtimes of this machine that Python can host: every CoreCLR from 3.0 on, and Mono."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sigmoid_parity.errors import MissingError, UsageError

KINDS: Final = ("coreclr", "mono")
"""The kinds of .NET runtime that pythonnet hosts."""

FRAMEWORK: Final = "Microsoft.NETCore.App"
"""The shared framework that a CoreCLR is a part of; the name of its folder."""

_OLDEST_CORECLR: Final = (3, 0, 0)  # Older ones lack the hosting interface that clr-loader uses.
_INSTALLED: Final = (
    "/usr/share/dotnet",
    "/usr/lib/dotnet",
    "/usr/lib64/dotnet",
    "/usr/local/share/dotnet",
    "C:/Program Files/dotnet",
)
_MONO_VERSION: Final = (
    "import ctypes, sys; f = ctypes.CDLL(sys.argv[1]).mono_get_runtime_build_info; "
    "f.restype = ctypes.c_char_p; print(f().decode())"
)


@dataclass(frozen=True, slots=True)
class Runtime:
    """A .NET runtime that is installed.

    :ivar kind: ``"coreclr"`` or ``"mono"``.
    :ivar version: as its folder (CoreCLR) or its library (Mono) gives it.
    :ivar path: the .NET root folder, or Mono's library.
    :ivar origin: ``"system"``, or ``"embedded"`` for the one in the ``dotnetcore2`` package.
    """

    kind: str
    version: str
    path: Path
    origin: str

    @property
    def name(self) -> str:
        """Kind and version, as in ``coreclr-8.0.11``."""
        return f"{self.kind}-{self.version}"

    def matches(self, wanted: str) -> bool:
        """Tell whether a name means this runtime: its own, or the start of it, as in ``coreclr-8`` or ``Mono``."""
        own, start = self.name.lower(), wanted.lower()
        return own == start or own.startswith((f"{start}-", f"{start}."))


def find() -> list[Runtime]:
    """Find the runtimes of this machine; of two with one name, the one found first.

    The order: the system's CoreCLRs (``DOTNET_ROOT``, ``dotnet`` on the path, the usual folders), newest first; the
    embedded one; Mono.
    """
    found: dict[str, Runtime] = {}
    for runtime in (*_system_coreclr(), *_embedded_coreclr(), *_mono()):
        found.setdefault(runtime.name, runtime)
    return list(found.values())


def select(wanted: Sequence[str] = ()) -> list[Runtime]:
    """Return the runtimes that have one of these names; all where no name is given.

    :raises MissingError: there is no runtime here, or none of a kind that is named.
    :raises UsageError: a name is not one of .NET runtimes.
    """
    found = find()
    if not found:
        raise MissingError("there is no .NET runtime here; one is enough", lacks="runtime")
    for name in wanted:
        if not any(runtime.matches(name) for runtime in found):
            there = ", ".join(runtime.name for runtime in found)
            problem, kind = f"there is no .NET runtime {name!r} here; there is {there}", name.lower().partition("-")[0]
            raise MissingError(problem, lacks=kind) if kind in KINDS else UsageError(problem)
    return [runtime for runtime in found if not wanted or any(map(runtime.matches, wanted))]


def _system_coreclr() -> Iterator[Runtime]:
    on_path = shutil.which("dotnet")
    usual = [folder for folder in _INSTALLED if Path(folder).is_absolute()]  # On this system.
    roots = [os.environ.get("DOTNET_ROOT"), on_path and str(Path(on_path).resolve().parent), *usual]
    for root in dict.fromkeys(Path(root).resolve() for root in roots if root):
        yield from _coreclr(root, "system")


def _embedded_coreclr() -> Iterator[Runtime]:
    package = find_spec("dotnetcore2")
    if package is not None and package.origin is not None:
        yield from _coreclr(Path(package.origin).parent / "bin", "embedded")


def _coreclr(root: Path, origin: str) -> Iterator[Runtime]:
    if (root / "host" / "fxr").is_dir():
        folders = (root / "shared" / FRAMEWORK).glob("*.*.*")
        versions = {folder.name: _numbers(folder.name) for folder in folders if folder.is_dir()}
        for version in sorted(versions, key=versions.__getitem__, reverse=True):
            if versions[version] >= _OLDEST_CORECLR:
                yield Runtime("coreclr", version, root, origin)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", version.partition("-")[0]))


def _mono() -> Iterator[Runtime]:
    from clr_loader import find_libmono

    try:
        library = find_libmono()
    except RuntimeError:
        return
    version = _mono_version(str(library)) if library else None
    if version:
        yield Runtime("mono", version, Path(str(library)), "system")


@cache
def _mono_version(library: str) -> str | None:
    # Asked once, in a process of its own: the library, once loaded, would stay in this one.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _MONO_VERSION, library], capture_output=True, text=True, check=False
    )
    return done.stdout.split()[0] if done.returncode == 0 and done.stdout.strip() else None
