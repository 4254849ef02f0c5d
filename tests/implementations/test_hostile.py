"""Code under test that does harm: every kind is one clear error in time, never a pass, a traceback or a hang."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from sigmoid_parity import activation, floats, resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import Host, Runtime
from tests import processes

pytestmark = pytest.mark.processes

INPUTS = np.linspace(-3.0, 3.0, 7)
TIME_LIMIT = 4.0
Misbehaving = Callable[[str], Path]


def run(runtime: Runtime, dll: Path, name: str) -> Host:
    return Host(runtime, dll, class_name=f"SigmoidParity.{name}", time_limit=TIME_LIMIT)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("PrintsWithoutEnd", "hang", r"Activation\(-3\.0\) took longer than 4 s"),
        ("WritesEverywhere", "crash", "answered what it was not asked|ended the process|changed its inputs"),
        ("WritesHalf", "hang|crash", "took longer than 4 s|closed the connection|answered what it was not asked"),
        ("WritesTooMuch", "crash", "closed the connection|ended the process|answered what it was not asked"),
        ("ClosesEverything", "crash|hang", "closed the connection and went on|took longer than 4 s|ended the process"),
        ("ChangesInputs", "throw|crash", "changed its inputs|answered what it was not asked|ended the process"),
        ("StartsProcess", "hang", r"Activation\(-3\.0\) took longer than 4 s"),
        ("ThrowsAtLength", "throw", r"InvalidOperationException: long x+ \[and [0-9,]+ characters more\]"),
        ("PrintsThenFails", "crash", "the very reason"),
        ("Exits", "crash", r"Activation\(-3\.0\) ended the process: exit code 0"),
        ("Recurses", "crash", r"Activation\(-3\.0\) ended the process: (SIG|exit code 1)"),
    ],
)
def test_harm_is_one_error_in_time(
    runtime: Runtime, misbehaving: Misbehaving, name: str, kind: str, message: str
) -> None:
    """The error names runtime and reason, is short, and comes soon after the time limit at the latest."""
    start = time.monotonic()
    with run(runtime, misbehaving("Hostile"), name) as host, pytest.raises(HostError) as caught:
        host.map("Activation", INPUTS)
    assert caught.value.kind in kind.split("|")
    assert re.search(message, caught.value.problem), caught.value.problem
    assert len(caught.value.problem) < 3_000
    assert time.monotonic() - start < TIME_LIMIT + 15.0


def test_truncation_ends_no_process_but_its_own(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """Code that truncates every file of its process crashes on the runtime's own, or changes no result."""
    with run(runtime, misbehaving("Hostile"), "Truncates") as host:
        try:
            outcome = str(host.map("Activation", INPUTS).tolist())
        except HostError as error:
            outcome = f"{error.kind}: {error.problem}"
    assert outcome == str([0.5] * INPUTS.size) or re.match(r"crash: .* ended the process: SIG(BUS|ABRT|SEGV)", outcome)


def test_printed_answers_are_no_answers(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """What looks like the protocol on standard output is only noise: the results are those of the method."""
    with run(runtime, misbehaving("Hostile"), "PrintsAnswers") as host:
        assert host.map("Activation", INPUTS).tolist() == [0.5] * INPUTS.size


@pytest.mark.parametrize("file", ["Acme.dll", "SigmoidParity.dll", "SigmoidParity.Harness.dll"])
def test_the_loop_is_ours(runtime: Runtime, misbehaving: Misbehaving, file: str, tmp_path: Path) -> None:
    """An assembly with an ArrayMap of its own, whatever its file is called, is still run by our loop."""
    dll = Path(shutil.copy(misbehaving("Hostile"), tmp_path / file))
    with run(runtime, dll, "Wrong") as host:
        assert host.map("Activation", INPUTS).tolist() == [42.0] * INPUTS.size


def test_the_harness_is_no_part_of_what_users_get(runtime: Runtime, dll: Path) -> None:
    """SigmoidParity.dll holds the pair and nothing else."""
    listed = [source.name for source in resources.csharp_sources(dll)]
    assert listed == ["Sigmoid.cs"]
    with Host(runtime, dll, class_name="SigmoidParity.ArrayMap") as host, pytest.raises(HostError, match="has no type"):
        host.map("Activation", INPUTS)


def test_what_it_starts_is_ended_with_it(
    runtime: Runtime, misbehaving: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that the code under test starts does not outlive it."""
    mark = uuid4().hex
    monkeypatch.setenv("SIGMOID_PARITY_TEST", mark)
    with run(runtime, misbehaving("Hostile"), "StartsProcess") as host, pytest.raises(HostError):
        host.map("Activation", INPUTS)
    time.sleep(0.5)  # A process takes a moment to die.
    started = [file for file in Path("/proc").glob("[0-9]*/environ") if mark.encode() in processes.read(file)]
    assert started == []


def test_nothing_is_left_behind(runtime: Runtime, dll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the temporary folder nor in shared memory: no files of ours, of CoreCLR's diagnostics or of Mono's."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    shared = set(Path("/dev/shm").glob("mono.*"))  # noqa: S108 - where Mono would put it
    with Host(runtime, dll) as host:
        assert not floats.distance(activation(INPUTS), host.map("Activation", INPUTS)).any()
        assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("sigmoid-parity-")] == []
    assert list(tmp_path.iterdir()) == []
    assert set(Path("/dev/shm").glob("mono.*")) <= shared  # noqa: S108


def test_blame_is_for_the_method_that_failed(runtime: Runtime, misbehaving: Misbehaving) -> None:
    """A method that hung once is not called again, and the others work."""
    with Host(runtime, misbehaving("Hang"), time_limit=TIME_LIMIT) as host:
        start = time.monotonic()
        for function in ("activation", "derivative"):
            with pytest.raises(HostError, match=r"Activation\(-3\.0\) took longer"):
                host.apply(function, INPUTS)
        assert host.apply("d_activation", INPUTS).tolist() == ((1.0 - INPUTS) * INPUTS).tolist()
        assert time.monotonic() - start < 2 * TIME_LIMIT
