"""Sweeps of other pairs than the port and C#, beside both sides alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from benchmarks.measure import Row
from sigmoid_parity import resources
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.implementations.candidates import Target
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, compilers
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Domain
from sigmoid_parity.sweep.naming import Reader
from sigmoid_parity.sweep.runner import Runner
from sigmoid_parity.sweep.sides import NEAR
from sigmoid_parity.sweep.units import Unit

_EXPIT: Final = "scipy.special:expit"
_UNIT: Final = 1 << 22
_PARTS: Final = ((), ("expected",), ("actual",), ("expected", "actual", "compare"))
_PROJECT: Final = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
</Project>
"""

Alone = Callable[[Unit, float], float]
"""Returns how long the judged side takes alone for a unit, in seconds, given how long the other one takes."""


def measure(runtime: Runtime, assembly: Path, domains: Mapping[str, Domain], turns: int) -> Iterator[Row]:
    """Measure each pair: wall time but for the making of the points, which every sweep has alike.

    :param runtime: of C#.
    :param assembly: the class's.
    :param domains: the points, by name.
    :param turns: how many units are swept, over all of a domain.
    """
    expit = PythonTarget(_EXPIT, dtype="float64")
    with TemporaryDirectory() as folder:
        files = {"the class": assembly, "another class": _renamed(Path(folder), assembly)}
        for points, domain in domains.items():
            for name, file in files.items():
                made = _comparison(AssemblyTarget(runtime, file, member="Activation(double)"), runtime.name, domain)
                yield from _rows(f"{name}, C#, {points}", made, turns, lambda _, other: other)
            if find_spec("scipy"):
                alone = _expit(domain)
                yield from _rows(f"expit, port, {points}", _comparison(expit, "port", domain), turns, alone)
                yield from _rows(f"expit, C#, {points}", _comparison(expit, runtime.name, domain), turns, alone)


def _renamed(folder: Path, assembly: Path) -> Path:
    """Compile the class by another name: the runtime that hosts the pair can host it too."""
    (source,) = resources.csharp_sources(assembly)
    code = source.read_text(encoding="utf-8").replace("SigmoidParity", "Acme")
    (folder / "Acme.cs").write_text(code, encoding="utf-8")
    (folder / "Acme.csproj").write_text(_PROJECT, encoding="utf-8")
    output = folder / "out" / "Acme.dll"
    compilers.build(folder, output, compilers.choose())
    return output


def _rows(name: str, comparison: Comparison, turns: int, alone: Alone) -> Iterator[Row]:
    bare, called, whole = [], [], []
    size = comparison.domain.size
    unit = min(_UNIT, size // turns)
    with closing(Runner(comparison)) as runner:
        runner.ask(Unit(0, unit))
        for turn in range(turns):
            part = Unit(turn * (size // turns), unit)
            points, *taken = (_wall(runner, part, ("points", *others)) for others in _PARTS)
            expected, actual, everything = (seconds - points for seconds in taken)
            bare.append(expected + alone(part, expected))
            called.append(expected + actual)
            whole.append(everything)
    for title, times in (("both alone", bare), ("both alone, as a sweep calls them", called), ("sweep", whole)):
        yield Row("pair", title, name, unit, sum(times) / len(times) / unit * 1e9, sum(times) / sum(bare))


def _comparison(target: Target, against: str, domain: Domain) -> Comparison:
    return Reader("activation", "float64", Options()).comparisons([(target, True)], against, domain)[0][0]


def _wall(runner: Runner, unit: Unit, parts: tuple[str, ...]) -> float:
    began = time.perf_counter()
    runner.ask(unit, parts=parts)
    return time.perf_counter() - began


def _expit(domain: Domain) -> Alone:
    """Call it in this process, on blocks as long as a sweep's."""
    expit = import_module("scipy.special").expit

    def alone(unit: Unit, _: float) -> float:
        took = 0.0
        for first in range(unit.first, unit.first + unit.count, NEAR):
            points = domain.points(first, NEAR).astype(np.float64)
            began = time.perf_counter()
            with np.errstate(all="ignore"):
                expit(points)
            took += time.perf_counter() - began
        return took

    return alone
