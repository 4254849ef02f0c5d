"""``sigmoid-parity fixtures``: what check finds."""

from __future__ import annotations

import shutil
from pathlib import Path

from sigmoid_parity import resources
from tests.cli.running import run

CONSTANTS = Path("consumers", "portable", "portable.go")


def test_check() -> None:
    """Exit 0 as they are: every value and generated input is what oracle and seed give today."""
    found = run("fixtures", "check")
    assert found.returncode == 0, found.stdout


def test_drift(tmp_path: Path) -> None:
    """Exit 1 with the lines where a value drifted, in the fixtures and in the sources beside them; writing mends it."""
    folder = Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))
    spoil(folder / "derivative.yaml", 'leftover_ulp: "+0', 'leftover_ulp: "-0')
    spoil(folder / CONSTANTS, "67473258", "67473259")
    drifted = run("fixtures", "check", "--fixtures", folder)
    assert drifted.returncode == 1
    for name in ("derivative.yaml", "portable.go"):
        assert f"{name}: not what the oracle gives, in 2 lines" in drifted.stdout
    assert drifted.stdout.count("not what the oracle gives") == 2
    assert run("fixtures", "write", "--fixtures", folder).returncode == 0
    for file in ("derivative.yaml", CONSTANTS):
        assert (folder / file).read_bytes() == (resources.fixtures_dir() / file).read_bytes()


def test_malformed(folder: Path) -> None:
    """Exit 2 where a file is malformed, with the file and the case."""
    path = folder / "derivative.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: plot-001", "id: plot-000"), encoding="utf-8")
    malformed = run("fixtures", "check", "--fixtures", folder)
    assert malformed.returncode == 2
    assert malformed.stderr.startswith("error: derivative.yaml, case plot-000: stands twice in this file")


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
