"""Ctrl-C, SIGTERM and SIGKILL at any time: the exit code that shells expect, nothing printed, nothing left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from sigmoid_parity.implementations.dotnet import find
from tests.conftest import Misbehaving
from tests.processes import COMMAND, Start

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("command", ["derive --check", "errata", "fixtures check", "verify", "doctor", "plot"])
def test_interrupt(start: Start, command: str, seconds: float, tmp_path: Path) -> None:
    """Ctrl-C while proving, refuting, computing fixtures, comparing or drawing: exit 130 at once, and no words."""
    output = ("--output", tmp_path / "a.svg") if command == "plot" else ()
    running = start(*COMMAND, *command.split(), *output)
    running.wait_until_ready()
    time.sleep(seconds)
    running.send(signal.SIGINT, group=True)
    signalled = time.monotonic()
    done = running.wait()
    # Within a text that is being executed, a dataclass for example, CPython ends by the signal itself: 130 for a shell.
    code = 130 if done.returncode == -signal.SIGINT else done.returncode
    finished = code == 0 and seconds > 0.5
    assert finished or code == 130
    assert finished or done.stderr.strip() == ""
    assert time.monotonic() - signalled < 10.0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
@pytest.mark.parametrize("command", ["verify", "train"])
def test_a_signal_leaves_nothing_behind(
    start: Start, misbehaving: Misbehaving, command: str, number: int, code: int, tmp_path: Path
) -> None:
    """A signal while C# loops: its exit code at once, no words, no host, no file in the temporary folder."""
    words = (command, "--assembly", misbehaving("Hang"), "--runtime", find()[0].name)
    running = start(*COMMAND, *words, environment={"TMPDIR": str(tmp_path)})
    running.wait_for_hosts(1)
    time.sleep(1.0)
    running.send(number)
    done = running.wait(20.0)
    assert (done.returncode, done.stderr.strip()) == (code, "")
    assert not running.hosts()
    assert list(tmp_path.iterdir()) == []


def test_a_host_ends_with_its_parent(start: Start, misbehaving: Misbehaving) -> None:
    """SIGKILL of the command while C# loops: the host sees that its parent is gone, and ends its process group."""
    for runtime in find():
        running = start(*COMMAND, "verify", "--assembly", misbehaving("Hang"), "--runtime", runtime.name)
        running.wait_for_hosts(1)
        time.sleep(2.0)  # The class is called, and loops.
        running.send(signal.SIGKILL)
        running.wait(20.0)
        deadline = time.monotonic() + 10.0
        while running.hosts():
            assert time.monotonic() < deadline, f"the host of {runtime.name} stays"
            time.sleep(0.1)


@pytest.mark.parametrize("seconds", [1.0, 2.5, 4.0])
def test_interrupting_the_benchmark(start: Start, seconds: float) -> None:
    """Ctrl-C while measuring, for the whole group as a terminal sends it: exit 130, no traceback."""
    python = Path(__file__).parent.parent.parent / "python"
    path = os.pathsep.join([str(python), os.environ.get("PYTHONPATH", "")])
    running = start(COMMAND[0], "-m", "benchmarks", "--size", "3000000", environment={"PYTHONPATH": path})
    time.sleep(seconds)
    running.send(signal.SIGINT, group=True)
    done = running.wait(30.0)
    assert (done.returncode, done.stderr.strip()) == (130, "")
