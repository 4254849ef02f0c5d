"""A record is judged as what it was made of would be judged here, and each planted error in it is found."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import activation, d_activation, diagnosis, resources
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import targets
from sigmoid_parity.conformance.judging import Suite, judge
from sigmoid_parity.conformance.originals import Given, Originals
from sigmoid_parity.conformance.report import Judgement
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.module import FunctionTarget
from sigmoid_parity.implementations.port import PythonArray
from sigmoid_parity.implementations.record import RecordTarget
from tests.cli.running import run
from tests.implementations.records import digits, of, signed

SAMPLES = 500
FIXTURES = list(load_all())


def hard(x: Floats) -> Floats:
    return np.asarray(np.clip(0.2 * x + 0.5, 0.0, 1.0))


def steep(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-2.0 * x)))


def off_by_one(x: Floats) -> Floats:
    y = np.asarray(activation(x))
    return np.where(x == 0.5, np.nextafter(y, 1.0), y)


def cube(x: Floats) -> Floats:
    return x * x * x


FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "activation": activation,
    "d_activation": d_activation,
    "hard": hard,
    "steep": steep,
    "cube": cube,
}


def suite(samples: int = SAMPLES) -> Suite:
    """Return what every callable is judged with, beside the port."""
    originals = Originals()
    originals.add([Given(PythonArray())])
    return Suite(FIXTURES, diagnosis.load(), originals, samples=samples, every=True)


def judged(path: Path, name: str) -> Judgement:
    """Judge one callable of a record."""
    (judgement,) = judge(RecordTarget(path, member=name), lambda: suite(samples=0), named=True).judgements
    return judgement


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_record_is_judged_like_its_function(name: str, tmp_path: Path) -> None:
    """What it is, with how much certainty, and how many of which points differ: all as where the function is called."""
    function = FUNCTIONS[name]
    with np.errstate(all="ignore"):
        (here, *_) = [
            one
            for one in judge(FunctionTarget(function), suite, named=True).judgements
            if one.name == f"{name}(float64 array)"
        ]
    there = judged(of(tmp_path / "acme.record", {name: function}, SAMPLES), name)
    assert there.diagnosis.shape == here.diagnosis.shape
    assert [(one.form, one.sure) for one in there.diagnosis.findings] == [
        (one.form, one.sure) for one in here.diagnosis.findings
    ]
    assert (there.function, there.agrees) == (here.function, here.agrees)
    assert [one.tally for one in there.comparisons] == [one.tally for one in here.comparisons]
    assert np.array_equal(there.answers.results, here.answers.results, equal_nan=True)


def test_one_result_that_is_1_ulp_off_is_found(tmp_path: Path) -> None:
    """The record that differs at one sample in 500 is told from the original."""
    path = of(tmp_path / "acme.record", {"f": activation}, SAMPLES)
    lines = path.read_text(encoding="utf-8").partition("digest")[0].split("\n")
    place = len(lines) - 3 - SAMPLES - 100  # A sample of x, an ordinary one.
    argument, result = lines[place].split()
    lines[place] = f"{argument} {int(result, 16) + 1:016x}"
    (comparison,) = judged(signed(path, "\n".join(lines)), "f").comparisons
    assert (comparison.differ, comparison.max_ulp) == (1, 1)
    assert digits(comparison.inputs[[comparison.worst]]) == [argument]


def test_points_without_a_line_are_skipped(tmp_path: Path) -> None:
    """A program may leave points out; they are counted, and are neither agreement nor difference."""
    path = of(tmp_path / "acme.record", {"f": activation}, SAMPLES)
    lines = path.read_text(encoding="utf-8").partition("digest")[0].split("\n")
    count = next(line for line in lines if line.startswith("results: ")).removeprefix("results: ")
    left = [line for line in lines if not line.startswith("7ff0")]
    text = "\n".join(left).replace(f"results: {count}", f"results: {int(count) - len(lines) + len(left)}")
    found = judged(signed(path, text), "f")
    assert found.agrees
    assert 0 < found.skipped <= len(lines) - len(left)


def opened(against: str, samples: int = SAMPLES) -> Suite:
    """Return a suite whose original is a record."""
    own = Suite(FIXTURES, diagnosis.load(), Originals(), samples=samples)
    with ExitStack() as stack:
        own.originals.add(targets.originals(against, Options(), lambda: own, stack))
    return own


def test_a_record_can_be_the_original(tmp_path: Path) -> None:
    """A function that is held to a record has its bits at all points, or not; each function of it serves."""
    pair = of(tmp_path / "pair.record", {"sigmoid": activation, "slope": d_activation}, SAMPLES)
    other = of(tmp_path / "other.record", {"sigmoid": off_by_one}, SAMPLES)
    for against, function, agrees in (
        (str(pair), activation, True),
        (f"{pair}:sigmoid", activation, True),
        (str(pair), d_activation, True),
        (f"{other}:sigmoid", activation, False),
    ):
        (first, *_) = judge(FunctionTarget(function), partial(opened, against), named=True).judgements
        assert first.agrees == agrees
        assert first.comparisons[0].tally.samples == SAMPLES
        assert first.comparisons[0].differ == (0 if agrees else 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [("seed: 1", "seed: 2"), ("samples: 500", "samples: 501"), ("points-sha256: ", "points-sha256: 0")],
)
def test_other_points_are_one_error(old: str, new: str, tmp_path: Path) -> None:
    """A record of points that this version does not have is refused, as a target and as an original."""
    path = of(tmp_path / "acme.record", {"f": activation}, SAMPLES)
    lines = path.read_text(encoding="utf-8").partition("digest")[0].replace(old, new, 1).split("\n")
    signed(path, "\n".join([lines[0], lines[1][:79], *lines[2:]]))
    (failure,) = judge(RecordTarget(path), suite, named=False).failures
    assert "was recorded at other points than those of `sigmoid-parity points --samples 50" in failure.problem
    with pytest.raises(HostError, match="record it anew at these"):
        opened(str(path))


def test_points_that_an_original_lacks_are_one_error(tmp_path: Path) -> None:
    """The message has the options that fit the record."""
    path = of(tmp_path / "acme.record", {"f": activation}, 10, seed=3)
    with pytest.raises(UsageError, match="give --samples 10 --seed 3"):
        opened(str(path))


@pytest.mark.processes
def test_the_shell_of_the_fixtures_readme_makes_a_record(tmp_path: Path) -> None:
    """The lines of fixtures/README.md, with a program in another folder, give a record that agrees with the port."""
    readme = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8")
    script = re.search(r"```sh\n(sigmoid-parity points.*?)```", readme, re.DOTALL)
    assert script is not None
    program = resources.fixtures_dir() / "consumers" / "sigmoid.py"
    (tmp_path / "sigmoid.py").write_bytes(program.read_bytes())
    (tmp_path / "bin").mkdir()
    for name, command in (("sigmoid-parity", f"{sys.executable} -m sigmoid_parity"), ("python3", sys.executable)):
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    subprocess.run(["sh", "-ec", f'PATH="$PWD/bin:$PATH"\n{script[1]}'], cwd=tmp_path, check=True)
    done = run("check", tmp_path / "acme.record", "--against", "port")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "AGREE: activation: the bits of C#'s Activation in 5,312 cases and 100,000 points" in done.stdout
