"""What the atlas compares: every library and language that is here, the fast ones first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.atlas import building
from sigmoid_parity import resources
from sigmoid_parity.cases import load_languages
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import HostError, ToolchainError, UsageError
from sigmoid_parity.implementations.candidates import Target
from sigmoid_parity.implementations.dotnet import AssemblyTarget, assembly, select
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.progress import Progress
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Domain, Every
from sigmoid_parity.sweep.naming import Reader
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.sides import Port, Portable, Side
from sigmoid_parity.sweep.thinned import OneIn

FORMATS: Final = ("float32", "float64")
"""Of the results, in the order of the panels."""

STEP: Final = 1021
"""Of so many numbers one is given to slow programs; a prime, for all bits to vary."""

_TIME_LIMIT: Final = 600.0  # Seconds: programs compute millions of points in a run.
_LIBRARIES: Final = {
    "torch": ("torch.sigmoid", "torch_sigmoid"),
    "numpy": ("1 / (1 + numpy.exp(-x))", "numpy_formula"),
    "jax": ("jax.nn.sigmoid", "jax_sigmoid"),
    "scipy": ("scipy.special.expit", "scipy_expit"),
    "numexpr": ("1 / (1 + exp(-x)) by numexpr", "numexpr_formula"),
}
_BINARY: Final = ("java", "javascript")  # Those with a binary mode, by their ids.
_LEFT_OUT: Final = ("c", "c-fast-math", "python")  # C has a program of its own here, and Python is this package.
_C: Final = ("-O2 -ffp-contract=off", "-O3 -ffast-math")
_OUTPUT: Final = "dotnet/bin/SigmoidParity.Benchmarks/release"  # Of csharp/SigmoidParity.Benchmarks, in build/.
_SPANS: Final = {
    "C# SigmoidVectors": ("SigmoidParity.Vectors.dll", "SigmoidParity.Vectors.SigmoidVectors", "Activation"),
    "C# TensorPrimitives.Sigmoid": (
        "System.Numerics.Tensors.dll",
        "System.Numerics.Tensors.TensorPrimitives",
        "Sigmoid",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An implementation in one format.

    :ivar name: the implementation's, with its version.
    :ivar comparison: with C#, or with the port, which an earlier row holds to C#.
    """

    name: str
    comparison: Comparison


def rows(domain: Every, folder: Path, progress: Progress) -> Iterator[Row]:
    """Return each row: the port against C# first, then the others against the port, which is faster.

    Programs that have no binary mode are slow: they come last, and are given one number in `STEP`, as doubles.

    :param domain: the points.
    :param folder: where programs are built.
    :param progress: called with what is about to be done, and with what is left out.
    """
    pair = Pair(select()[0], assembly.find().path, _TIME_LIMIT)
    for form in FORMATS:
        yield Row("this package", _comparison(form, pair, Port(), domain, folder))
    for form in FORMATS:
        yield Row("this package, portable", _comparison(form, Port(wide=True), Portable(), domain, folder))
    for name, target in _targets(folder, progress):
        of = _found(name, target, domain, folder, progress)
        if "float64" in of and "{function}" in target.name:
            of["float32"] = replace(of["float64"], format="float32")  # It has doubles only: they are rounded once.
        yield from (Row(name, of[form]) for form in FORMATS if form in of)
    thinned = OneIn(STEP, domain.name)
    for name, target in _programs(folder, progress, binary=False):
        of = _found(name, target, thinned, folder, progress)
        yield from (Row(f"{name}, one float in {STEP:,}", one) for one in of.values())


def _found(name: str, target: Target, domain: Domain, folder: Path, progress: Progress) -> dict[str, Comparison]:
    """Return a target's comparison in each format; of several overloads the last one."""
    try:
        found, _ = Reader("activation", None, Options(time_limit=_TIME_LIMIT)).comparisons(
            [(target, True)], "port", domain
        )
    except (HostError, UsageError) as error:
        progress(f"{name} is left out: {error}")
        return {}
    return {one.format: replace(one, folder=str(folder)) for one in found}


def _comparison(form: str, expected: Side, actual: Side, domain: Domain, folder: Path) -> Comparison:
    return Comparison("activation", form, expected, actual, domain, str(folder), _TIME_LIMIT)


def _targets(folder: Path, progress: Progress) -> Iterator[tuple[str, Target]]:
    yield from _assemblies(progress)
    module = Path(__file__).with_name("sigmoids.py")
    for package, (title, function) in _LIBRARIES.items():
        if find_spec(package):
            yield f"{title}, {package} {metadata.version(package)}", PythonTarget(f"{module}:{function}", _TIME_LIMIT)
        else:
            progress(f"{package} is left out: it is not installed")
    if find_spec("torch") and shutil.which("nvidia-smi"):
        title = f"torch.sigmoid on CUDA, torch {metadata.version('torch')}"
        yield title, PythonTarget(f"{module.with_name('cuda.py')}:torch_sigmoid", _TIME_LIMIT)
    yield from _c(folder, progress)
    yield from _programs(folder, progress, binary=True)


def _assemblies(progress: Progress) -> Iterator[tuple[str, Target]]:
    runtime = select()[0]
    for title, (file, owner, member) in _SPANS.items():
        path = resources.assembly_path().parent / _OUTPUT / file
        if path.is_file():
            yield f"{title}, {runtime.name}", AssemblyTarget(runtime, path, owner, (), member, _TIME_LIMIT)
        else:
            progress(f"{title} is left out: build csharp/SigmoidParity.Benchmarks in Release")


def _c(folder: Path, progress: Progress) -> Iterator[tuple[str, Target]]:
    if shutil.which("gcc") is None:
        progress("C is left out: there is no gcc")
        return
    source = Path(__file__).with_name("formula.c")
    for flags in _C:
        title = f"C, gcc {building.version(['gcc', '-dumpfullversion'])} {flags}"
        for form, of in (("float64", []), ("float32", ["-DSINGLE"])):
            command = ["gcc", *flags.split(), *of, "-o", "formula", source.name, "-lm"]
            place = building.build(source, command, folder / f"c-{flags.split()[-1].strip('-')}-{form}")
            yield (
                title,
                ProgramTarget("./formula", (), binary=True, dtype=np.dtype(form), time_limit=_TIME_LIMIT, folder=place),
            )


def _programs(folder: Path, progress: Progress, *, binary: bool) -> Iterator[tuple[str, Target]]:
    for program in load_languages().programs:
        if program.processor or program.id in _LEFT_OUT or (program.id in _BINARY) != binary:
            continue
        name = f"{program.name} {program.variant or ''}".strip()
        if not all(map(shutil.which, program.tools())):
            progress(f"{name} is left out: {', '.join(program.tools())} are needed")
            continue
        try:
            place = building.build(program.path, program.build, folder / program.id)
        except ToolchainError as error:
            progress(f"{name} is left out: {error}")
            continue
        words = " ".join(program.run)
        target = ProgramTarget(
            words, ("activation",), decimal=program.decimal, binary=binary, time_limit=_TIME_LIMIT, folder=place
        )
        tool = next(tool for tool in program.tools() if tool != "sh")
        yield f"{name}, {tool} {building.version(program.version)}", target
