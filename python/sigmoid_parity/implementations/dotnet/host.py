"""The C# class on one runtime, in a child process: what happens in there cannot take this process with it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.dotnet.binding import CLASS
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.machine import remedies

TIME_LIMIT: Final = 60.0
"""How long a start or a call may take by default, in seconds."""

_METHODS: Final = {name: function.methods for name, function in FUNCTIONS.items() if function.methods}
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_LAST_WORDS: Final = 8  # Lines; what a runtime prints when it crashes starts with the reason.


class Host:
    """A .NET implementation: the C# class, on one runtime, in a child process.

    The process starts with the first call, and anew with the next one after it has died.
    """

    def __init__(
        self, runtime: Runtime, assembly: Path, *, class_name: str = CLASS, time_limit: float = TIME_LIMIT
    ) -> None:
        """Prepare; nothing is started yet.

        :param runtime: which runtime to host.
        :param assembly: the DLL.
        :param class_name: the class, by its full name.
        :param time_limit: for a start and for each call, in seconds.
        """
        self.runtime = runtime
        self._assembly = assembly
        self._class_name = class_name
        self._time_limit = time_limit
        self._child: _Child | None = None

    @property
    def name(self) -> str:
        """How results and bounds call it, as in ``dotnet-coreclr-8.0.11``."""
        return f"dotnet-{self.runtime.name}"

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
        if self._child is None:
            self._child = _Child(self._setup(), self.runtime, self._time_limit)
        try:
            return self._child.map(method, inputs)
        except HostError:
            if not self._child.alive:
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
            "map_assembly": str(resources.assembly_path()),
        }


class _Child:
    """The process, its pipes, and the folder of what is shared with it."""

    def __init__(self, setup: dict[str, Any], runtime: Runtime, time_limit: float) -> None:
        self._runtime = runtime
        self._time_limit = time_limit
        self._folder = tempfile.TemporaryDirectory(
            prefix="sigmoid-parity-", dir=_SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
        )
        self._stderr = Path(self._folder.name) / "stderr"
        with self._stderr.open("wb") as stderr:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python and package
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "sigmoid_parity.implementations.dotnet.child",
                    json.dumps(setup | {"folder": self._folder.name}),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for the parent, which then ends the child.
            )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self._receive("start")
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def map(self, method: str, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        if not inputs.size:
            return np.empty(inputs.shape, np.float64)
        file = Path(self._folder.name) / "doubles"
        memory = np.memmap(file, np.float64, "w+", shape=(2, inputs.size))
        try:
            memory[0] = inputs.ravel()
            self._send({"method": method, "file": str(file), "count": inputs.size})
            self._receive(method)
            return np.array(memory[1]).reshape(inputs.shape)
        finally:
            del memory
            file.unlink()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._folder.cleanup()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            for line in self._process.stdout:
                self._answers.put(line)
        except ValueError:
            return  # Closed while reading: nobody waits any more.
        self._answers.put("")

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:
            pass  # It has died; what it left behind is read as its answer.

    def _receive(self, doing: str) -> None:
        try:
            line = self._answers.get(timeout=self._time_limit)
        except queue.Empty:
            self._process.kill()
            raise self._error(
                "hang", f"{doing} took longer than {self._time_limit:g} s; if that is not a hang, raise the time limit"
            ) from None
        if not line:
            raise self._error("crash", f"{doing} ended the process: {self._post_mortem(doing)}")
        answer = json.loads(line)
        if "problem" in answer:
            raise self._error(answer["kind"], answer["problem"])

    def _error(self, kind: str, problem: str) -> HostError:
        return HostError(self._runtime.name, kind, problem)

    def _post_mortem(self, doing: str) -> str:
        code = self._process.wait()
        ended = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        said = self._stderr.read_text(encoding="utf-8", errors="replace").strip().splitlines()[:_LAST_WORDS]
        hint = ""
        if doing == "start" and self._runtime.kind == "mono":
            hint = f"; Mono without its netstandard facade ends so: {remedies.mono()}"
        return "\n".join([ended + hint, *said])
