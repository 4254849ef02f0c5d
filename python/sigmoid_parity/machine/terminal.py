"""What the doctor found, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from sigmoid_parity.machine.doctor import Finding

_STYLES: Final = {"ok": "green", "missing": "bold red", "optional": "yellow"}


def render(findings: Sequence[Finding], console: Console) -> None:
    """Print a line per finding, and under it the command that mends it."""
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        line = Text.assemble(
            (finding.state.ljust(9), _STYLES[finding.state]), f"{finding.name.ljust(width)}  {finding.detail}"
        )
        console.print(line, soft_wrap=True, highlight=False)
        if finding.remedy:
            console.print(Text(f"{' ' * 9}{' ' * width}  -> {finding.remedy}", "bold"), soft_wrap=True, highlight=False)
