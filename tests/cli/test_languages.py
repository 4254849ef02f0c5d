"""``sigmoid-parity languages``: one table of all programs, on machines with much and with little."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from sigmoid_parity.cases import load_languages
from sigmoid_parity.implementations.dotnet import find
from sigmoid_parity.languages.files import put
from tests.cli.running import run
from tests.processes import COMMAND, Start

QUICK = ("--samples", "1000", "--against", "port")
EVERY = load_languages()


@pytest.fixture
def poor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with perl and a shell, and a gcc that does not work: the folder that is its PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("perl", "env", "sh", "sleep"):
        (folder / tool).symlink_to(shutil.which(tool) or f"/no/{tool}")
    gcc = folder / "gcc"
    gcc.write_text("#!/bin/sh\necho 'gcc: error: cannot execute cc1' >&2\nexit 1\n")
    gcc.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.processes
def test_no_row_is_lost_on_a_poor_machine(poor: Path, tmp_path: Path) -> None:
    """Every program and reader has a row; the reasons are in it, and the packages below; a broken gcc is exit 2."""
    done = run("languages", *QUICK, "--json", tmp_path / "found.json")
    assert done.returncode == 2, done.stderr
    found = json.loads((tmp_path / "found.json").read_text())
    assert [row["id"] for row in found["programs"]] == [one.id for one in EVERY.programs]
    assert [row["id"] for row in found["readers"]] == [one.id for one in EVERY.readers]
    states = {row["id"]: row["state"] for row in found["programs"]}
    assert {name for name, state in states.items() if state == "failed"} == {"c", "c-fast-math", "c-x87"}
    assert {name for name, state in states.items() if state == "ran"} == {"perl"}
    assert done.stdout.count("could not run") == len(EVERY.programs) + len(EVERY.readers) - 1
    assert "cannot execute cc1" in done.stdout
    assert "gdc" in done.stdout.splitlines()[-1]
    (poor / "gcc").unlink()  # Not installed, then.
    assert run("languages", *QUICK).returncode == 0
    assert run("languages", "go", *QUICK).returncode == 2


def test_names(tmp_path: Path) -> None:
    """A language stands for all of its rows, an id for its own; what is not known is one error."""
    written = ("--json", tmp_path / "found.json", "--markdown", tmp_path / "table.md")
    done = run("languages", "PYTHON", "c", *QUICK, *written)
    assert done.returncode == 0, done.stdout
    found = json.loads((tmp_path / "found.json").read_text())
    assert [row["id"] for row in found["programs"]] == ["c", "python"]
    assert [(row["id"], row["passed"]) for row in found["readers"]] == [("c", True)]
    functions = found["programs"][0]["functions"]
    assert set(functions) == {"activation", "d_activation", "derivative", "stable_derivative"}
    assert all(one["max_ulp"] == 0 and one["points"] == 1000 for one in functions.values())
    table = (tmp_path / "table.md").read_text()
    assert "| Python | Python 3" in table
    assert found["provenance"]["libm"] in table
    refused = run("languages", "perll")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: there is no language 'perll'; did you mean perl?")


def test_held_to_c_sharp() -> None:
    """By default to the C# class on the newest runtime, which has no stable_derivative."""
    done = run("languages", "python", "--samples", "100")
    assert done.returncode == 0, done.stderr
    assert f"1 with the bits of {find()[0].name} in all their functions" in done.stdout


def test_a_document_keeps_its_words() -> None:
    """Between the marks the table is replaced, and nothing else; a document without marks is replaced."""
    first = put("| a |", "")
    assert put("| b |", f"# Words\n\n{first}more\n") == f"# Words\n\n{put('| b |', '')}more\n"
    assert put("| b |", "something else") == put("| b |", "")


@pytest.mark.parametrize("language", ["en", "ja", "zh"])
def test_the_table_in_three_languages(language: str) -> None:
    """The words of the table are those of the language."""
    done = run("languages", "c", "--samples", "10", "--against", "port", "--language", language)
    assert done.returncode == 0
    assert {"en": "could not" not in done.stdout, "ja": "合格" in done.stdout, "zh": "通过" in done.stdout}[language]


@pytest.mark.processes
def test_ctrl_c_ends_every_program(start: Start, poor: Path, tmp_path: Path) -> None:
    """While two programs hang: the exit code at once, no words, no file in the temporary folder."""
    (poor / "perl").unlink()
    (poor / "perl").write_text("#!/bin/sh\ncase $* in *print*) echo perl 5.0;; *) sleep 60;; esac\n")
    (poor / "perl").chmod(0o755)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"PATH": str(poor), "TMPDIR": str(temporary)}
    running = start(*COMMAND, "languages", "perl", *QUICK, environment=environment)
    deadline = time.monotonic() + 60.0
    while not list(temporary.glob("*/sigmoid.pl")):
        assert time.monotonic() < deadline, "nothing has been started"
        time.sleep(0.05)
    time.sleep(1.0)
    running.interrupt()
    signalled = time.monotonic()
    done = running.wait(30.0)
    assert (done.returncode, done.stderr.strip()) == (130, "")
    assert time.monotonic() - signalled < 5.0
    assert list(temporary.iterdir()) == []
