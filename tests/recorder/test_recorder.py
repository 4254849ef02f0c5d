"""sigmoid-recorder: what it records on CoreCLR is judged by `check` as the assembly itself is."""

from __future__ import annotations

import hashlib
import platform
import re
from pathlib import Path

import pytest

from sigmoid_parity.machine import provenance
from tests.cli.running import run
from tests.recorder.conftest import Recorder
from tests.sdk import NEEDS_SDK

pytestmark = [pytest.mark.processes, NEEDS_SDK]

SAMPLES = ("--samples", "3000", "--seed", "9")
NO_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}


def fields(path: Path) -> dict[str, str]:
    """Read the head of a record."""
    return dict(line.split(": ", 1) for line in path.read_text(encoding="utf-8").partition("\n\n")[0].splitlines()[1:])


@pytest.mark.parametrize("alpha", ["1.0", "0.5"])
def test_a_record_is_judged_like_its_assembly(alpha: str, recorder: Recorder, acme: Path, tmp_path: Path) -> None:
    """Same verdict, same words for every method: scalars, floats, arrays, two arguments, exceptions, refusals."""
    record = tmp_path / "acme.record"
    done = recorder(acme, "--new", alpha, "--class", "Acme.Neuro.Sigmoid", *SAMPLES, "--output", record)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{record}: 10 callables, 1 at a few points, 0 not at all\n"
    options = (*SAMPLES, "--runtime", "coreclr-10")
    there = run("check", record, *options)
    here = run("check", acme, "--class", "Acme.Neuro.Sigmoid", "--new", alpha, *options)
    assert there.returncode == here.returncode == 0  # WithAlpha(x, 1) is the sigmoid, whatever the class's alpha is.
    assert ("the sigmoid with alpha = 0.5" in there.stdout) == (alpha == "0.5")
    assert there.stdout.partition("\n")[2] == here.stdout.partition("\n")[2]
    assert re.search(r"throws at [\d,]+ points: Checked\(.*OverflowException: too small", there.stdout)


def test_the_head_says_on_what_it_was_recorded(recorder: Recorder, acme: Path, tmp_path: Path) -> None:
    """Runtime, system, processor, C library and the assembly's hash; and the points, which are those of Python."""
    record = tmp_path / "acme.record"
    assert recorder(acme, "--new", "1", "--method", "Slope", *SAMPLES, "--output", record).returncode == 0
    head = fields(record)
    assert head["source-sha256"] == hashlib.sha256(acme.read_bytes()).hexdigest()
    assert head["source"] == acme.name
    assert head["runtime"].startswith(".NET 1")
    assert head["libm"] == provenance.libm()
    assert head["processor"].split()[-1] == provenance.cpu().split()[-1]
    assert platform.system() != "Linux" or head["system"]
    points = run("points", *SAMPLES).stdout.encode()
    assert head["points-sha256"] == hashlib.sha256(points).hexdigest()


@pytest.mark.skipif(platform.machine() != "x86_64", reason="glibc's variants of exp are those of x86-64")
def test_another_machine_is_recognised_by_its_exp(recorder: Recorder, acme: Path, tmp_path: Path) -> None:
    """Recorded with glibc's other exp: the difference is found, the library named, and a record from there agrees."""
    there, pair = tmp_path / "there.record", tmp_path / "pair.record"
    options = ("--class", "Acme.Neuro.Sigmoid", "--new", "1", "--method")
    for path, method in ((there, "Function"), (pair, "Checked")):
        done = recorder(acme, *options, method, "--output", path, environment=NO_FMA)
        assert done.returncode == 0, done.stderr
    found = run("check", there, "--runtime", "coreclr-10")
    assert found.returncode == 1
    assert "else at most 2 ULP, with the exp of musl, or glibc 2.28 or newer on a processor without FMA" in found.stdout
    assert "not C#'s Activation: 15 of 5,312 cases and 15 of 100,000 points differ" in found.stdout
    held = run("check", there, "--against", f"{pair}:Acme.Neuro.Sigmoid.Checked")
    assert held.returncode == 0, held.stdout + held.stderr


def test_what_cannot_be_called_is_recorded_as_that(recorder: Recorder, acme: Path, tmp_path: Path) -> None:
    """A constructor that throws, and types that are not taken, are said by `check` in the words of the recorder."""
    record = tmp_path / "acme.record"
    assert recorder(acme, *SAMPLES, "--output", record).returncode == 0
    done = run("check", record, "--against", "port", "--all")
    assert (
        "Acme.Neuro.Unlicensed.Function(double): its constructor threw System.InvalidOperationException: no licence"
        in (done.stdout)
    )
    assert "Acme.Neuro.Unlicensed.Exact(decimal): takes decimal" in done.stdout
    assert "Acme.Neuro.Sigmoid.Function(double): its constructor needs arguments: (double)" in done.stdout
    assert "1 methods: neither take nor give double or float" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("none.dll",), "there is no assembly at none.dll"),
        ((__file__,), "is not a usable assembly"),
        (
            ("{acme}", "--class", "Acme.Other"),
            "no public class Acme.Other; it has: Acme.Neuro.Sigmoid, ",
        ),
        (("{acme}", "--method", "Other"), "has no method Other that can be called; it has: WithAlpha"),
        (
            ("{acme}", "--class", "Acme.Neuro.Unlicensed"),
            "nothing could be called; Acme.Neuro.Unlicensed.",
        ),
        (("{acme}", "--seed", "-1"), "--seed: -1 is not a number that it takes"),
        (("{acme}", "--samples"), "--samples needs a value"),
        (("{acme}", "--sample", "1"), "there is no option --sample; --help has them"),
        (("{acme}", "{acme}"), "one assembly at a time"),
        (("{acme}", "--new", "1", "--samples", "1", "--output", "/none/acme.record"), "/none"),
        (("--seed", "1"), "name an assembly"),
    ],
)
def test_what_it_cannot_do_is_one_line(
    arguments: tuple[str, ...], problem: str, recorder: Recorder, acme: Path, tmp_path: Path
) -> None:
    """Exit code 2, one line with the remedy, and no record."""
    output = () if "--output" in arguments else ("--output", str(tmp_path / "acme.record"))
    done = recorder(*output, *(one.replace("{acme}", str(acme)) for one in arguments))
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith("sigmoid-recorder: ")
    assert problem in last
    assert "   at " not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_crash_leaves_its_name_and_no_record(recorder: Recorder, misbehaving: Recorder, tmp_path: Path) -> None:
    """What ends the process is named by the last line before the runtime's own; there is no half record."""
    record = tmp_path / "acme.record"
    done = recorder(misbehaving("FailFast"), "--output", record)
    assert done.returncode not in {0, 2}
    assert done.stderr.splitlines()[0] == "SigmoidParity.Sigmoid.Activation(double)"
    assert not record.exists()


def test_help_has_every_option(recorder: Recorder) -> None:
    """``--help`` exits with 0; the options there are those that are taken."""
    done = recorder("--help")
    assert done.returncode == 0
    assert set(re.findall(r"--[a-z]+", done.stdout)) == {
        *("--class", "--method", "--new", "--samples", "--seed", "--output", "--help", "--version")
    }
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", recorder("--version").stdout)
