"""``sigmoid-parity train``, as a user runs it."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pytest

from sigmoid_parity.cases import load_trainings
from sigmoid_parity.errors import MissingError
from sigmoid_parity.implementations.dotnet import find
from tests.cli.running import run
from tests.conftest import Build, Misbehaving

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_weight_agrees(tmp_path: Path) -> None:
    """Exit 0, a line per runtime, losses by epoch, a curve; the JSON has every loss and the last weights."""
    done = run("train", "--epochs", "120", "--json", tmp_path / "r.json", "--plot", tmp_path / "loss.png")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "d4: 3-4-2, full batch, learning rate 0.05, 120 epochs" in done.stdout
    assert done.stdout.count("PASS  ") == len(find())
    assert "AGREE: the same bits in 20 weights after each of 120 epochs" in done.stdout
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (content["verdict"], content["interrupted"], content["epochs"], content["errors"]) == (
        "agree",
        False,
        120,
        [],
    )
    (training,) = (one for one in load_trainings() if one.id == "d4")
    hundred = next(after for after in training.after if after.epochs == 100)
    for one in content["trainings"]:
        assert one["first_difference"] is None
        assert len(one["losses"]) == 120
        assert float(one["losses"][99]) == pytest.approx(float(hundred.loss.exact[0, 0]), rel=1e-13)
        assert f"{one['losses'][99]}" in done.stdout
    assert len({json.dumps(one["weights"]) for one in content["trainings"]}) == 1
    assert (tmp_path / "loss.png").read_bytes().startswith(PNG)


def test_another_learning_rate_fixture_and_runtime() -> None:
    """The options narrow and change the training."""
    name = find()[-1].name
    done = run("train", "--fixture", "xor", "--epochs", "3", "--learning-rate", "0.5", "--runtime", name)
    assert done.returncode == 0
    assert "xor: 2-4-1, full batch, learning rate 0.5, 3 epochs" in done.stdout
    assert done.stdout.count("PASS  ") == 1


def test_the_mistake_stands_beside(tmp_path: Path) -> None:
    """Losses and gradient check of D4's double sigmoid stand beside the right ones, and the verdict is theirs."""
    done = run(
        "train",
        "--fixture",
        "xor",
        "--epochs",
        "300",
        "--mistake",
        "double-sigmoid",
        "--runtime",
        find()[0].name,
        "--json",
        "-",
    )
    assert done.returncode == 0
    trainings = {one["implementation"]: one for one in json.loads(done.stdout)["trainings"]}
    losses = {name: one["losses"] for name, one in trainings.items()}
    assert float(losses["double-sigmoid"][-1]) > 10.0 * float(losses["python-array"][-1])
    checks = {name: one["gradient_check"] for name, one in trainings.items()}
    assert {name for name, layers in checks.items() if layers is not None} == {"python-array", "double-sigmoid"}
    for name in ("python-array", "double-sigmoid"):
        assert [layer["layer"] for layer in checks[name]] == ["W1", "W2"]
        assert all((float(layer["deviation"]) < 1e-6) == (name == "python-array") for layer in checks[name])
        for layer in checks[name]:
            assert f"{float(layer['cosine']):.4f}, {float(layer['deviation']):.1e}" in done.stderr
    assert "The loss does not betray this mistake" in done.stderr
    for name, curve in losses.items():
        if name not in [one.name for one in find()]:
            assert curve[-1] in done.stderr
    assert "double-sigmoid" in done.stderr
    assert "AGREE" in done.stderr


def test_alone_takes_no_runtime(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--alone asks for no runtime and no assembly, exits with 0, and says that nothing was compared."""
    command = importlib.import_module("sigmoid_parity.cli.train")

    def refuse(*_: object) -> None:
        raise MissingError("there is no .NET runtime", lacks="runtime")

    monkeypatch.setattr(command, "select", refuse)
    assert run("train", "--epochs", "2").returncode == 2
    monkeypatch.setattr(command.assemblies, "find", refuse)
    done = run("train", "--alone", "--epochs", "50", "--mistake", "double-sigmoid", "--json", tmp_path / "r.json")
    assert done.returncode == 0
    assert "TRAINED: 50 epochs with python-array alone; not compared with C#" in done.stdout
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (content["verdict"], content["epochs"]) == ("alone", 50)
    assert [one["against"] for one in content["trainings"]] == [None, None]
    both = run("train", "--alone", "--runtime", "mono")
    assert both.returncode == 2
    assert "--alone trains without .NET; leave out --runtime and --assembly, or --alone" in both.stderr


@pytest.mark.processes
def test_a_changed_original_is_found(build: Build, original: str, tmp_path: Path) -> None:
    """A C# derivative of x instead of y: exit 1; epoch, weight and both values are named."""
    changed = original.replace(
        "return (1.0 - val) * val;", "double y = Activation(val);\n            return (1.0 - y) * y;"
    )
    done = run("train", "--assembly", build("derivative-of-x", changed), "--epochs", "5", "--json", tmp_path / "r.json")
    assert done.returncode == 1
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert content["verdict"] == "differ"
    first = content["trainings"][1]["first_difference"]
    assert (first["epoch"], first["weight"]) == (1, "W1[0, 0]")
    assert f"W1[0, 0] differs after epoch 1: {first['actual']} against {first['expected']}" in done.stdout
    assert "DIFFER: python-array and " in done.stdout


@pytest.mark.processes
def test_a_runtime_that_crashes_proves_nothing(misbehaving: Misbehaving) -> None:
    """Exit 2, with the runtime named; the port's losses are shown all the same."""
    done = run("train", "--assembly", misbehaving("FailFast"), "--epochs", "5")
    assert done.returncode == 2
    assert f"ERROR crash: {find()[0].name}" in done.stdout
    assert "COULD NOT RUN: not all was compared" in done.stdout


@pytest.mark.processes
def test_verify_trains_too(build: Build, original: str, tmp_path: Path) -> None:
    """``verify --function training``: 0 ULP here; a changed C# class fails it, and the first wrong number is named."""
    done = run("verify", "--function", "training", "--json", tmp_path / "r.json")
    assert done.returncode == 0, done.stdout
    rows = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["results"]
    assert {row["function"] for row in rows} == {"training"}
    parity = [row for row in rows if row["kind"] == "parity"]
    assert {(row["differ"], row["max_ulp"], row["limit_ulp"]) for row in parity} == {(0, 0, 0)}
    changed = original.replace("(1.0 - val) * val", "(1.0 - val) * val * 1.0000000000000002")
    assert changed != original
    spoilt = run("verify", "--function", "training", "--assembly", build("slope-one-ulp", changed))
    assert spoilt.returncode == 1
    assert re.search(r"^DIFFER: .*training", spoilt.stdout, re.MULTILINE)


def test_a_fixture_of_one_s_own(folder: Path) -> None:
    """--fixtures takes the trainings from another folder."""
    path = folder / "network.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: xor", "id: my-xor"), encoding="utf-8")
    done = run("train", "--fixtures", path.parent, "--fixture", "my-xor", "--epochs", "2", "--runtime", find()[0].name)
    assert done.returncode == 0
    assert "my-xor: 2-4-1" in done.stdout


def test_the_portable_pair_trains_to_the_digest_of_the_fixtures(tmp_path: Path) -> None:
    """--portable: the same bits on every runtime, and the weights that the oracle gives; another end has no digest."""
    done = run("train", "--portable", "--epochs", "100", "--json", tmp_path / "r.json")
    assert done.returncode == 0, done.stdout + done.stderr
    (training,) = (one for one in load_trainings() if one.id == "d4")
    (digest,) = (after.digest for after in training.after if after.epochs == 100)
    assert f"sha256 of the weights after 100 epochs: {digest}, as in the fixtures" in done.stdout
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert {one["implementation"] for one in content["trainings"]} == {"portable-array", *(one.name for one in find())}
    assert {one["weights_sha256"] for one in content["trainings"]} == {digest}
    done = run("train", "--portable", "--epochs", "100", "--learning-rate", "0.06", "--alone")
    assert done.returncode == 0
    assert "sha256 of the weights after 100 epochs: " in done.stdout
    assert "as in the fixtures" not in done.stdout


def test_portable_takes_no_other_assembly(tmp_path: Path) -> None:
    """The portable pair is one class; which other is meant would be a guess."""
    done = run("train", "--portable", "--assembly", tmp_path / "Sigmoid.dll")
    assert done.returncode == 2
    assert "leave out either it or --portable" in done.stderr
