"""``sigmoid-parity doctor``: what is here, and what mends what is not."""

from __future__ import annotations

import typer
from rich.console import Console

from sigmoid_parity.cli import exits
from sigmoid_parity.machine import doctor as examination
from sigmoid_parity.machine import terminal as rendering


def doctor() -> None:
    """Show what this machine has for comparing with C#: Python, libm, compilers, runtimes, assembly, fixtures.

    Under whatever is missing stands the command that mends it. Every runtime is started once.

    Exit code 0: `verify` can run. 2: it cannot.
    """
    with exits.progress() as progress:
        findings = list(examination.examine(progress))
    rendering.render(findings, Console())
    missing = any(finding.state == "missing" for finding in findings)
    raise typer.Exit(exits.COULD_NOT_RUN if missing else exits.AGREE)
