"""python/docs/check.md: its runs are what the command prints here, but for the names of the runtimes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.conftest import Build

TOP = Path(__file__).parents[2]
PAGE = (TOP / "python" / "docs" / "check.md").read_text(encoding="utf-8")
RUNS = re.findall(r"```console\n\$ sigmoid-parity (check .*)\n([^`]*)```", PAGE)
RUNTIMES = re.compile(r"(?:(?:coreclr|mono)-[0-9.]+(?:, )?)+|CPython [0-9.]+")


def test_there_are_three_kinds_of_runs() -> None:
    """An assembly with two arguments, a Python function, and a program."""
    assert len(RUNS) == 4


@pytest.mark.processes
@pytest.mark.parametrize(("command", "shown"), RUNS, ids=[command[:40] for command, _ in RUNS])
def test_the_page_shows_what_is_printed(
    command: str, shown: str, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run of the page, repeated in a folder with its DLL and its program, prints what the page shows."""
    source = re.search(r"```csharp\n([^`]*)```", PAGE)
    assert source is not None
    (tmp_path / "Acme.Neuro.dll").write_bytes(build("acme-page", f"using System;\n{source[1]}").read_bytes())
    (tmp_path / "sigmoid.js").write_bytes((TOP / "fixtures" / "consumers" / "sigmoid.js").read_bytes())
    monkeypatch.chdir(tmp_path)
    printed = run(*shlex.split(command)).stdout
    assert RUNTIMES.sub("*", printed) == RUNTIMES.sub("*", shown)
