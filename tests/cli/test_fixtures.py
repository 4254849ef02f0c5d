"""``sigmoid-parity fixtures``: what check finds."""

from __future__ import annotations

import shutil
from pathlib import Path

from sigmoid_parity import resources
from tests.cli.running import run


def test_check(tmp_path: Path) -> None:
    """Exit 0 as they are, every value and generated input being what oracle and seed give today; 1 with the line where
    a value drifted; 2 where a file is malformed.
    """
    found = run("fixtures", "check")
    assert found.returncode == 0, found.stdout
    folder = Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))
    path = folder / "derivative.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('leftover_ulp: "+0', 'leftover_ulp: "-0', 1), encoding="utf-8")
    drifted = run("fixtures", "check", "--fixtures", folder)
    assert drifted.returncode == 1
    assert "derivative.yaml: not what the oracle gives, in 2 lines" in drifted.stdout
    path.write_text(text.replace("id: plot-001", "id: plot-000"), encoding="utf-8")
    malformed = run("fixtures", "check", "--fixtures", folder)
    assert malformed.returncode == 2
    assert malformed.stderr.startswith("error: derivative.yaml, case plot-000: stands twice in this file")


def test_the_constants_in_sources_are_checked_too(folder: Path) -> None:
    """A changed digit beside the fixtures: exit 1, the file and its lines; writing mends it."""
    path = folder / "consumers" / "portable" / "portable.go"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("67473258", "67473259"), encoding="utf-8")
    done = run("fixtures", "check", "--fixtures", folder)
    assert done.returncode == 1
    assert "portable.go: not what the oracle gives, in 2 lines" in done.stdout
    run("fixtures", "write", "--fixtures", folder)
    assert path.read_text(encoding="utf-8") == text
