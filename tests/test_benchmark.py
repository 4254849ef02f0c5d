"""The benchmark: that it measures what it says. How fast anything is, is not tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks import measure, peers, step, timing
from sigmoid_parity import activation
from sigmoid_parity.implementations.dotnet import find


@pytest.fixture(scope="module")
def found() -> list[peers.Peer]:
    """The peers, without C#, which would stay in this process."""
    return peers.find(None)


def test_the_peers_of_the_extra_are_there(found: list[peers.Peer]) -> None:
    """What the extra bench installs is measured, and the port comes first."""
    names = [peer.name for peer in found]
    assert names[0] == peers.PORT
    assert {"NumPy formula", "scipy.special.expit", "numexpr", "copy"} <= set(names)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_peer_computes_the_sigmoid(found: list[peers.Peer], dtype: str) -> None:
    """A peer leaves the sigmoid of the source in the target; the copy leaves the source."""
    source = measure.samples(1_000, dtype)
    for peer in found:
        target = np.full_like(source, 7.0)
        peer.prepare(source, target)()
        expected = activation(source) if peer.is_sigmoid else source
        np.testing.assert_allclose(target, expected, rtol=1e-6, err_msg=peer.name)


def test_the_steps_that_are_timed_are_the_same() -> None:
    """Each step that is timed descends along the same losses, but for rounding."""
    losses = [[float(call()) for _ in range(50)] for call in step.calls(peers.PORT).values()]  # type: ignore[arg-type]
    for other in losses[1:]:
        np.testing.assert_allclose(losses[0], other, rtol=1e-12)


def test_turns_are_interleaved_and_ratios_paired() -> None:
    """Calls take turns; a call that takes twice as long has a ratio of about 2, whatever the machine does meanwhile."""
    order: list[str] = []

    def call(name: str, seconds: float) -> timing.Call:
        def wait() -> None:
            order.append(name)
            time.sleep(seconds)

        return wait

    times = timing.in_turn({"a": call("a", 0.004), "b": call("b", 0.008)}, rounds=5)
    assert order[-10:] == ["a", "b"] * 5
    assert 1.5 < timing.ratio(times["b"], times["a"]) < 2.5
    assert timing.ratio([1.0, 20.0, 3.0], [1.0, 10.0, 1.0]) == 2.0


def test_parity_is_measured_against_csharp(found: list[peers.Peer]) -> None:
    """A peer with the reference's bits has a share of 1; one with another last bit is found out."""
    by_name = {peer.name: peer for peer in found}
    port = by_name[peers.PORT]
    assert measure._parity(port, "float64", activation) == (0, 1.0)
    assert measure._parity(port, "float32", activation) == (0, 1.0)
    assert measure._parity(by_name["copy"], "float64", activation) == (None, None)
    worst, share = measure._parity(port, "float64", lambda x: np.nextafter(activation(x), 2.0))
    assert (worst, share) == (1, 0.0)


def test_the_command_writes_rows_and_a_figure(tmp_path: Path) -> None:
    """One run with small arrays: JSON, a figure, a table; C# is among the peers, and the port has its bits."""
    command = [sys.executable, "-m", "sigmoid_parity", "bench", "--size", "10", "--json", str(tmp_path / "b.json")]
    done = subprocess.run(
        [*command, "--plot", str(tmp_path / "b.svg")],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "120"},
    )
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    rows = content["rows"]
    assert {row["case"] for row in rows} == {"activation", "d_activation", "step", "scalar", "import"}
    assert f"C# on {find()[0].kind}" in content["versions"]
    port = [row for row in rows if row["implementation"] == peers.PORT]
    assert all(row["ratio"] == 1.0 and row["ns_per_point"] > 0.0 for row in port)
    assert [row["share_of_same_bits"] for row in port if row["case"] == "activation"] == [1.0, 1.0]
    assert "x port" in done.stdout
    assert (tmp_path / "b.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("name", ["none/b.svg", "b.doc"])
def test_a_figure_that_cannot_be_written_is_refused_before_the_work(name: str) -> None:
    """A folder that is not there, or an ending that no figure has: said at once, and not after minutes."""
    command = [sys.executable, "-m", "sigmoid_parity", "bench", "--plot", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: cannot write {name}: ")
