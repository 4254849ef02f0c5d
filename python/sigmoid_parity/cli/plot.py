"""``sigmoid-parity plot``: the documents' graphs, and those that teach."""

from __future__ import annotations

from pathlib import Path

import click

from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.errors import UsageError, instead
from sigmoid_parity.figures import canvas
from sigmoid_parity.lesson import graphs as sigmoid
from sigmoid_parity.lesson.words import say


@click.command(
    cls=Command,
    help=f"""Draw the sigmoid and its derivative.

    The graphs show the derivative from x and from y, the documents' mistakes, and what rounding costs. NAME is one
    of {", ".join(sigmoid.GRAPHS)}; without it, all are drawn in one figure.

    Needs the extra plot. The same call writes the same bytes.
    """,
    examples=["plot", "plot sigmoid-curve --output curve.png", "plot --language ja --output sigmoid.pdf"],
    codes={0: "written", 2: "it could not be"},
)
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--output", type=options.FILE, metavar="FILE", default="sigmoid.svg", help="PNG, SVG or PDF, by the file's ending."
)
@options.language
def plot(name: str | None, output: Path, language: str) -> None:
    """Draw one graph, or all of them in one figure."""
    if name is not None and name not in sigmoid.GRAPHS:
        raise UsageError(f"there is no graph {name!r}; {instead(name, list(sigmoid.GRAPHS))}")
    exits.check_folders(output)
    names = [name] if name else list(sigmoid.GRAPHS)
    exits.write_bytes(output, sigmoid.draw(names, canvas.ending(output), language))
    click.echo(say("written", language, file=output))
