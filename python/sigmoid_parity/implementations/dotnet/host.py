"""The C# class on one runtime, in a child process: what happens in there cannot take this process with it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations import Role
from sigmoid_parity.implementations.dotnet.binding import CLASS
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting.process import Process

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
_FATAL: Final = ("crash", "hang")  # After these the process is no more.
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
        self._assembly = assembly
        self._class_name = class_name
        self._time_limit = time_limit
        self._child: Process | None = None
        self._failed: dict[str, HostError] = {}

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
        if method in self._failed:
            raise self._failed[method]
        try:
            if self._child is None:
                self._child = Process(_MODULE, self._setup(), self.runtime.name, self._time_limit, ENVIRONMENT)
            given = np.ascontiguousarray(inputs).tobytes()
            found = self._child.compute({"method": method, "count": inputs.size}, given, len(given), method)
            return np.frombuffer(found, np.float64).reshape(inputs.shape).copy()
        except HostError as error:
            if error.kind in _FATAL:
                self._failed[method] = error
                self.close()
            raise

    def close(self) -> None:
        """End the child process, if there is one."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _setup(self) -> dict[str, Any]:
        return {
            "runtime": asdict(self.runtime) | {"path": str(self.runtime.path)},
            "assembly": str(self._assembly.resolve()),
            "class_name": self._class_name,
            "harness": str(resources.harness_path().resolve()),
        }
