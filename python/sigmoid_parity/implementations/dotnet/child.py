"""The child process: hosts one runtime and one assembly, and answers its parent line by line.

It is started by `host.Host`. Each request and each answer is one line of JSON; doubles cross in a shared mapping of a
file, never as text.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding
from sigmoid_parity.implementations.dotnet.runtimes import Runtime


class Session:
    """One runtime with one assembly, and the delegates made so far."""

    def __init__(self, runtime: Runtime, assembly: Path, class_name: str, map_assembly: Path) -> None:
        """Start the runtime and create the object.

        :raises HostError: the runtime does not start, or the assembly is not what is asked of it.
        """
        self.runtime = runtime
        self.version = binding.start(runtime)
        self._type = binding.load_type(runtime, assembly, class_name)
        self._instance = binding.create(runtime, self._type)
        self._map = binding.array_map(runtime, assembly, map_assembly)
        self._delegates: dict[str, Any] = {}

    def apply(self, method: str, file: str, count: int) -> None:
        """Apply a method to the first ``count`` doubles of a mapped file, and write the results behind them.

        :raises HostError: no such method, or it threw.
        """
        if method not in self._delegates:
            self._delegates[method] = binding.delegate(self.runtime, self._type, self._instance, method)
        memory = np.memmap(file, np.float64, "r+", shape=(2, count))
        try:
            self._map(self._delegates[method], memory[0].ctypes.data, memory[1].ctypes.data, count)
        except Exception as error:
            raise HostError(self.runtime.name, "throw", f"{method} threw {binding.describe(error)}") from error


def serve(setup: dict[str, Any], requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more.

    :param setup: what `Session` needs, as strings; paths are absolute.
    :param requests: lines of JSON: method, file, count.
    :param answers: takes a line of JSON each: the runtime's version, then ``{}`` or an error for every request.
    """

    def answer(**content: Any) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        runtime = Runtime(**setup["runtime"] | {"path": Path(setup["runtime"]["path"])})
        session = Session(runtime, Path(setup["assembly"]), setup["class_name"], Path(setup["map_assembly"]))
    except HostError as error:
        return answer(kind=error.kind, problem=error.problem)
    answer(version=session.version)
    for line in requests:
        try:
            session.apply(**json.loads(line))
            answer()
        except HostError as error:
            answer(kind=error.kind, problem=error.problem)
    return None


def main() -> None:
    """Serve the parent at the other end of standard input and output."""
    # What C# writes to the console goes to standard error, not between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    setup = json.loads(sys.argv[1])
    os.chdir(setup["folder"])  # Mono leaves a report where it crashes.
    serve(setup, sys.stdin, answers)
    # Not by way of the runtime's own shutdown: some versions crash there, with all the work done.
    os._exit(0)


if __name__ == "__main__":
    main()
