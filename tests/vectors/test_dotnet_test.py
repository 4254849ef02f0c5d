"""``dotnet test`` with fixtures that it cannot read, or whose bounds do not hold: it says so, and fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity import resources
from tests.sdk import NEEDS_SDK, dotnet

pytestmark = [pytest.mark.processes, NEEDS_SDK]

Spoil = Callable[[Path], object]


def replace(file: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (shutil.rmtree, "there is no such folder, which SIGMOID_PARITY_FIXTURES names"),
        (
            replace("activation.yaml", "schema_version: 1", "schema_version: 2"),
            "activation.yaml, schema_version: is 2; version 1 is read here",
        ),
        (
            replace("d_activation.yaml", 'input_bits: "0', 'input_bits: "1'),
            "d_activation.yaml, case zero-positive, input: the decimal 0.0 has the bits 0000000000000000, but 1000",
        ),
        (
            replace(
                "limits.yaml",
                "function: activation\n    against: formula\n    max_ulp: 2",
                "function: activation\n    against: formula\n    max_ulp: 0",
            ),
            "1 ULP, bound 0",
        ),
        (
            replace("network.yaml", "- id: d4", "- id: d5\n  shows: twice\n- id: d4"),
            "network.yaml: trainings[0]: must contain ",
        ),
    ],
)
def test_fixtures_that_are_not_as_they_must_be(spoil: Spoil, said: str, artifacts: Path, tmp_path: Path) -> None:
    """The message names the file, and what is wrong; the tests do not pass without their cases."""
    folder = tmp_path / "fixtures"
    shutil.copytree(resources.fixtures_dir(), folder)
    spoil(folder)
    tests = artifacts / "bin" / "SigmoidParity.Tests" / "release" / "SigmoidParity.Tests.dll"
    with pytest.raises(AssertionError) as failed:
        dotnet("test", tests, environment={"SIGMOID_PARITY_FIXTURES": str(folder)})
    assert said in str(failed.value)
