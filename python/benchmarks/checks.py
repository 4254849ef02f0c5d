"""The command ``check``, whole: of a function of this package, of a program, and of the C# class itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import Final

from benchmarks.timing import Call
from sigmoid_parity import resources
from sigmoid_parity.implementations.dotnet import Runtime

_COMMAND: Final = (sys.executable, "-m", "sigmoid_parity", "check", "--quiet")
_PROGRAM: Final = resources.fixtures_dir() / "consumers" / "sigmoid.js"


def calls(port: str, runtime: Runtime | None) -> dict[str, Call]:
    """Return the commands to be timed, each a process of its own; what needs .NET or Node is left out without them.

    :param port: the name of the first, which checks the port against itself.
    :param runtime: on which the others are compared, and the C# class is checked.
    """
    found = {port: _process("sigmoid_parity:activation", "--against", "port")}
    if runtime is not None:
        here = ("--runtime", runtime.name)
        found["a Python function, against C#"] = _process("sigmoid_parity:activation", *here)
        found["the C# class, against C#"] = _process(str(resources.assembly_path()), *here)
        if which("node"):
            program = f"node {_PROGRAM} {{function}}"
            found["a program of Node, against C#"] = _process("--command", program, *here)
    return found


def _process(*arguments: str | Path) -> Call:
    return lambda: _run([*_COMMAND, *map(str, arguments)])


def _run(command: Sequence[str]) -> None:
    # Ctrl-C is for this process, which then ends the other. Node's exp differs: exit code 1.
    done = subprocess.run(command, check=False, capture_output=True, start_new_session=True)  # noqa: S603 - ours
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} could not run: {done.stdout.decode()}{done.stderr.decode()}")
