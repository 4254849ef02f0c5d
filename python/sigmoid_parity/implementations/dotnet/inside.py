"""A C# class on the runtime of this very process: for loops that call it on block after block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.runtimes import Runtime


class Inside:
    """An object of a class, and the delegates made so far. The process can host this runtime only, for good.

    :ivar version: of the runtime, as it reports it.
    """

    def __init__(self, runtime: Runtime, assembly: Path, harness: Path, class_name: str = binding.CLASS) -> None:
        """Start the runtime, load our loop, and create the object.

        :param runtime: which one.
        :param assembly: the DLL.
        :param harness: the harness's DLL.
        :param class_name: the class, by its full name.
        :raises HostError: the runtime does not start, or the assembly is not what is asked of it.
        """
        self.runtime = runtime
        self.version = binding.start(runtime)
        # Before the assembly under test: from here on our identity means what is loaded under it now.
        self._map = binding.array_map(runtime, harness)
        self._type = binding.load_type(runtime, assembly, class_name)
        self._instance = binding.create(runtime, self._type)
        self._delegates: dict[str, Any] = {}

    def apply(self, method: str, source: int, target: int, count: int, at: int) -> None:
        """Apply a method to doubles in memory.

        :param method: its name in C#.
        :param source: the address of the doubles.
        :param target: that of the results.
        :param count: how many there are.
        :param at: the address of a 64-bit integer that says at any time which element it is at.
        :raises HostError: there is no such method.
        :raises Exception: whatever the method throws.
        """
        if method not in self._delegates:
            self._delegates[method] = binding.delegate(self.runtime, self._type, self._instance, method)
        self._map(self._delegates[method], source, target, count, at)
