"""``sigmoid-parity doctor``: what is here, and what mends what is not."""

from __future__ import annotations

import click

from sigmoid_parity.cli import exits
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.machine import doctor as examination
from sigmoid_parity.machine import terminal as rendering


@click.command(cls=Command, examples=["doctor"], codes={0: "verify can run", 2: "it cannot"})
def doctor() -> int:
    """Show what this machine has and what it lacks.

    Looks for what comparing with C# takes: Python, libm, compilers, runtimes, the assembly, the fixtures, the extras.
    Under whatever is missing stands the command that mends it. Every runtime is started once.
    """
    with exits.progress() as progress:
        findings = list(examination.examine(progress))
    rendering.render(findings, exits.console())
    missing = any(finding.state == "missing" for finding in findings)
    return exits.COULD_NOT_RUN if missing else exits.AGREE
