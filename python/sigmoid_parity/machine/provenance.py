"""On what a result was obtained: system, processor, libm, Python, and the assembly's compiler."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.port.backends import choice


def collect(assembly: Assembly | None) -> dict[str, str]:
    """Describe this machine and what was compared on it, as names and values in words.

    :param assembly: the C# assembly, if there is one.
    """
    described = {
        "sigmoid-parity": version("sigmoid-parity"),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "numpy": version("numpy"),
        "pythonnet": version("pythonnet"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libm": libm(),
        "cpu": cpu(),
        "arrays": arrays(),
    }
    if assembly is not None:
        described |= {"assembly": str(assembly.path), "sha256": assembly.sha256, "compiler": assembly.compiler}
    return described


def arrays() -> str:
    """Name the backend that computes arrays, and why it does."""
    backend = choice.chosen()
    return f"backend {backend.name} ({backend.reason})"


def libm() -> str:
    """Name the C library whose exp Python calls, as ``glibc 2.36``."""
    name, number = platform.libc_ver()
    if name:
        return f"{name} {number}"
    return {"darwin": f"macOS {platform.mac_ver()[0]} libSystem", "win32": "Windows UCRT"}.get(sys.platform, "unknown")


def cpu() -> str:
    """Name the processor, with the vector and FMA extensions that choose between libm's variants."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    flags = re.search(r"^flags\s*:\s*(.+)$", text, re.MULTILINE)
    have = flags.group(1).split() if flags else []
    extensions = [flag for flag in ("fma", "avx2", "avx512f") if flag in have]
    return " ".join([model.group(1) if model else platform.machine(), *extensions])
