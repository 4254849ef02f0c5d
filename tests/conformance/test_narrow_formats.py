"""Callables of 32, 16 and 8 bits: all their numbers, C#'s result rounded once, and how it was rounded otherwise."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from sigmoid_parity import check, formats
from sigmoid_parity.conformance import files, targets
from sigmoid_parity.conformance.report import Judgement
from sigmoid_parity.errors import HostError, MissingError, UsageError
from sigmoid_parity.implementations.dotnet import AssemblyTarget, select
from sigmoid_parity.implementations.module import FunctionTarget
from sigmoid_parity.implementations.program import ProgramTarget
from tests.cli.running import hide
from tests.conformance import kernels

NARROW = formats.NAMES[2:]
ALL = {name: 256 ** formats.BYTES[name] for name in NARROW}


def judged(function: Any, name: str, **more: Any) -> Judgement:
    """The one judgement, held to the port."""
    (place,) = check(function, dtype=name, against="port", **more).report.places
    (one,) = place.judgements
    assert not place.failures
    return one


@pytest.mark.parametrize("name", NARROW)
def test_one_rounding_agrees_at_every_number(name: str) -> None:
    """C#'s double, rounded once by other means: no difference, and all encodings count, each once."""
    found = judged(kernels.once, name)
    (compared,) = found.comparisons
    assert found.agrees
    assert (compared.tally.cases, compared.tally.samples, compared.differ) == (0, ALL[name], 0)
    words = compared.inputs.view(f"u{compared.inputs.itemsize}")[~np.isnan(compared.inputs)]
    assert np.unique(words).size == words.size == ALL[name] - np.count_nonzero(np.isnan(compared.inputs))
    assert found.diagnosis.findings[0].sure == "exact"


def test_the_class_in_c_sharp_is_rounded_too() -> None:
    """The same, held to C# on every runtime, with its derivative."""
    found = check(kernels.once, lambda y: kernels.wide_derivative(y).astype(np.float16), dtype="float16")
    assert found.agrees, found
    assert str(found).count("in all its 65,536 inputs") >= 2


@pytest.mark.processes
@pytest.mark.parametrize(
    ("function", "name", "arithmetic"),
    [
        (kernels.twice, "float16", "rounded-twice"),
        *((kernels.toward_zero, name, "binary64-toward-zero") for name in NARROW),
        *((kernels.to_odd, name, "binary64-odd") for name in NARROW),
        *((kernels.flushed, name, "binary64-to-zero") for name in NARROW),
        (kernels.in_the_format, "bfloat16", "own"),
    ],
)
def test_how_it_was_rounded_is_named(function: Any, name: str, arithmetic: str) -> None:
    """One wrong way each, planted; it is not C#'s, and named to the bit."""
    found = judged(function, name)
    assert not found.agrees
    assert found.comparisons[0].differ
    finding = found.diagnosis.findings[0]
    assert (finding.convention.id, finding.arithmetic.id, finding.sure) == ("sigmoid", arithmetic, "exact")


@pytest.mark.parametrize("name", ["float16", "float8_e4m3fn", "float8_e5m2"])
def test_saturation_is_named(name: str) -> None:
    """The derivative of a large y: the largest number instead of infinity, or of NaN where there is no infinity."""
    found = judged(kernels.saturated, name, functions=("d_activation",))
    finding = found.diagnosis.findings[0]
    assert not found.agrees
    assert (finding.arithmetic.id, finding.sure) == ("binary64-saturated", "exact")


def test_float32_with_one_rounding_at_the_end_is_named() -> None:
    """NumPy's exp in float32 may have other last bits than libm's: hardly any is left after rounding to 8 bits."""
    found = judged(kernels.in_float32, "bfloat16").diagnosis.findings[0]
    assert found.arithmetic.id == "binary32-rounded"
    assert np.count_nonzero(found.steps) < 4


def test_half_precision_in_numpy_is_named() -> None:
    """NumPy's exp of float16 differs from libm's, rounded, at a few inputs, on some processors: close, then."""
    found = judged(kernels.in_the_format, "float16").diagnosis.findings[0]
    assert found.arithmetic.id in {"own", "binary16"}
    assert np.count_nonzero(found.steps) < 16


def test_rounding_twice_is_said_in_words() -> None:
    """On the screen: what it does, in how many of the inputs, and what to do. In bfloat16 nothing comes of it."""
    shown = str(check(kernels.twice, dtype="float16", against="port"))
    assert "rounded twice" in shown
    assert "7 of all its 65,536 inputs differ; round C#'s double to the format once" in shown
    assert check(kernels.twice, dtype="bfloat16", against="port").agrees


def test_a_table_is_seen() -> None:
    """61 values where there should be thousands; a right sigmoid of 8 bits has few as well, and is none."""
    shown = str(check(kernels.looked_up, dtype="float16", against="port"))
    assert "it looks like a table" in shown
    assert "it looks like a table" not in str(check(kernels.toward_zero, dtype="float8_e5m2", against="port"))
    narrowed = str(
        check(lambda x: x.astype(np.float32) * 0 + kernels.once(x.astype(np.float16)), dtype="float32", against="port")
    )
    assert "rounded to binary16" in narrowed
    assert "it looks like a table" not in narrowed  # It is known what it is.


def test_float32_has_cases_and_points() -> None:
    """32 bits are too many to be tried whole."""
    found = judged(lambda x: np.asarray(kernels.wide(x), np.float32), "float32", samples=2000)
    assert found.agrees
    assert found.comparisons[0].tally.samples == 2000


def test_a_format_that_it_cannot_take() -> None:
    """One error, which names those that it takes."""

    def picky(x: Any) -> Any:
        if x.dtype != np.float32:
            raise TypeError("float32 alone")
        return x

    found = check(picky, dtype="bfloat16", against="port")
    (failure,) = found.report.places[0].failures
    assert found.verdict == "error"
    assert "float32 alone" in failure.problem
    assert failure.problem.endswith("it takes float32 array, float32")


def test_an_assembly_without_the_format(dll: Path) -> None:
    """Its types say double."""
    with pytest.raises(HostError, match="nothing in it takes float16; it takes float64"):
        targets.OfFormat(AssemblyTarget(select()[0], dll), "float16").open().__enter__()
    with targets.OfFormat(AssemblyTarget(select()[0], dll), "float64").open() as found:
        assert {one.dtype.name for one in found.candidates} == {"float64"}


def test_names_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that does not exist; and one whose package is not installed."""
    with pytest.raises(UsageError, match="did you mean bfloat16"):
        check(kernels.once, dtype="bfloat17", against="port")
    hide("ml_dtypes", monkeypatch)
    with pytest.raises(MissingError, match=r"ml_dtypes is not installed.*extra formats"):
        check(kernels.once, dtype="bfloat16", against="port")


def test_types_that_a_function_declares() -> None:
    """An annotation, and a universal function's types, add a format to the ordinary ones; nothing else does."""

    def half(x: np.float16) -> np.float16:
        return x

    def brain(x: ml_dtypes.bfloat16) -> ml_dtypes.bfloat16:
        return x

    names = {}
    for function in (half, brain, np.tanh, lambda x: x):
        with FunctionTarget(function).open() as found:
            names[function] = [one.dtype.name for one in found.candidates]
    ordinary = ["float64", "float64", "float32"]
    assert list(names.values()) == [[*ordinary, "float16"], [*ordinary, "bfloat16"], [*ordinary, "float16"], ordinary]


def test_one_number_at_a_time() -> None:
    """A function that decides by its argument gets scalars of the format, and may not return a wider one."""

    def branched(x: Any) -> Any:
        one = np.float16(1)
        with np.errstate(all="ignore"):
            return one / (one + np.exp(-x)) if not x < 0 else np.exp(x) / (one + np.exp(x))

    found = judged(branched, "float16")
    assert found.name == "branched(float16)"
    assert found.diagnosis.findings[0].convention.function == "activation"
    wider = check(lambda x: float(x) if x > 0 else 0.0, dtype="float16", against="port")
    assert "it must keep the format" in wider.report.places[0].failures[0].problem


PROGRAM = """
import sys, numpy as np, ml_dtypes
lines = sys.stdin.read().split()
x = np.array([int(line, 16) for line in lines], np.uint16).view(ml_dtypes.bfloat16)
with np.errstate(all="ignore"):
    y = RESULT
print(*("%0DIGITSx" % word for word in y.view("uWORDS").tolist()), sep="\\n")
"""


def test_a_program_writes_as_many_digits_as_the_format_has(tmp_path: Path) -> None:
    """4 hex digits in and out; a program that answers with 16 is told how to be run."""
    of = np.dtype(ml_dtypes.bfloat16)
    good, wide = tmp_path / "good.py", tmp_path / "wide.py"
    good.write_text(PROGRAM.replace("RESULT", "-x").replace("DIGITS", "4").replace("WORDS", "2"))
    wide.write_text(PROGRAM.replace("RESULT", "x.astype('f8')").replace("DIGITS", "16").replace("WORDS", "8"))
    with ProgramTarget(f"{sys.executable} {good}", (), dtype=of).open() as found:
        every = formats.every(of)
        assert found.candidates[0].compute(every).tobytes() == (every.view(np.uint16) ^ 0x8000).tobytes()
    target = ProgramTarget(f"{sys.executable} {wide}", (), dtype=of)
    with pytest.raises(HostError, match="must be 4 hex digits, or skip; 16 hex digits: run it with --dtype float64"):
        target.open().__enter__()


def test_bits_in_the_report_are_those_of_the_format() -> None:
    """Four digits for 16 bits."""
    found = check(kernels.twice, dtype="float16", against="port")
    written = json.loads(files.to_json(found.report, {}))
    points = written["places"][0]["callables"][0]["comparisons"][0]["differing"]
    assert len(points) == 7
    assert all(len(point[f"{name}_bits"]) == 4 for point in points for name in ("input", "expected", "actual"))


def test_another_function_as_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kernels with each other: eager with compiled, one device with another."""
    monkeypatch.chdir(tmp_path)
    Path("other.py").write_text(
        "import numpy as np\ndef f(x):\n    one = x.dtype.type(1)\n    return one / (one + np.exp(-x))\n"
    )
    assert check(kernels.in_the_format, dtype="bfloat16", against="other.py:f").agrees
    assert not check(kernels.once, dtype="bfloat16", against="other.py:f").agrees
