"""The C# class on one runtime, in a child process: what happens in there cannot take this process with it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import resources
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role
from sigmoid_parity.implementations.dotnet.binding import CLASS
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting.worker import Worker

TIME_LIMIT: Final = 60.0
"""How long a start or a call may take by default, in seconds."""

ENVIRONMENT: Final = {
    # Otherwise CoreCLR leaves pipes in the temporary folder, and Mono a file in shared memory.
    "DOTNET_EnableDiagnostics": "0",
    "COMPlus_EnableDiagnostics": "0",
    "MONO_DISABLE_SHARED_AREA": "1",
}
"""Variables of a process that hosts a runtime."""

_MODULE: Final = "sigmoid_parity.implementations.dotnet.child"
_METHODS: Final = {name: function.methods for name, function in FUNCTIONS.items() if function.methods}


class Host:
    """A .NET implementation: the C# class, on one runtime, in a child process.

    The process starts with the first call, and anew with the next one after it has died. A method that crashed or hung
    is not called again: its error is raised at once.
    """

    role = Role.ORIGINAL

    def __init__(
        self, runtime: Runtime, assembly: Path, *, class_name: str = CLASS, time_limit: float = TIME_LIMIT
    ) -> None:
        """Prepare; nothing is started yet.

        :param runtime: which runtime to host.
        :param assembly: the DLL.
        :param class_name: the class, by its full name.
        :param time_limit: for a start and for each call, in seconds.
        :raises TypeError: the runtime is no `Runtime`.
        """
        if not isinstance(runtime, Runtime):
            raise TypeError(f"Host takes a Runtime, not {runtime!r}; sigmoid_parity.dotnet.find() lists those here")
        self.runtime = runtime
        setup = {**common_setup(runtime, assembly), "class_name": class_name}
        self._worker = Worker(_MODULE, setup, runtime.name, time_limit, ENVIRONMENT)

    @property
    def name(self) -> str:
        """What results call it: the runtime's name, as in ``coreclr-10.0.12``."""
        return self.runtime.name

    @property
    def functions(self) -> frozenset[str]:
        """The functions that the class computes."""
        return frozenset(_METHODS)

    def apply(self, function: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a function for each element; see `Implementation`.

        :raises HostError: the runtime or the class failed, hung or threw.
        """
        values = inputs
        for method in _METHODS[function]:
            values = self.map(method, values)
        return values

    def map(self, method: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Apply a method ``double method(double)`` of the class to each element, in one crossing.

        :param method: its name in C#.
        :param inputs: float64, any shape.
        :returns: float64 of that shape.
        :raises HostError: the runtime or the class failed, hung or threw.
        """
        if not inputs.size:
            return np.empty(inputs.shape, np.float64)
        values = np.ascontiguousarray(inputs).reshape(-1)
        request = {"method": method, "count": values.size}
        found = self._worker.run(
            method, lambda process: process.compute(request, [values], method, lambda at: at.call(method))
        )
        return found.astype(np.float64, copy=False).reshape(inputs.shape)

    def start(self) -> None:
        """Start the child process ahead of the first call, and do not wait; see `Worker.start`."""
        self._worker.start()

    @property
    def alive(self) -> bool:
        """Whether its child process runs."""
        return self._worker.alive

    def close(self) -> None:
        """End the child process, if there is one."""
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def common_setup(runtime: Runtime, assembly: Path) -> dict[str, Any]:
    """Return what every session of a .NET process needs to know, as JSON has it."""
    return {
        "runtime": asdict(runtime) | {"path": str(runtime.path)},
        "assembly": str(assembly.resolve()),
        "harness": str(resources.harness_path().resolve()),
    }
