"""What only a process of its own shows: entry points, pipes, encodings, the environment, Ctrl-C."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from sigmoid_parity.implementations.dotnet import find
from sigmoid_parity.port.backends import choice
from tests.conftest import BACKENDS, Misbehaving
from tests.processes import COMMAND, Start

SCRIPT = Path(sys.executable).with_name("sigmoid-parity")


def test_entry_points(start: Start) -> None:
    """The script and ``python -m`` are the same command."""
    for command in ((SCRIPT,), COMMAND):
        done = start(*command, "--version").wait()
        assert (done.returncode, done.stdout, done.stderr) == (0, "0.1.0\n", "")


@pytest.mark.processes
def test_json_pipes(start: Start, folder: Path) -> None:
    """``--json -`` puts nothing but JSON on standard output."""
    options = ["--function", "d_activation", "--runtime", find()[0].name, "--fixtures", folder]
    done = start(*COMMAND, "verify", *options, "--json", "-").wait()
    assert json.loads(done.stdout)["verdict"] == "agree"
    assert "AGREE" in done.stderr


def test_a_terminal_without_the_letters(start: Start) -> None:
    """Where the terminal has no Greek or Japanese letters, they are written as escapes; nothing fails."""
    command = (*COMMAND, "derive", "quotient-rule", "--language", "ja")
    done = start(*command, environment={"PYTHONIOENCODING": "ascii"}).wait()
    assert done.returncode == 0
    assert r"\u03c3(a)" in done.stdout


@pytest.mark.processes
def test_without_sympy(start: Start, tmp_path: Path) -> None:
    """Checking names SymPy, its extra and the command that installs it; showing does not need it."""
    (tmp_path / "sympy.py").write_text("raise ModuleNotFoundError(name='sympy')\n", encoding="utf-8")
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    done = start(*COMMAND, "derive", "quotient-rule", "--check", environment=environment).wait()
    assert done.returncode == 2
    error, hint = done.stderr.splitlines()
    assert error == "error: sympy is not installed, and proofs need it (extra derive)"
    assert hint.endswith("-m pip install sympy")
    assert start(*COMMAND, "derive", "quotient-rule", environment=environment).wait().returncode == 0


@pytest.mark.processes
def test_an_unknown_backend_is_refused(start: Start, folder: Path) -> None:
    """A backend that is not there: exit 2, and the backends there are."""
    done = start(*COMMAND, "verify", "--fixtures", folder, environment={choice.VARIABLE: "sixth"}).wait()
    assert done.returncode == 2
    assert "SIGMOID_PARITY_BACKEND is 'sixth'; use one of vector, loop, plain" in done.stdout + done.stderr


@pytest.mark.processes
def test_interrupt_keeps_what_was_done(start: Start, tmp_path: Path) -> None:
    """Ctrl-C: exit 130, and JSON and figure of the epochs that were done, whole for every training."""
    files = tmp_path / "r.json", tmp_path / "loss.svg"
    arguments = ["--runtime", find()[0].name, "--json", files[0], "--plot", files[1]]
    training = start(*COMMAND, "train", "--epochs", "1000000", *arguments)
    training.wait_for_hosts(1)
    time.sleep(3.0)  # The runtime starts, and then some epochs are done.
    training.interrupt()
    done = training.wait()
    assert done.returncode == 130, done.stderr
    assert "interrupted; what follows is for the epochs that were done" in done.stdout
    content = json.loads(files[0].read_text(encoding="utf-8"))
    assert content["interrupted"]
    assert 0 < content["epochs"] < 1_000_000
    assert {len(one["losses"]) for one in content["trainings"]} == {content["epochs"]}
    assert files[1].read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.processes
def test_interrupt_ends_a_hang(start: Start, misbehaving: Misbehaving) -> None:
    """Ctrl-C ends the command at once, with exit 130, and no host stays behind."""
    verify = start(*COMMAND, "verify", "--assembly", misbehaving("Hang"), "--function", "activation")
    verify.wait_for_hosts(1)
    verify.interrupt()
    assert verify.wait(20.0).returncode == 130
    assert not verify.hosts()


@pytest.mark.processes
def test_a_command_ends_with_its_test(start: Start, misbehaving: Misbehaving) -> None:
    """What a failed test would leave behind, a command and its host that hang, is ended."""
    verify = start(*COMMAND, "verify", "--assembly", misbehaving("Hang"), "--function", "activation")
    verify.wait_for_hosts(1)
    verify.end()
    assert not verify.hosts()


@pytest.mark.processes
@pytest.mark.parametrize("backend", BACKENDS)
def test_verify_agrees_in_every_backend(start: Start, backend: str, tmp_path: Path) -> None:
    """The array path has the bits of C# on every runtime, whichever kernel computes it, and the verdict names it."""
    file = tmp_path / "r.json"
    done = start(*COMMAND, "verify", "--json", file, "--quiet", environment={choice.VARIABLE: backend}).wait()
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"arrays: backend {backend} (" in done.stdout
    everything = json.loads(file.read_text(encoding="utf-8"))["results"]
    for one in find():
        against = one.name
        rows = [row for row in everything if (row["implementation"], row["against"]) == ("python-array", against)]
        assert {row["function"] for row in rows} == {"activation", "d_activation", "derivative", "layer", "training"}
        assert all(row["differ"] == row["limit_ulp"] == 0 for row in rows)
        cases = {row["function"]: row["cases"] for row in rows}
        assert cases["activation"] >= 2_000
        assert cases["d_activation"] >= 1_000


def test_a_reader_that_closes_the_pipe(start: Start) -> None:
    """A reader that has seen enough, as head does, causes no traceback."""
    done = start("/bin/sh", "-c", f"'{sys.executable}' -m sigmoid_parity derive quotient-rule | head -n 1").wait()
    assert (done.returncode, done.stderr) == (0, "")
