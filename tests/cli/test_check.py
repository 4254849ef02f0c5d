"""``sigmoid-parity check``: anybody's class, function and program, judged by its values."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sigmoid_parity.implementations.dotnet import Runtime, find
from tests.cli.running import Outcome, run
from tests.conftest import Build

QUICK = ("--samples", "2000", "--against", "port")

ACME = """
using System;
namespace Acme.Neuro
{
    public class Sigmoid
    {
        private readonly double alpha;
        public Sigmoid(double alpha) { this.alpha = alpha; }
        public double Function(double x) { return 1.0 / (1.0 + Math.Exp(-alpha * x)); }
        public double Derivative(double x) { double y = Function(x); return alpha * y * (1.0 - y); }
        public double Derivative2(double y) { return alpha * y * (1.0 - y); }
        public double Log2(double x) { return Math.Log(x, 2.0); }
        public string Name(int index) { return "acme" + index; }
    }
}
"""

NET = """
import math

def sigmoid(x):
    try:
        return 1.0 / (1.0 + math.exp(-x))
    except OverflowError:
        return 0.0

def overflowing(x):
    return 1.0 / (1.0 + math.exp(-x))

def from_output(y):
    return (1.0 - y) * y

def from_input(x):
    y = sigmoid(x)
    return (1.0 - y) * y

def second(x, y):
    return (1.0 - y) * y

def by_tanh(x):
    return 0.5 * (1.0 + math.tanh(x / 2.0))

def cube(x):
    return x * x * x
"""


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with right and wrong functions."""
    file = tmp_path_factory.mktemp("net") / "mynet.py"
    file.write_text(NET, encoding="utf-8")
    return file


def verdict(done: Outcome) -> str:
    return next(line for line in done.stdout.splitlines() if re.match("AGREE|DIFFER|COULD NOT RUN", line))


@pytest.mark.parametrize(
    "runtimes", [pytest.param([], marks=pytest.mark.processes), find()[:1]], ids=["every-runtime", "one-runtime"]
)
def test_alpha_is_found_and_said(build: Build, runtimes: list[Runtime]) -> None:
    """A sigmoid with alpha = 2 is recognised by its values, its derivatives by what they take; exit 1."""
    dll = build("acme", ACME)
    chosen = [word for one in runtimes for word in ("--runtime", one.name)]
    done = run("check", dll, "--class", "Acme.Neuro.Sigmoid", "--new", "2.0", "--samples", "2000", *chosen)
    assert done.returncode == 1, done.stdout + done.stderr
    assert str(dll) in done.stdout
    assert all(one.name in done.stdout for one in runtimes or find())
    assert "Acme.Neuro.Sigmoid(2" in done.stdout
    lines = {name: line for line in done.stdout.splitlines() for name in re.findall(r"^    (\w+)\(", line)}
    assert "alpha = 2" in lines["Function"]
    assert "Log2" not in lines
    assert verdict(done).startswith("DIFFER: nothing has the bits of C#'s Activation")


def test_alpha_of_one_agrees_with_its_derivative_from_y(build: Build) -> None:
    """Given 1.0 the same class is the pair; exit 0."""
    done = run("check", build("acme", ACME), "--new", "1", "--samples", "2000", "--runtime", find()[0].name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert verdict(done).startswith("AGREE: ")


def test_a_python_function_agrees(net: Path) -> None:
    """The formula with C#'s result where exp overflows has C#'s bits; exit 0, and the counts are said."""
    done = run("check", f"{net}:sigmoid", *QUICK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "AGREE: sigmoid(float): the bits of C#'s Activation in 5,312 cases and 2,000 points" in done.stdout


def test_an_exception_at_some_inputs_is_a_difference(net: Path) -> None:
    """Python's math.exp raises where C# has infinity: not an error of the run, but a difference that is named."""
    done = run("check", f"{net}:overflowing", *QUICK)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"throws at [0-9,]+ points: .*OverflowError", done.stdout)


def test_derivative_from_the_input_is_no_d_activation(net: Path) -> None:
    """A derivative that takes x does not take the place of DActivation, which takes y; the one that takes y does."""
    done = run("check", f"{net}:sigmoid", f"{net}:from_input", *QUICK)
    assert done.returncode == 1
    assert "nothing has the bits of C#'s DActivation" in verdict(done)
    assert run("check", f"{net}:sigmoid", f"{net}:from_output", *QUICK).returncode == 0
    assert run("check", f"{net}:from_input", "--function", "derivative", *QUICK).returncode == 0


def test_two_arguments_are_told_apart(net: Path) -> None:
    """Of two arguments the one that counts is found, and what it takes; the rest is whatever it is."""
    done = run("check", f"{net}:second", "--function", "d_activation", *QUICK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "of the output y, given (any, y)" in done.stdout


def test_anything_can_be_the_original(net: Path) -> None:
    """One function is held to another: the words name no C#, and advise nothing that leads to C#."""
    done = run("check", f"{net}:sigmoid", "--against", f"{net}:by_tanh", "--samples", "2000")
    assert done.returncode == 1
    assert f"held to: {net}:by_tanh on " in done.stdout
    assert "nothing has the bits of the original's activation" in verdict(done)
    assert "C#" not in done.stdout
    assert run("check", f"{net}:sigmoid", "--against", f"{net}:sigmoid", "--samples", "2000").returncode == 0


def test_skipped_points_are_in_the_verdict(tmp_path: Path) -> None:
    """A program that has no NaN answers ``skip``: counted, shown, and neither agreement nor difference."""
    done = run("check", "--command", f"{sys.executable} {_program(tmp_path)}", *QUICK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"AGREE: .* in 5,311 cases and 2,000 points, 1 skipped", done.stdout)


def _program(folder: Path) -> Path:
    file = folder / "skips.py"
    file.write_text(
        "import struct, sys\n"
        "from sigmoid_parity import activation\n"
        "for line in sys.stdin:\n"
        "    (x,) = struct.unpack('>d', bytes.fromhex(line))\n"
        "    print('skip' if x != x else struct.pack('>d', activation(x)).hex())\n",
        encoding="utf-8",
    )
    return file


def test_what_is_no_sigmoid_is_described(net: Path) -> None:
    """A cube fits no convention: it is said what it looks like, and the verdict is a difference."""
    done = run("check", f"{net}:cube", *QUICK)
    assert done.returncode == 1
    assert "not known" in done.stdout


def test_files_say_what_the_screen_says(net: Path, tmp_path: Path) -> None:
    """JSON and JUnit have the verdict, the convention, and every point that differs with its bits."""
    json_file, junit_file = tmp_path / "r.json", tmp_path / "r.xml"
    done = run("check", f"{net}:from_input", "--json", json_file, "--junit", junit_file, *QUICK)
    content = json.loads(json_file.read_text(encoding="utf-8"))
    assert (done.returncode, content["verdict"]) == (1, "differ")
    found = content["places"][0]["callables"][0]
    assert found["function"] == "derivative"
    assert found["conventions"][0]["sure"] == "exact"
    suite = ET.parse(junit_file).getroot()  # noqa: S314 - our own
    assert (suite.attrib["failures"], suite.attrib["errors"]) == ("2", "0")


def test_every_difference_can_be_listed(net: Path) -> None:
    """``--list`` prints a line a point that differs, with the bits of argument, expected and actual result."""
    done = run("check", f"{net}:cube", "--list", "--samples", "0", "--against", "port")
    rows = [
        line
        for line in done.stdout.splitlines()
        if re.search(r"( [0-9a-f]{16}){1} .* [0-9a-f]{16} .* [0-9a-f]{16}", line)
    ]
    assert len(rows) > 1_000
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "there is nothing to check"),
        (("nonsense",), "'nonsense' names nothing that can be checked"),
        (("no_such_module_at_all:f",), "no_such_module_at_all"),
        (("there-is-none.dll",), "there-is-none.dll"),
        (("math:no_such_name",), "no_such_name"),
        (("--command", "/no/such/program {function}"), "/no/such/program"),
        (("math:tanh", "--function", "stable_derivative"), "has no stable_derivative"),
    ],
)
def test_what_cannot_be_tried_is_one_error(arguments: tuple[str, ...], problem: str) -> None:
    """Whatever was named and cannot be tried: exit code 2, one clear error that names it."""
    done = run("check", *arguments, "--samples", "100", "--runtime", find()[0].name)
    assert done.returncode == 2, done.stdout + done.stderr
    assert problem in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_program_speaks_the_protocol() -> None:
    """The program in fixtures/consumers is judged like anything else."""
    program = Path(__file__).parents[2] / "fixtures" / "consumers" / "sigmoid.py"
    done = run("check", "--command", f"{sys.executable} {program} {{function}}", *QUICK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Activation" in done.stdout
