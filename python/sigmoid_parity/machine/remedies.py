"""What to type on this system to get what is missing, or instead of what is not known."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

DEBIAN_PACKAGES: Final = ("mono-devel", "mono-mcs")
"""Debian's packages with Mono, its compiler, and the netstandard facade that pythonnet needs."""

EMBEDDED_CORECLR: Final = "dotnetcore2==3.1.23"
"""The Python package with a CoreCLR in it, as the extra ``embedded`` has it."""

_DOWNLOAD: Final = "install the .NET SDK from https://dotnet.microsoft.com/download"


def mono() -> str:
    """Return the command that installs Mono and its C# compiler."""
    system = _system()
    if system == "debian":
        update = f"{_sudo()}apt-get update && "
        return f"{update}{_sudo()}apt-get install --yes --no-install-recommends {' '.join(DEBIAN_PACKAGES)}"
    return {
        "fedora": f"{_sudo()}dnf install --assumeyes mono-devel",
        "macos": "brew install mono",
        "windows": "winget install Mono.Mono",
    }.get(system, "install Mono from https://www.mono-project.com/download/stable")


def compiler() -> str:
    """Return the command that installs a C# compiler."""
    return {
        "debian": mono(),
        "fedora": f"{_sudo()}dnf install --assumeyes dotnet-sdk-8.0",
        "macos": "brew install --cask dotnet-sdk",
        "windows": "winget install Microsoft.DotNet.SDK.8",
    }.get(_system(), _DOWNLOAD)


def coreclr() -> str:
    """Return the command that installs a CoreCLR."""
    if sys.platform == "linux" and platform.machine() == "x86_64":
        return pip(EMBEDDED_CORECLR)
    return {
        "macos": "brew install --cask dotnet",
        "windows": "winget install Microsoft.DotNet.Runtime.8",
    }.get(_system(), _DOWNLOAD)


def assembly(in_checkout: bool) -> str:
    """Return the command that gets the C# assembly."""
    return "make build" if in_checkout else "make build, in a clone of the repository, and pip install . from there"


def pip(*packages: str) -> str:
    """Return the command that installs Python packages into this environment."""
    return f"{sys.executable} -m pip install {' '.join(packages)}"


def instead(name: str, known: Sequence[str]) -> str:
    """Suggest, for a name that is not known, the nearest one that is, and list them all."""
    return f"did you mean {nearest(name, known)}? There are: {', '.join(known)}"


def nearest(name: str, known: Sequence[str]) -> str:
    """Find the nearest of the names that are known."""
    return get_close_matches(name, known, 1, 0.0)[0]


def _system() -> str:
    if sys.platform in ("darwin", "win32"):
        return {"darwin": "macos", "win32": "windows"}[sys.platform]
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return "unknown"
    names = {
        name
        for line in release.splitlines()
        if line.startswith(("ID=", "ID_LIKE="))
        for name in line.partition("=")[2].strip('"').split()
    }
    return next((system for system in ("debian", "fedora") if system in names), "unknown")


def _sudo() -> str:
    return "sudo " if getattr(os, "geteuid", lambda: 0)() else ""
