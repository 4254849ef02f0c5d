"""The benchmark: that it measures what it says. How fast anything is, is not tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as script_main
from benchmarks import kernels, measure, peers, step, timing
from sigmoid_parity import activation
from sigmoid_parity.errors import MissingError
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.dotnet import Host, Runtime, find

PYTHON = Path(__file__).parent.parent.parent / "python"


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


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_parity_is_measured_against_csharp(found: list[peers.Peer], dtype: str) -> None:
    """A peer with the reference's bits has a share of 1; one with another last bit is found out."""
    by_name = {peer.name: peer for peer in found}
    source = measure.samples(10_000, dtype)
    right = np.array([FUNCTIONS["activation"].scalar(x) for x in source.tolist()]).astype(dtype)
    assert measure._parity(by_name[peers.PORT], source, right) == (0, 1.0)
    assert measure._parity(by_name[peers.PORT], source, np.nextafter(right, right.dtype.type(2.0))) == (1, 0.0)
    assert measure._parity(by_name[peers.PORT], source, None) == (None, None)
    assert measure._parity(by_name["copy"], source, right) == (None, None)


@pytest.mark.processes
def test_the_script_writes_rows_and_a_figure(tmp_path: Path) -> None:
    """One run with small arrays: JSON, a figure, a table; C# is among the peers, and the port has its bits."""
    # In a process of its own, because a .NET runtime stays; with fewer points and imports, which take most of the time.
    code = (
        "import sys\nfrom benchmarks import measure, sweeps, __main__\nfrom sigmoid_parity.sweep.domains import Bits\n"
        "measure._COMPARED, measure._IMPORTS = 10_000, 1\n"
        "sweeps._DOMAINS, sweeps._TURNS = {'random bits': Bits(1 << 21, 1)}, 2\n"
        "sweeps._MANY, sweeps._MORE, sweeps._REPEATED, sweeps._UNITS = 1 << 20, 1 << 20, 1, 20\n"
        "sys.exit(__main__.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--size", "10", "--json", tmp_path / "b.json", "--plot", tmp_path / "b.svg"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "120", "PYTHONPATH": str(PYTHON)},
    )
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    rows = content["rows"]
    assert {row["case"] for row in rows} == {
        *("activation", "d_activation", "step", "scalar"),
        *("import", "first", "check", "sweep", "pair", "workers", "dask", "unit"),
    }
    assert f"C# on {find()[0].kind}" in content["versions"]
    ours = [row for row in rows if row["implementation"] == peers.PORT]
    assert all(row["ratio"] == 1.0 and row["ns_per_point"] > 0.0 for row in ours)
    assert [row["share_of_same_bits"] for row in ours if row["case"] == "activation"] == [1.0, 1.0]
    assert "x port" in done.stdout
    assert (tmp_path / "b.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_without_a_runtime_the_other_peers_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No runtime: said once, and no column for bits; the other peers are measured all the same."""

    def missing() -> list[Runtime]:
        raise MissingError("no .NET runtime was found", lacks="runtime")

    monkeypatch.setattr(script_main, "select", missing)
    monkeypatch.setattr(measure, "measure", lambda *_: iter(measure._derivative(1_000)))
    assert script_main.main(["--json", str(tmp_path / "b.json")]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("without C#: no .NET runtime was found")
    assert "same bits" not in said.out
    versions = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["versions"]
    assert peers.PORT in versions
    assert not [name for name in versions if name.startswith("C#")]


def test_the_host_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child process that the bits are compared with ends with the measurements, also when they fail."""
    hosts: list[Host] = []

    def failing(_: Any, csharp: Any, *__: Any) -> Iterator[measure.Row]:
        hosts.append(csharp.__self__)
        csharp("activation", np.zeros(1))
        assert hosts[0].alive
        raise MemoryError("enough")

    monkeypatch.setattr(peers, "find", lambda _: [])
    monkeypatch.setattr(measure, "measure", failing)
    assert script_main.main([]) == 2
    assert not hosts[0].alive


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plot", "none/b.svg"], "cannot write none/b.svg: there is no folder none"),
        (["--plot", "b.doc"], "cannot write b.doc: a figure's name ends in .png, .svg, .pdf"),
        (["--size", "0"], "--size is 0; it must be at least 1"),
        (["--size", "1" + "0" * 15], "needs 59,604,644.8 GiB of memory, and this machine has "),
    ],
)
def test_what_cannot_be_done_is_refused_before_the_work(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there, an ending that no figure has, a size beyond memory: said at once, in one line."""
    with pytest.raises(SystemExit) as ended:
        script_main.main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.processes
def test_kernels_of_16_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table has a row a library and format, with what it is, and the picture is drawn; here of NumPy alone."""
    monkeypatch.chdir(PYTHON)
    monkeypatch.setattr(kernels, "PEERS", {"NumPy": kernels.PEERS["NumPy"]})
    assert kernels.main(["--plot", str(tmp_path / "kernels.png")]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| bfloat16", "| float16"]
    assert " | 1,121 | 24 | -89.0 | " in rows[0]  # What ml_dtypes computes depends on no processor.
    assert "in the format itself" in rows[0]
    assert (tmp_path / "kernels.png").stat().st_size > 10_000
    assert kernels.main(["--plot", str(tmp_path / "none" / "kernels.png")]) == 2
