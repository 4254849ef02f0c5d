"""The .NET side of a child process that tries what is in an assembly: finds its methods, makes objects, calls."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting import child
from sigmoid_parity.implementations.hosting.memory import Block, Blocks

PAGE: Final = 1_000
"""The most rows of an answer."""

_DISCOVERY: Final = "SigmoidParity.Harness.Discovery"
_UNUSABLE: Final = "SigmoidParity.Harness.UnusableResultException"
_DTYPES: Final[dict[str, np.dtype[Any]]] = {"double": np.dtype(np.float64), "float": np.dtype(np.float32)}


class Session:
    """One runtime with what was found in one assembly.

    :ivar ready: how much was found: ``callables``, ``refusals``, ``classes``, ``hidden``, ``others``.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        """Start the runtime and look into the assembly; nothing of it is called.

        :param setup: ``runtime``, ``assembly``, ``harness``, ``class_name`` and ``arguments``.
        :raises HostError: the runtime does not start, or the assembly cannot be loaded.
        """
        self.runtime = Runtime(**setup["runtime"] | {"path": Path(setup["runtime"]["path"])})
        binding.start(self.runtime)
        self._system = importlib.import_module("System")
        # Before the assembly under test: from here on our identity means what is loaded under it now.
        kind = binding.load_type(self.runtime, Path(setup["harness"]), _DISCOVERY)
        found = self._discover(kind, setup)
        self._callables = list(found.Callables)
        self._rows = {
            "callables": [_callable(one) for one in self._callables],
            "refusals": [[one.Owner, one.Member, one.Name, one.Reason] for one in found.Refusals],
            "classes": list(found.Classes),
            "hidden": list(found.Hidden),
        }
        self.ready = {**{name: len(rows) for name, rows in self._rows.items()}, "others": found.Others}

    def answer(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Answer a request: ``rows`` of a list from ``start`` on; ``make`` an object; ``call`` for ``count`` elements.

        :param request: one of these, with the number of the callable for the last two.
        :param memory: where the arrays of a call are.
        :raises HostError: the constructor or the method threw.
        """
        if "rows" in request:
            return {"rows": self._rows[request["rows"]][request["start"] :][:PAGE]}
        if "make" in request:
            self._make(self._callables[request["make"]].Object)
        else:
            self._call(self._callables[request["call"]], request["count"], memory)
        return {}

    def _discover(self, kind: Any, setup: dict[str, Any]) -> Any:
        path, system = Path(setup["assembly"]), self._system
        assembly = binding.load_assembly(self.runtime, path)
        numbers = system.Array[system.Double](setup["arguments"])
        parameters = system.Array[system.Object]([assembly, setup["class_name"], numbers])
        try:
            return system.Activator.CreateInstance(kind, parameters)
        except Exception as error:
            problem = f"{path} is not a usable assembly: {binding.describe(error)}"
            raise HostError(self.runtime.name, "load", problem) from error

    def _make(self, owner: Any) -> None:
        try:
            owner.Make()
        except Exception as error:
            raise HostError(self.runtime.name, "throw", f"its constructor threw {binding.describe(error)}") from error

    def _call(self, method: Any, count: int, memory: Blocks) -> None:
        block = memory.block(method.Arity, count, _DTYPES[method.Format])
        *arguments, output, at = map(binding.pointer, block.addresses)
        try:
            method.Apply(arguments[0], arguments[-1], output, count, at)
        except Exception as error:
            raise HostError(self.runtime.name, "throw", _thrown(method, block, error)) from error


def _callable(one: Any) -> list[Any]:
    dtype = _DTYPES[one.Format].name
    return [one.Owner, one.Member, one.Name, one.Arity, dtype, one.Object is not None]


def _thrown(method: Any, block: Block, error: Exception) -> str:
    get_type = getattr(error, "GetType", None)
    if get_type is not None and get_type().FullName == _UNUSABLE:
        return f"{method.Name} {error.Message}"  # type: ignore[attr-defined]
    return f"{block.call(method.Member) or method.Name} threw {binding.describe(error)}"


if __name__ == "__main__":
    child.main(Session)
