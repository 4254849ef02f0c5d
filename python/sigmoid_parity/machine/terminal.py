"""What the doctor found, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console

from sigmoid_parity.machine.doctor import Finding
from sigmoid_parity.terminal import print_line

_STYLES: Final = {"ok": "green", "missing": "bold red", "optional": "yellow"}


def render(findings: Sequence[Finding], console: Console) -> None:
    """Print a line per finding, and under it the command that mends it."""
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        state = finding.state.ljust(9), _STYLES[finding.state]
        print_line(console, state, f"{finding.name.ljust(width)}  {finding.detail}")
        if finding.remedy:
            print_line(console, (f"{' ' * 9}{' ' * width}  -> {finding.remedy}", "bold"))
