"""The C# object itself, in this process: for a notebook, or to try a call.

>>> from sigmoid_parity import dotnet
>>> sigmoid = dotnet.load()          # doctest: +SKIP
>>> sigmoid.Activation(0.5)          # doctest: +SKIP
0.6224593312018546

A process can host one runtime, for good, and shares its fate. To compare runtimes, or to run C# code that you do not
trust to end well, use `host`, which gives each a child process.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, binding, find, select

__all__ = ["Host", "Runtime", "find", "host", "load"]


def host(runtime: str | None = None, path: Path | None = None) -> Host:
    """Return the C# class on a runtime, in a child process that starts with the first call; close it, or use ``with``.

    :param runtime: a runtime's name or the start of it; the first of `find` by default.
    :param path: the DLL; the package's own by default.
    :raises MissingError: no such runtime, or no assembly.
    """
    return Host(select([runtime] if runtime else [])[0], assembly.find(path).path)


def load(runtime: str | None = None, path: Path | None = None) -> Any:
    """Load the C# class into this process and return an object of it, with ``Activation`` and ``DActivation``.

    ``DActivation`` takes the sigmoid's output, not x. Hand it Python floats: NumPy's float32, int64 and bool do not
    convert to a C# double.

    :param runtime: a runtime's name or the start of it, such as ``"coreclr"``, ``"mono"`` or ``"coreclr-8"``; the first
        of `find` by default.
    :param path: the DLL; the package's own by default.
    :raises MissingError: no such runtime, or no assembly.
    :raises UsageError: a runtime or DLL that does not exist is named.
    :raises HostError: it does not start, or this process hosts another one already.
    """
    chosen = select([runtime] if runtime else [])[0]
    found = assembly.find(path)
    binding.start(chosen)
    return binding.create(chosen, binding.load_type(chosen, found.path, binding.CLASS))
