"""What the environment does to a command: streams, folders, limits, variables. Each is answered, or one error."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import Host, find
from sigmoid_parity.implementations.hosting import process
from tests.cli.running import run
from tests.processes import COMMAND, Start

LONG = "x" * 5_000
DERIVE = ("derive", "quotient-rule")
VERIFY = ("verify", "--quiet", "--function", "d_activation", "--runtime")
FULL = "error: cannot write standard output: No space left on device"
CLOSED = "error: cannot write standard output: Bad file descriptor"


@pytest.mark.parametrize("columns", ["0", "00", "abc", "-5", "", "²", "99999999999", "1"])
def test_columns(columns: str) -> None:
    """Whatever COLUMNS says, all is printed: a width of 0 is none."""
    done = run(*DERIVE, environment={"COLUMNS": columns})
    assert (done.returncode, done.stderr) == (0, "")
    assert "σ(a)" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "--json", LONG),
        ("verify", "--assembly", LONG),
        ("verify", "--fixtures", LONG, "--runtime", find()[0].name),
        ("train", "--json", LONG),
        ("train", "--plot", f"{LONG}.svg"),
        ("derive", "--html", LONG),
        ("derive", "--fixtures", LONG),
        ("errata", "--fixtures", LONG),
        ("plot", "--output", f"{LONG}.svg"),
        ("fixtures", "check", "--fixtures", LONG),
        ("build", "--project", LONG),
        ("build", "--output", f"{LONG}.dll"),
    ],
)
def test_a_name_too_long(arguments: tuple[str, ...]) -> None:
    """A name longer than the system takes: exit 2, before any work, and one line that says so."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"error: .*File name too long.*\n", done.stderr), done.stderr[:100] + done.stderr[-100:]


@pytest.mark.parametrize("arguments", [DERIVE, (*VERIFY, find()[0].name)], ids=lambda words: words[0])
def test_a_working_folder_that_is_gone(
    arguments: tuple[str, ...], tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that names no relative file works."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    relative = run("plot", "sigmoid", "--output", "a.svg")
    assert relative.returncode == 2
    assert relative.stderr.startswith("error: cannot write a.svg: No such file or directory")


def test_time_limits_that_are_long(folder: Path) -> None:
    """A time limit longer than the system can wait is as long as it can."""
    done = run(*VERIFY, find()[0].name, "--fixtures", folder, "--timeout", "1e300")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (MemoryError("Unable to allocate 1 TiB"), "error: there is not enough memory: Unable to allocate 1 TiB\n"),
        (OSError(24, "Too many open files"), "error: Too many open files; raise the limit of open files (ulimit -n)\n"),
        (OSError(28, "No space left on device", "a.dll"), "error: a.dll: No space left on device; make room there"),
        (OSError("No usable temporary directory"), "error: No usable temporary directory\n"),
    ],
)
def test_what_the_system_refuses(raised: BaseException, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anywhere in a command: exit 2, and one line with what was refused and, where it is known, what mends it."""

    def refuse(*_: object) -> None:
        raise raised

    monkeypatch.setattr("sigmoid_parity.cli.derive.load_derivations", refuse)
    done = run("derive")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_a_host_without_descriptors(dll: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process that the system does not start is an error of the host, with the reason."""

    def refuse(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(process, "Pipe", refuse)
    with Host(find()[0], dll) as host, pytest.raises(HostError, match="no process: Too many open files"):
        host.apply("d_activation", np.zeros(1))


@pytest.mark.processes
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("derive >/dev/full", 2, FULL),
        ("derive quotient-rule --html - >/dev/full", 2, FULL),
        ("--help >/dev/full", 2, FULL),
        ("{verify} >/dev/full", 2, FULL),
        ("{verify} >/dev/full 2>/dev/full", 2, ""),
        ("derive nope 2>/dev/full", 2, ""),
        ("{verify} >&-", 2, CLOSED),
        ("{verify} 2>&-", 0, ""),
        ("{verify} <&-", 0, ""),
        ("{verify} >&- 2>&- <&-", 2, ""),
        ("derive --html - | head -n 1", 141, ""),
        ("{verify} --json - | true", 141, ""),
        ("--help | true", 141, ""),
    ],
)
def test_redirected(start: Start, arguments: str, code: int, said: str) -> None:
    """A full disk and a closed stream are one error and exit 2; a reader that leaves is the shell's silent 141."""
    words = arguments.format(verify=" ".join((*VERIFY, find()[0].name)))
    done = start("/bin/bash", "-c", f"set -o pipefail; '{sys.executable}' -m sigmoid_parity {words}").wait()
    assert (done.returncode, done.stderr.strip()) == (code, said)


@pytest.mark.processes
@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("-n 10", "Too many open files; raise the limit of open files"),
        ("-n 16", "COULD NOT RUN: .*the runtime at .* did not start|COULD NOT RUN: .*start ended the process"),
        ("-n 24", "COULD NOT RUN: .*the runtime at .* did not start|COULD NOT RUN: .*start ended the process"),
        ("-f 0", "No usable temporary directory found"),
    ],
)
def test_limits(start: Start, limit: str, said: str) -> None:
    """Few file descriptors, no room for temporary files: exit 2, and the reason."""
    words = " ".join((*VERIFY, find()[0].name))
    done = start("/bin/bash", "-c", f"ulimit {limit}; '{sys.executable}' -m sigmoid_parity {words}").wait()
    assert done.returncode == 2
    assert re.search(said, done.stdout + done.stderr), done.stdout + done.stderr


@pytest.mark.processes
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_files_are_utf_8(start: Start, encoding: str) -> None:
    """Page, notebook and JSON on standard output are UTF-8 and whole, whatever the terminal's encoding."""
    environment = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = (*COMMAND, *DERIVE, "--language", "ja")
    page = start(*words, "--html", "-", environment=environment).wait().stdout
    assert page == run(*DERIVE, "--language", "ja", "--html", "-").stdout
    assert "シグモイド" in page
    notebook = start(*words, "--notebook", "-", environment=environment).wait().stdout
    assert "σ" in "".join(json.loads(notebook)["cells"][0]["source"]) or "シグモイド" in notebook


@pytest.mark.processes
def test_a_backend_of_matplotlib_that_is_unknown(start: Start, tmp_path: Path) -> None:
    """MPLBACKEND is named, before any work."""
    words = (*COMMAND, "plot", "sigmoid", "--output", tmp_path / "a.svg")
    done = start(*words, environment={"MPLBACKEND": "nonsense"}).wait()
    assert done.returncode == 2
    assert done.stderr == "error: matplotlib does not know the backend 'nonsense' of MPLBACKEND; unset it\n"


@pytest.mark.processes
@pytest.mark.parametrize("variable", ["TERM=dumb", "TERM=", "HOME=", "HOME=/none", "LC_ALL=C", "TMPDIR=/none"])
def test_variables(start: Start, variable: str) -> None:
    """Odd values of what programs look at change nothing."""
    name, _, value = variable.partition("=")
    done = start(*COMMAND, *VERIFY, find()[0].name, environment={name: value}).wait()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("AGREE")
