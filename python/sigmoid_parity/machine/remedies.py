"""What to type to get what this machine lacks."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sigmoid_parity import resources
from sigmoid_parity.implementations.dotnet import Runtime
from sigmoid_parity.implementations.dotnet.runtimes import FRAMEWORK

DEBIAN_PACKAGES: Final = ("mono-devel", "mono-mcs")
"""Debian's packages with Mono, its compiler, and the netstandard facade that pythonnet needs."""

EMBEDDED_CORECLR: Final = "dotnetcore2==3.1.23"
"""The Python package with a CoreCLR in it, as the extra ``embedded`` has it."""

_SUPPORTED_FROM: Final = 10
_DOWNLOAD: Final = "install .NET 10 (long-term support) from https://dotnet.microsoft.com/download"


def remedy(lacks: str) -> str:
    """Return the command, or the instruction, that mends what a `MissingError` says is missing.

    :param lacks: the error's ``lacks``.
    """
    return _REMEDIES[lacks]() if lacks in _REMEDIES else pip(lacks)


def coreclr() -> str:
    """Return what installs a CoreCLR; without root where there is a Python package of it."""
    if sys.platform == "linux" and platform.machine() == "x86_64":
        return f"{_DOWNLOAD}, or without root, though out of support: {pip(EMBEDDED_CORECLR)}"
    return _DOWNLOAD


def support(runtime: Runtime) -> str:
    """Return what to know of a runtime's support, in words; empty where there is nothing.

    Source: Microsoft's dates. .NET 8 and 9 ended in November 2026; 10 is a long-term version, until November 2028.
    """
    if runtime.kind != "coreclr" or int(runtime.version.partition(".")[0]) >= _SUPPORTED_FROM:
        return ""
    if runtime.origin == "embedded":
        return "out of support, but the newest that pip can install"
    return f"out of support; {_DOWNLOAD}"


def mono() -> str:
    """Return what installs Mono and its C# compiler."""
    if not _debian():
        return f"{_DOWNLOAD} instead of Mono"
    sudo = "sudo " if getattr(os, "geteuid", lambda: 0)() else ""
    packages = " ".join(DEBIAN_PACKAGES)
    return f"{sudo}apt-get update && {sudo}apt-get install --yes --no-install-recommends {packages}"


def compiler() -> str:
    """Return what installs a C# compiler."""
    return mono() if _debian() else f"{_DOWNLOAD} (the SDK)"


def assembly() -> str:
    """Return what builds the C# assembly."""
    in_checkout = resources.checkout() is not None
    return "make build" if in_checkout else "make build, in a clone of the repository, and pip install . from there"


def rid(runtime: Runtime) -> str:
    """Return what rids this machine of a runtime that does not work, and how to do without it.

    :param runtime: as `sigmoid_parity.implementations.dotnet.find` found it.
    """
    others = "or name another one: sigmoid-parity verify --runtime NAME"
    if runtime.origin == "embedded":
        return f"{sys.executable} -m pip uninstall dotnetcore2, {others}"
    if runtime.kind == "mono":
        return f"repair or remove Mono ({runtime.path}), {others}"
    root = os.environ.get("DOTNET_ROOT")
    unset = ", unset DOTNET_ROOT" if root and Path(root).resolve() == runtime.path else ""
    return f"remove {runtime.path / 'shared' / FRAMEWORK / runtime.version}{unset}, {others}"


def pip(*packages: str) -> str:
    """Return the command that installs Python packages into this environment."""
    return f"{sys.executable} -m pip install {' '.join(packages)}"


def _debian() -> bool:
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    return any("debian" in line for line in release.splitlines() if line.startswith(("ID=", "ID_LIKE=")))


_REMEDIES: Final[dict[str, Callable[[], str]]] = {
    "runtime": coreclr,
    "coreclr": coreclr,
    "mono": mono,
    "compiler": compiler,
    "assembly": assembly,
}
