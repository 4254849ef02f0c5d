"""The .NET side of a child process: hosts one runtime and one assembly, and applies methods to arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.block import Block
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting import child


class Session:
    """One runtime with one assembly, and the delegates made so far.

    :ivar ready: the runtime's version, for the parent.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        """Start the runtime, load our loop, and create the object.

        :param setup: ``runtime``, ``assembly``, ``class_name`` and ``harness``.
        :raises HostError: the runtime does not start, or the assembly is not what is asked of it.
        """
        self.runtime = Runtime(**setup["runtime"] | {"path": Path(setup["runtime"]["path"])})
        self.ready = {"version": binding.start(self.runtime)}
        # Before the assembly under test: from here on our identity means what is loaded under it now.
        self._map = binding.array_map(self.runtime, Path(setup["harness"]))
        self._type = binding.load_type(self.runtime, Path(setup["assembly"]), setup["class_name"])
        self._instance = binding.create(self.runtime, self._type)
        self._delegates: dict[str, Any] = {}

    def answer(self, request: dict[str, Any], memory: int) -> dict[str, Any]:
        """Apply a method to the first ``count`` doubles of shared memory, and write the results behind them.

        :param request: ``method`` and ``count``.
        :param memory: its file descriptor.
        :raises HostError: no such method, or it threw.
        """
        method, count = request["method"], request["count"]
        if method not in self._delegates:
            self._delegates[method] = binding.delegate(self.runtime, self._type, self._instance, method)
        block = Block(memory, 1, count, np.dtype(np.float64))
        source, target = block.arrays
        try:
            self._map(self._delegates[method], source, target, count, block.at)
        except Exception as error:
            call = block.call(method) or method
            raise HostError(self.runtime.name, "throw", f"{call} threw {binding.describe(error)}") from error
        return {}


if __name__ == "__main__":
    child.main(Session)
