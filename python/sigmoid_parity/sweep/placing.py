"""Which side of a comparison is called in the worker's own process: data that cross to another one take their time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from sigmoid_parity.implementations.dotnet import AssemblyTarget
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.sides import Called, Side

_OURS: Final = "sigmoidparity"  # What the names of our assemblies begin with; .NET does not look at their case.


def placed(expected: Side, actual: Side) -> tuple[Side, Side]:
    """Put one side that is code under test into the worker's process.

    Not both: two functions of Python could be given the same imported module, and two assemblies of one name are one to
    a runtime, so that a change in one of them would go unseen. And a process hosts one runtime.
    """
    for number, (side, other) in enumerate(((actual, expected), (expected, actual))):
        if isinstance(side, Called) and _fits(side, other):
            inside = replace(side, apart=False)
            return (inside, other) if number else (other, inside)
    return expected, actual


def _fits(side: Called, other: Side) -> bool:
    target = side.target
    if not isinstance(target, AssemblyTarget):
        return isinstance(target, PythonTarget)
    return not isinstance(other, Pair) or (other.runtime == target.runtime and _unlike_ours(target.path))


def _unlike_ours(assembly: Path) -> bool:
    """Tell whether neither an assembly nor what it may load has the name of one of ours."""
    beside = (file.name.lower() for file in assembly.parent.iterdir())
    return not any(name.startswith(_OURS) for name in beside) and _OURS.encode() not in assembly.read_bytes().lower()
