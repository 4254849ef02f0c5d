"""The confusion matrix: every convention, in every order and arithmetic, written as code, is named as itself."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sigmoid_parity.diagnosis import Observation, diagnose, load
from sigmoid_parity.diagnosis.arithmetic import Arithmetic
from sigmoid_parity.diagnosis.catalogue import Convention
from sigmoid_parity.diagnosis.expressions import calls
from sigmoid_parity.implementations.dotnet import Host, Runtime
from tests.conftest import Build
from tests.diagnosis import printing, programs
from tests.diagnosis.points import Floats, observe, points, scalar
from tests.diagnosis.printing import Printed

CATALOGUE: Final = load()
OF_ONE: Final = [convention for convention in CATALOGUE.conventions if convention.takes != "both"]
PRINTED: Final = [printed for convention in OF_ONE for printed in printing.every(convention)]


def misnamed(printed: Printed, compute: Callable[[Floats], Floats]) -> str | None:
    """Say what a convention was taken for, if not for itself, bit for bit."""
    found = diagnose(observe(compute, seeded=200), CATALOGUE).findings
    what = f"{printed.convention.id} {printed.form.written} {printed.arithmetic.id} {printed.parameter}"
    if not found:
        return f"{what}: nothing"
    best = found[0]
    same = best.convention is printed.convention
    if best.sure == "exact" and same and (best.parameter == printed.parameter or _coarse(printed, best.parameter)):
        return None
    # Rounding to fewer bits hides orders of operations: what has the same bits and stands first is as right an answer.
    if best.sure == "exact" and not best.differ and _narrow(printed):
        return None
    return f"{what}: {best.convention.id} {best.form} {best.arithmetic.id} {best.sure}, {best.differ} differ"


def _narrow(printed: Printed) -> bool:
    formats = printed.arithmetic.operations, printed.arithmetic.argument, printed.arithmetic.result
    return any(one is not None and one.itemsize < np.dtype(np.float64).itemsize for one in formats)


def _coarse(printed: Printed, parameter: float | None) -> bool:
    """Say whether two parameters are one number in the formats in which results can tell them apart."""
    if not _narrow(printed) or parameter is None or printed.parameter is None:
        return False
    return bool(np.float32(parameter) == np.float32(printed.parameter))


@pytest.mark.parametrize("convention", OF_ONE, ids=lambda convention: convention.id)
def test_in_python(convention: Convention) -> None:
    """A Python function of a float in binary64: named as itself in each order, with its parameter to the last bit."""
    written = [one for one in printing.every(convention) if one.arithmetic.id == "binary64"]
    assert written
    assert [said for one in written if (said := misnamed(one, scalar(printing.python(one))))] == []


@pytest.mark.processes
def test_in_c_sharp(build: Build, runtime: Runtime) -> None:
    """As methods of one class, in the arithmetics that C# has: binary64, and casts to float anywhere in it."""
    formats = (np.dtype(np.float64), np.dtype(np.float32))
    written = [
        one
        for one in PRINTED
        if one.arithmetic.operations in formats
        and one.arithmetic.functions == np.float64
        and one.arithmetic.argument in (None, *formats)
        and one.arithmetic.result in (None, *formats)
        and not one.arithmetic.flush
        and not calls(one.form.node) & printing.LACKING
    ]
    methods = [printing.csharp(one, f"F{number}") for number, one in enumerate(written)]
    source = "using System;\npublic class Conventions {\n" + "\n".join(methods) + "\n}\n"
    with Host(runtime, build("Conventions", source), class_name="Conventions") as host:
        wrong = [
            misnamed(one, lambda values, name=f"F{number}": host.map(name, values.astype(np.float64)))  # type: ignore[misc]
            for number, one in enumerate(written)
        ]
    assert len(written) > 400
    assert [said for said in wrong if said] == []


def _is_c(arithmetic: Arithmetic) -> bool:
    """Tell whether C has a type for it: formats of the candidate's own are for 16 and 8 bits, and tested with those."""
    return arithmetic.id != "x87" and arithmetic.ending is None


@pytest.mark.processes
def test_in_c(tmp_path: Path) -> None:
    """As a program in C, in binary16, binary32, binary64 and the 80-bit format, and with subnormal numbers flushed."""
    written = [one for one in PRINTED if _is_c(one.arithmetic) and (not one.arithmetic.flush or _x86())]
    program = programs.compile_c(written, programs.EXACT, tmp_path)
    wrong = [
        misnamed(one, programs.run(program, number, flushed=one.arithmetic.flush)) for number, one in enumerate(written)
    ]
    assert len(written) > 700
    assert [said for said in wrong if said] == []


@pytest.mark.processes
@pytest.mark.skipif(platform.machine() != "x86_64", reason="x87 is a part of x86 processors")
def test_in_c_on_x87(tmp_path: Path) -> None:
    """As plain C that is compiled for x87: each operation in 80 bits, which rounds twice."""
    written = [one for one in PRINTED if one.arithmetic.id == "x87"]
    program = programs.compile_c(written, programs.X87, tmp_path)
    assert [said for n, one in enumerate(written) if (said := misnamed(one, programs.run(program, n)))] == []
    assert len(written) >= 3


def _x86() -> bool:
    return platform.machine() == "x86_64"


def test_of_two_arguments() -> None:
    """A function of x and y is named with what each argument is, either way round; so is one of x and alpha."""
    inputs, count = points(500)
    random = np.random.default_rng(3)
    x, y, alpha = random.permutation(inputs[:count]), random.random(count), random.uniform(0.1, 4.0, count)
    every = np.ones(count, np.bool_)
    exp = scalar(printing.NAMES["exp_"])
    with np.errstate(all="ignore"):
        both = y + x * ((1.0 - y) * y)
        slope = 1.0 / (1.0 + exp(-(alpha * x)))
        heat = 1.0 / (1.0 + exp(-x / alpha))
    for arguments, results, names in (
        ((x, y), both, ("x", "y")),
        ((y, x), both, ("y", "x")),
        ((x, alpha), slope, ("x", "a")),
        ((alpha, x), heat, ("t", "x")),
        ((x, y), (1.0 - y) * y, ("", "y")),
    ):
        (found,) = diagnose(Observation(arguments, results, every, every), CATALOGUE).findings
        assert (found.sure, found.arguments) == ("exact", names)
