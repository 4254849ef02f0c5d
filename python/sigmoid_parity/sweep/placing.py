"""Which side of a comparison is called in the worker's own process: data that cross to another one take their time."""

from __future__ import annotations

from dataclasses import replace

from sigmoid_parity.implementations.dotnet import AssemblyTarget
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.sides import Called, Side


def placed(expected: Side, actual: Side) -> tuple[Side, Side]:
    """Put one side that is code under test into the worker's process.

    Not both: two functions of Python could be given the same imported module, and two assemblies of one name are one to
    a runtime, so that a change in one of them would go unseen. And a process hosts one runtime.
    """
    for number, (side, other) in enumerate(((actual, expected), (expected, actual))):
        if isinstance(side, Called) and _fits(side, other):
            inside = replace(side, inside=True)
            return (inside, other) if number else (other, inside)
    return expected, actual


def _fits(side: Called, other: Side) -> bool:
    return isinstance(side.target, PythonTarget) or (
        isinstance(side.target, AssemblyTarget) and not isinstance(other, Pair)
    )
