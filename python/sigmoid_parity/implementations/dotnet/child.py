"""The .NET side of a child process: hosts one runtime and one assembly, and applies methods to arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.inside import Inside
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting import child
from sigmoid_parity.implementations.hosting.memory import Blocks


class Session:
    """One runtime with one assembly.

    :ivar ready: the runtime's version, for the parent.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        """Start the runtime, load our loop, and create the object.

        :param setup: ``runtime``, ``assembly``, ``class_name`` and ``harness``.
        :raises HostError: the runtime does not start, or the assembly is not what is asked of it.
        """
        self.runtime = Runtime(**setup["runtime"] | {"path": Path(setup["runtime"]["path"])})
        self._inside = Inside(self.runtime, Path(setup["assembly"]), Path(setup["harness"]), setup["class_name"])
        self.ready = {"version": self._inside.version}

    def answer(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Apply a method to the first ``count`` doubles of shared memory, and write the results behind them.

        :param request: ``method`` and ``count``.
        :param memory: where the arrays of a call are.
        :raises HostError: no such method, or it threw.
        """
        method, count = request["method"], request["count"]
        block = memory.block(1, count, np.dtype(np.float64))
        source, target, at = block.addresses
        try:
            self._inside.apply(method, source, target, count, at)
        except HostError:
            raise
        except Exception as error:
            call = block.call(method) or method
            raise HostError(self.runtime.name, "throw", f"{call} threw {binding.describe(error)}") from error
        return {}


if __name__ == "__main__":
    child.main(Session)
