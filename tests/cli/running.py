"""Run the command line in this process, as a user would type it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from sigmoid_parity.cli import app


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> Outcome:
    """Run the command; whatever happens, an exception that it does not handle is a defect."""
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"} | (environment or {}), catch_exceptions=False)
    done = runner.invoke(app, list(map(str, arguments)), prog_name="sigmoid-parity")
    return Outcome(done.exit_code, done.stdout, done.stderr)


def hide(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a package one that is not installed."""
    monkeypatch.setitem(sys.modules, package, None)
