"""A Dask cluster of two worker processes on this machine: the same result as locally, with one of them killed."""

from __future__ import annotations

import json
import os
import pickle
import signal
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.dotnet import find
from sigmoid_parity.sweep import sweeping
from sigmoid_parity.sweep.cluster import Cluster, connected, job
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, File
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.runner import Done
from sigmoid_parity.sweep.units import Unit
from tests.cli.running import run
from tests.conftest import Misbehaving
from tests.sweep.shared import against_port

pytestmark = [pytest.mark.processes, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers of one thread each."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


class Killing:
    """A cluster of which a worker is killed after the second unit."""

    def __init__(self, client: Any) -> None:
        self._client, self._workers = client, Cluster(client)
        self.count = self._workers.count
        self.killed = 0

    def run(self, comparison: Comparison, units: Iterable[Unit]) -> Generator[Done, None, None]:
        for number, done in enumerate(self._workers.run(comparison, units)):
            if number == 2:
                self.killed = next(iter(self._client.run(os.getpid).values()))
                os.kill(self.killed, signal.SIGKILL)
            yield done


def test_the_same_as_locally(cluster: Any, misbehaving: Misbehaving) -> None:
    """With a worker of Dask killed mid-run, the tally is that of local workers, point for point."""
    comparison = against_port(find()[0], misbehaving("Faulty"), Bits(20 << 16, 3))
    with cluster.get_client() as client:
        killing = Killing(client)
        report = sweeping.run([comparison], killing)
    assert killing.killed
    assert report.results[0].tally == sweeping.run([comparison], Local(1)).results[0].tally
    assert report.results[0].tally.compared == 20 << 16


def test_files_travel(cluster: Any, dll: Path, tmp_path: Path) -> None:
    """Assembly and points travel by their content: they may be gone here once the job is taken up."""
    np.save(tmp_path / "a.npy", np.linspace(-40.0, 40.0, 1 << 17))
    comparison = against_port(find()[0], dll, File(tmp_path / "a.npy"))
    taken = job(comparison)
    assert {path.name for path in taken.files} == {dll.name, "a.npy"}
    assert pickle.loads(pickle.dumps(taken)) == taken
    with cluster.get_client() as client:
        report = sweeping.run([comparison], Cluster(client))
    assert (report.verdict, report.results[0].tally.compared) == ("agree", 1 << 17)


def test_a_function_travels(cluster: Any, tmp_path: Path) -> None:
    """A file of Python travels with the format that was asked for: a function of float16 has no other way here."""
    file = tmp_path / "mine.py"
    file.write_text("def mine(x: 'float16'):\n    return x * 0 + x.dtype.type(0.5)\n", encoding="utf-8")
    words = ("sweep", f"{file}:mine", "--every", "float16", "--format", "float16", "--against", "port")
    reports = []
    for more in ((), ("--scheduler", cluster.scheduler_address)):
        done = run(*words, *more, "--json", tmp_path / "report.json")
        assert done.returncode == 1, done.stdout + done.stderr
        (found,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["comparisons"]
        reports.append((found["points"], found["differ"], found["distances"]))
    assert reports[0] == reports[1]
    assert reports[0][0] == 1 << 16


def test_the_command(cluster: Any, tmp_path: Path) -> None:
    """The command line takes the scheduler's address, keeps a journal, and says on what machines it ran."""
    words = ("sweep", "--scheduler", cluster.scheduler_address, "--samples", "1e6", "--against", find()[0].name)
    done = run(*words, "--journal", tmp_path / "run.jsonl", "--json", tmp_path / "report.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 of 1,000,000 differ" in done.stdout
    assert '"libm"' in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_what_cannot_be_loaded(cluster: Any, tmp_path: Path) -> None:
    """An error on a worker is the same error here."""
    path = tmp_path / "a.dll"
    path.write_bytes(b"MZ")
    with cluster.get_client() as client:
        report = sweeping.run([against_port(find()[0], path, Bits(100, 1))], Cluster(client))
    assert report.verdict == "error"
    assert "not a usable assembly" in report.results[0].failure


def test_an_error_travels() -> None:
    """An error of a host keeps what it says on its way between processes."""
    error = pickle.loads(pickle.dumps(HostError("mono", "hang", "it hung")))
    assert (error.runtime, error.kind, error.problem, str(error)) == ("mono", "hang", "it hung", "mono: it hung")


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none answers, the error names the address."""
    monkeypatch.setattr("sigmoid_parity.sweep.cluster._PATIENCE", 0.5)
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:1"), connected("tcp://127.0.0.1:1"):
        pass
