"""``sigmoid-parity verify``: exit codes, what it prints, JSON and JUnit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sigmoid_parity.compare import verify as comparing
from sigmoid_parity.implementations.dotnet import find
from tests.cli.running import hide, run
from tests.conftest import Build, Misbehaving


def results(text: str, **wanted: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(text)["results"]
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_verify_agrees(tmp_path: Path, folder: Path) -> None:
    """Exit 0, a verdict with runtimes and versions; JSON and JUnit say the same.

    A row a function and a column an original, in at most 25 lines of 120 columns but for the machine's line.
    """
    done = run("verify", "--fixtures", folder, "--json", tmp_path / "r.json", "--junit", tmp_path / "r.xml")
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (content["schema_version"], content["verdict"], content["errors"]) == (3, "agree", [])
    assert content["runtimes"] == [{"name": one.name, "version": one.version} for one in find()]
    lines = done.stdout.splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines[:-1])) <= 120
    header = " ".join(lines[:4])
    assert all(one.version in header for one in find())
    assert sum("same bits" in line for line in lines) == 6
    assert lines[-2].startswith("AGREE: the port has the bits of the C# class, 0 ULP apart in ")
    for wanted in [one.name for one in find()] + ["compiler: ", "libm: ", "cpu: "]:
        assert wanted in lines[-1]
    for row in content["results"]:
        assert row["max_ulp"] <= row["limit_ulp"]
        assert row["limit_ulp"] == row["differ"] == 0 or row["kind"] != "parity"
    suite = ET.parse(tmp_path / "r.xml").getroot()  # noqa: S314 - our own
    assert (int(suite.attrib["tests"]), suite.attrib["failures"]) == (len(content["results"]), "0")


def test_every_comparison_has_a_line(tmp_path: Path, folder: Path) -> None:
    """-v prints a line per comparison, as many as the JSON has."""
    one = ("--runtime", find()[0].name, "--function", "activation")
    done = run("verify", "-v", *one, "--fixtures", folder, "--json", tmp_path / "r.json")
    lines, content = done.stdout.splitlines(), json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert sum(line.startswith("PASS") for line in lines) == len(content["results"]) > 0
    assert lines[-2].startswith("AGREE: ")


MUTANTS = {
    "steeper": ("Math.Exp(-val)", "Math.Exp(-2.0 * val)", "activation"),
    "derivative-of-x": (
        "return (1.0 - val) * val;",
        "double y = Activation(val);\n            return (1.0 - y) * y;",
        "d_activation",
    ),
    "one-ulp": ("1.0 / (1.0 + Math.Exp(-val))", "Math.Exp(val) / (1.0 + Math.Exp(val))", "activation"),
    "float": ("return (1.0 - val) * val;", "return (1.0f - (float)val) * val;", "d_activation"),
}


@pytest.mark.processes
@pytest.mark.parametrize("name", MUTANTS)
def test_verify_finds_a_changed_original(name: str, build: Build, original: str, tmp_path: Path) -> None:
    """A changed C# method: exit 1, and function, worst case and both values are named."""
    old, new, function = MUTANTS[name]
    assert original.count(old) == 1
    done = run("verify", "--assembly", build(name, original.replace(old, new)), "--json", tmp_path / "r.json")
    assert done.returncode == 1
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert json.loads(text)["verdict"] == "differ"
    (row,) = results(text, function=function, implementation="python-scalar", against=find()[0].name)
    assert row["differ"] > 0
    assert row["worst"]["expected"] != row["worst"]["actual"]
    assert f"DIFFER: {function} in {row['differ']:,} of {row['cases']:,} cases, " in done.stdout
    content = json.loads(text)
    told = [one for one in content["differences"] if one["function"] == function]
    assert [(one["differ"], sum(kind["count"] for kind in one["kinds"])) for one in told] == [(row["differ"],) * 2]
    assert f"DIFFER  {function}: C# and the port differ in {row['differ']:,} of {row['cases']:,} cases" in done.stdout
    (worst,) = [one for one in content["cases"] if (one["function"], one["id"]) == (function, row["worst"]["id"])]
    assert worst["input"]["value"] == row["worst"]["input"]
    assert {row["worst"]["expected"], row["worst"]["actual"]} <= {one["value"] for one in worst["results"]}


@pytest.mark.processes
def test_verify_lists_the_cases_that_differ(build: Build, original: str) -> None:
    """--list: each case that differs on a line, with the bits of both, and then the verdict; no table."""
    old, new, _ = MUTANTS["one-ulp"]
    dll, name = build("one-ulp", original.replace(old, new)), find()[0].name
    done = run("verify", "--assembly", dll, "--runtime", name, "--function", "activation", "--list", "--json", "-")
    content = json.loads(done.stdout)
    *lines, verdict, _ = done.stderr.splitlines()
    assert len(lines) == len(content["cases"]) > 100
    assert verdict.startswith("DIFFER: activation in ")
    for line, case in zip(lines, content["cases"], strict=True):
        assert line.startswith(f"activation {case['id']} ")
        for result in case["results"]:
            assert f" {','.join(result['implementations'])}={result['value']}:{result['bits']} " in line


CRASHING = ("activation", "derivative", "layer", "training")  # What calls Activation.


@pytest.mark.processes
def test_verify_survives_fail_fast(misbehaving: Misbehaving, tmp_path: Path) -> None:
    """A DLL that ends its process: exit 2, every runtime named, the functions that work still compared."""
    done = run("verify", "--assembly", misbehaving("FailFast"), "--json", tmp_path / "r.json")
    assert done.returncode == 2
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert content["verdict"] == "error"
    crashed = {(error["runtime"], *error["functions"], error["kind"]) for error in content["errors"]}
    assert crashed == {(one.name, *CRASHING, "crash") for one in find()}
    assert any(row["function"] == "d_activation" and row["kind"] == "parity" for row in content["results"])
    assert "COULD NOT RUN: " in done.stdout


@pytest.mark.processes
def test_verify_survives_a_hang(misbehaving: Misbehaving) -> None:
    """A DLL that hangs: exit 2, after the time limit given."""
    name = find()[0].name
    done = run(
        "verify", "--assembly", misbehaving("Hang"), "--timeout", "2", "--runtime", name, "--function", "activation"
    )
    assert done.returncode == 2
    assert re.search(rf"{re.escape(name)} \(activation\): hang: Activation\(\S+\) took longer than 2 s", done.stdout)


def test_verify_one_runtime_one_function(folder: Path) -> None:
    """--runtime and --function narrow the comparison; --quiet prints the verdict alone."""
    name = find()[-1].name
    done = run("verify", "--runtime", name, "--function", "D_Activation", "--quiet", "--fixtures", folder)
    assert done.returncode == 0
    assert done.stdout.startswith("AGREE")
    assert f"runtimes: {name};" in done.stdout
    assert len(done.stdout.splitlines()) == 2


def test_nothing_to_compare_with_is_no_agreement() -> None:
    """stable_derivative has no C# original: exit 2, not a pass."""
    done = run("verify", "--function", "stable_derivative")
    assert done.returncode == 2
    assert "nothing was compared with the C# class" in done.stdout


def test_unknown_runtime() -> None:
    """A name that no runtime can have: exit 2, and the runtimes there are."""
    done = run("verify", "--runtime", "silverlight")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: there is no .NET runtime 'silverlight' here; there is {find()[0].name}")


def test_a_runtime_that_is_not_here(tmp_path: Path) -> None:
    """A runtime of a known kind that this machine lacks: exit 2, and the JSON says it, with the remedy."""
    done = run("verify", "--runtime", "mono-1.0", "--json", tmp_path / "r.json")
    assert done.returncode == 2
    (error,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["errors"]
    assert error["kind"] == "missing"
    for text in (done.stdout, error["problem"]):
        assert f"there is no .NET runtime 'mono-1.0' here; there is {find()[0].name}" in text
        assert "to mend it: " in text


@pytest.mark.processes
def test_a_wrong_class_stops_at_once(misbehaving: Misbehaving, tmp_path: Path) -> None:
    """Without the class, or a method of it: one error and nothing else, even with -v; the DLL is named."""
    for name, missing in (("NoClass", "has no type SigmoidParity.Sigmoid"), ("NoMethods", "Activation(double)")):
        dll = misbehaving(name)
        done = run("verify", "-v", "--assembly", dll, "--json", tmp_path / "r.json")
        assert done.returncode == 2
        assert "PASS" not in done.stdout
        assert done.stdout.count("ERROR ") == done.stdout.count(missing) == 1
        assert f"assembly: {dll}" in done.stdout
        content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert (content["results"], len(content["errors"])) == ([], 1)


def test_the_help_says_what_the_assembly_must_have() -> None:
    """Class, constructor and methods in one sentence, and the command that asks for none of them."""
    text = " ".join(run("verify", "--help").stdout.split())
    for wanted in ("public class SigmoidParity.Sigmoid", "constructor without parameters", "double Activation(double)"):
        assert wanted in text
    assert "`sigmoid-parity check` takes any other" in text


def test_verify_draws_and_writes_a_page(tmp_path: Path, folder: Path) -> None:
    """--plot and --html write their files beside the verdict, agreement or not; --list has nothing to print then."""
    plot, html = tmp_path / "p.svg", tmp_path / "p.html"
    name = find()[0].name
    done = run("verify", "--fixtures", folder, "--runtime", name, "--plot", plot, "--html", html, "--list")
    assert done.returncode == 0
    assert done.stdout.startswith("AGREE: ")
    assert plot.read_bytes().startswith(b"<?xml")
    page = html.read_text(encoding="utf-8")
    assert "<strong>AGREE</strong>" in page
    assert name in page
    assert page.count("<svg ") == 3


def test_what_cannot_be_drawn_is_said_before_long_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ending, or a package that is not here: one error, and no runtime was started."""
    monkeypatch.setattr(comparing, "verify", None)
    done = run("verify", "--plot", tmp_path / "p.bmp")
    assert (done.returncode, done.stdout) == (2, "")
    assert "its ending must be one of png, svg, pdf" in done.stderr
    for option, package in (("--html", "jinja2"), ("--html", "matplotlib"), ("--plot", "matplotlib")):
        with monkeypatch.context() as patch:
            hide(package, patch)
            done = run("verify", option, tmp_path / "p.svg")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{package} is not installed, and " in done.stderr
        assert "(extra plot)" in done.stderr


def test_there_is_no_figure_of_nothing(tmp_path: Path) -> None:
    """Where no function of x or y was compared, no file is written, and that is said."""
    done = run("verify", "--function", "stable_derivative", "--plot", tmp_path / "p.svg")
    assert done.returncode == 2
    assert "p.svg is not written: no function of x or y was compared" in done.stderr
    assert not (tmp_path / "p.svg").exists()
