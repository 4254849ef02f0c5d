"""The C# class, hosted by pythonnet: on any runtime of the machine, each in a child process of its own."""

from __future__ import annotations

from sigmoid_parity.implementations.dotnet.binding import CLASS
from sigmoid_parity.implementations.dotnet.host import TIME_LIMIT, Host
from sigmoid_parity.implementations.dotnet.runtimes import KINDS, Runtime, find, select
from sigmoid_parity.implementations.dotnet.target import AssemblyTarget

__all__ = ["CLASS", "KINDS", "TIME_LIMIT", "AssemblyTarget", "Host", "Runtime", "find", "select"]
