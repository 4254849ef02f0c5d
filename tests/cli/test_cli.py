"""The command line, as a user runs it: exit codes, messages, files, pipes."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sigmoid_parity import activation, resources
from sigmoid_parity.implementations.dotnet import find
from sigmoid_parity.port.backends import choice
from tests.conftest import BACKENDS, Build

Misbehaving = Callable[[str], Path]
COMMAND = [sys.executable, "-m", "sigmoid_parity"]


def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command; whatever happens, a traceback is a defect."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"} | (environment or {}),
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def results(text: str, **wanted: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(text)["results"]
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_verify_agrees(tmp_path: Path) -> None:
    """Exit 0, a line per comparison, a verdict with runtimes and versions; JSON and JUnit say the same."""
    done = run("verify", "--json", tmp_path / "r.json", "--junit", tmp_path / "r.xml")
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (content["schema_version"], content["verdict"], content["errors"]) == (1, "agree", [])
    assert content["runtimes"] == [{"name": one.name, "version": one.version} for one in find()]
    lines = done.stdout.splitlines()
    assert sum(line.startswith("PASS") for line in lines) == len(content["results"])
    assert lines[-2].startswith("AGREE: the port has the bits of the C# class, 0 ULP apart in ")
    for wanted in [one.name for one in find()] + ["compiler: ", "libm: ", "cpu: "]:
        assert wanted in lines[-1]
    for row in content["results"]:
        assert row["max_ulp"] <= row["limit_ulp"]
        assert row["limit_ulp"] == row["differ"] == 0 or not row["against"].startswith("dotnet-")
    cases = {row["function"]: row["cases"] for row in content["results"] if row["against"].startswith("dotnet-")}
    assert cases["activation"] >= 2_000
    assert cases["d_activation"] >= 1_000
    suite = ET.parse(tmp_path / "r.xml").getroot()  # noqa: S314 - our own
    assert (int(suite.attrib["tests"]), suite.attrib["failures"]) == (len(content["results"]), "0")


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


@pytest.mark.parametrize("name", MUTANTS)
def test_verify_finds_a_changed_original(name: str, build: Build, original: str, tmp_path: Path) -> None:
    """A changed C# method: exit 1, and function, worst case and both values are named."""
    old, new, function = MUTANTS[name]
    assert original.count(old) == 1
    done = run("verify", "--assembly", build(name, original.replace(old, new)), "--json", tmp_path / "r.json")
    assert done.returncode == 1
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert json.loads(text)["verdict"] == "differ"
    (row,) = results(text, function=function, implementation="python-scalar", against=f"dotnet-{find()[0].name}")
    assert row["differ"] > 0
    assert row["worst"]["expected"] != row["worst"]["actual"]
    assert "DIFFER: " in done.stdout
    assert f"the first: {function} of python-scalar against dotnet-" in done.stdout
    detail = done.stdout[done.stdout.index(f"{row['worst']['id']}:") :]
    for value in (row["worst"]["input"], row["worst"]["expected"], row["worst"]["actual"]):
        assert value in detail


CRASHING = ("activation", "derivative", "layer", "training")  # What calls Activation.


def test_verify_survives_fail_fast(misbehaving: Misbehaving, tmp_path: Path) -> None:
    """A DLL that ends its process: exit 2, every runtime named, the functions that work still compared."""
    done = run("verify", "--assembly", misbehaving("FailFast"), "--json", tmp_path / "r.json")
    assert done.returncode == 2
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert content["verdict"] == "error"
    crashed = {(error["runtime"], error["function"], error["kind"]) for error in content["errors"]}
    assert crashed == {(one.name, function, "crash") for one in find() for function in CRASHING}
    assert any(row["function"] == "d_activation" and row["against"].startswith("dotnet") for row in content["results"])
    assert "COULD NOT RUN: " in done.stdout


def test_verify_survives_a_hang(misbehaving: Misbehaving) -> None:
    """A DLL that hangs: exit 2, after the time limit given."""
    name = find()[0].name
    done = run(
        "verify", "--assembly", misbehaving("Hang"), "--timeout", "2", "--runtime", name, "--function", "activation"
    )
    assert done.returncode == 2
    assert f"{name} activation: hang: Activation took longer than 2 s" in done.stdout


def test_verify_one_runtime_one_function() -> None:
    """--runtime and --function narrow the comparison; --quiet prints the verdict alone."""
    name = find()[-1].name
    done = run("verify", "--runtime", name, "--function", "d_activation", "--quiet")
    assert done.returncode == 0
    assert done.stdout.startswith("AGREE")
    assert f"runtimes: {name};" in done.stdout
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_verify_agrees_in_every_backend(backend: str, tmp_path: Path) -> None:
    """The array path has the bits of C# on every runtime, whichever kernel computes it, and the verdict names it."""
    done = run("verify", "--json", tmp_path / "r.json", "--quiet", environment={choice.VARIABLE: backend})
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"arrays: backend {backend} (" in done.stdout
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    for one in find():
        rows = results(text, implementation="python-array", against=f"dotnet-{one.name}")
        assert {row["function"] for row in rows} == {"activation", "d_activation", "derivative", "layer", "training"}
        assert all(row["differ"] == row["limit_ulp"] == 0 for row in rows)


def test_an_unknown_backend_is_refused() -> None:
    """A backend that is not there: exit 2, and the backends there are."""
    done = run("verify", environment={choice.VARIABLE: "sixth"})
    assert done.returncode == 2
    assert "SIGMOID_PARITY_BACKEND is 'sixth'; use one of vector, loop, plain" in done.stdout + done.stderr


def test_json_pipes() -> None:
    """``--json -`` puts nothing but JSON on standard output."""
    done = run("verify", "--function", "d_activation", "--json", "-")
    assert json.loads(done.stdout)["verdict"] == "agree"
    assert "AGREE" in done.stderr


def test_nothing_to_compare_with_is_no_agreement() -> None:
    """stable_derivative has no C# original: exit 2, not a pass."""
    done = run("verify", "--function", "stable_derivative")
    assert done.returncode == 2
    assert "nothing was compared with the C# class" in done.stdout


def test_unknown_runtime(tmp_path: Path) -> None:
    """Exit 2, and the runtimes there are; the JSON says it too."""
    done = run("verify", "--runtime", "silverlight", "--json", tmp_path / "r.json")
    assert done.returncode == 2
    assert f"there is no .NET runtime 'silverlight' here; there is {find()[0].name}" in done.stdout
    (error,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["errors"]
    assert error["kind"] == "missing"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("verify", "--assembly", "none.dll"), "no C# assembly at none.dll"),
        (("verify", "--fixtures", "none"), "error: limits.yaml: cannot be read: No such file"),
        (("verify", "--json", "none/r.json", "--function", "d_activation"), "cannot write none/r.json"),
        (("verify", "--function", "tanh"), "Invalid value for '--function'"),
        (("verify", "--timeout", "0"), "Invalid value for '--timeout'"),
        (("build", "--compiler", "csc"), "there is no C# compiler 'csc' here"),
        (("build", "--project", "none"), "there are no C# sources in none"),
        (("fixtures", "check", "--fixtures", "none"), "there is no folder none"),
        (("nonsense",), "No such command 'nonsense'"),
        (
            ("train", "--fixture", "tanh"),
            "there is no training 'tanh' in network.yaml; there is d4, xor, deep-one-by-one",
        ),
        (("train", "--learning-rate", "0"), "it must be a finite number above 0, not 0.0"),
        (("train", "--learning-rate", "nan"), "it must be a finite number above 0, not nan"),
        (("train", "--epochs", "0"), "Invalid value for '--epochs'"),
        (("train", "--mistake", "none"), "Invalid value for '--mistake'"),
        (("train", "--json", "none/r.json"), "cannot write none/r.json: there is no folder none"),
        (("train", "--plot", "none/r.png"), "cannot write none/r.png: there is no folder none"),
        (("train", "--plot", "r.gif"), "cannot write r.gif: its ending must be one of png, svg, pdf"),
        (("train", "--runtime", "silverlight"), "there is no .NET runtime 'silverlight' here"),
        (("train", "--fixtures", "none"), "error: network.yaml: cannot be read: No such file"),
    ],
)
def test_bad_input_is_one_clear_error(arguments: tuple[str, ...], message: str) -> None:
    """Exit 2 and a message that names the thing."""
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stdout + done.stderr


def test_fixtures_check(tmp_path: Path) -> None:
    """Exit 0 as they are; 1 with the line where a value drifted; 2 where a file is malformed."""
    assert run("fixtures", "check").returncode == 0
    folder = Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))
    path = folder / "derivative.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('leftover_ulp: "+0', 'leftover_ulp: "-0', 1), encoding="utf-8")
    drifted = run("fixtures", "check", "--fixtures", folder)
    assert drifted.returncode == 1
    assert "derivative.yaml: not what the oracle gives, in 2 lines" in drifted.stdout
    path.write_text(text.replace("id: plot-001", "id: plot-000"), encoding="utf-8")
    malformed = run("fixtures", "check", "--fixtures", folder)
    assert malformed.returncode == 2
    assert malformed.stderr.startswith("error: derivative.yaml, case plot-000: stands twice in this file")


def test_doctor() -> None:
    """Exit 0 where verify can run, with every runtime started."""
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    for one in find():
        assert f"runtime {one.name}" in done.stdout
    assert "it starts and computes" in done.stdout


def test_doctor_without_a_compiler_or_runtimes(tmp_path: Path) -> None:
    """Exit 2, and under what is missing the command that mends it."""
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text(
        "import ctypes.util, importlib.util\n"
        "find, spec = ctypes.util.find_library, importlib.util.find_spec\n"
        "ctypes.util.find_library = lambda name: None if 'mono' in name else find(name)\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'dotnetcore2' else spec(name, *rest)\n",
        encoding="utf-8",
    )
    done = run("doctor", environment={"PATH": str(tmp_path), "PYTHONPATH": str(tmp_path), "DOTNET_ROOT": str(tmp_path)})
    assert done.returncode == 2, done.stdout
    assert "optional compiler" in done.stdout
    assert "missing  runtime mono" in done.stdout
    assert "-> " in done.stdout
    verify = run(
        "verify", environment={"PATH": str(tmp_path), "PYTHONPATH": str(tmp_path), "DOTNET_ROOT": str(tmp_path)}
    )
    assert verify.returncode == 2
    assert "there is no .NET runtime here. For a CoreCLR: " in verify.stdout


def children_hosting(dll: Path) -> list[Path]:
    """Find the processes that host an assembly, in Linux's /proc."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # It may have ended since.
            command = (process / "cmdline").read_bytes()
            if b"dotnet.child" in command and str(dll).encode() in command:
                found.append(process)
    return found


def wait_for_children(dll: Path, count: int) -> None:
    """Wait until so many processes host an assembly, for as long as a busy machine may take."""
    deadline = time.monotonic() + 60.0
    while len(children_hosting(dll)) < count:
        assert time.monotonic() < deadline, "no child process has started"
        time.sleep(0.1)


def test_interrupt(misbehaving: Misbehaving) -> None:
    """Ctrl-C ends the command at once, with exit 130, and no child stays behind."""
    dll = misbehaving("Hang")
    arguments = ["verify", "--assembly", str(dll), "--function", "activation"]
    started = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for_children(dll, 1)
    started.send_signal(signal.SIGINT)
    _, stderr = started.communicate(timeout=20)
    assert started.returncode == 130
    assert "Traceback" not in stderr
    assert not children_hosting(dll)


def test_help_teaches() -> None:
    """Every command explains itself, the exit codes included."""
    assert "0 agree, 1 differ, 2 could not run" in run("--help").stdout
    for command in (
        ["verify"],
        ["train"],
        ["doctor"],
        ["build"],
        ["fixtures"],
        ["fixtures", "check"],
        ["fixtures", "write"],
    ):
        done = run(*command, "--help")
        assert done.returncode == 0
        assert "Usage: sigmoid-parity" in done.stdout
    assert run("--version").stdout == "0.1.0\n"


def test_a_reader_in_another_language_needs_the_bits_only() -> None:
    """The text of a case line is enough to find input and expected value: here, by a regular expression."""
    text = (resources.fixtures_dir() / "activation.yaml").read_text(encoding="utf-8")
    (bits,) = re.findall(r'id: network-input-0, .*input_bits: "([0-9a-f]{16})"', text)
    (formula,) = re.findall(r'id: network-input-0, .*formula_bits: "([0-9a-f]{16})"', text)
    (x,), (y,) = (struct.unpack(">d", bytes.fromhex(one)) for one in (bits, formula))
    assert activation(x) == y
