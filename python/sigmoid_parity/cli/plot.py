"""``sigmoid-parity plot``: the documents' graphs, and three that teach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmoid_parity.cli import exits
from sigmoid_parity.errors import MissingError
from sigmoid_parity.figures import canvas
from sigmoid_parity.lesson import graphs as sigmoid
from sigmoid_parity.machine import remedies


def plot(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=f"One of {', '.join(sigmoid.GRAPHS)}; by default all in one figure."),
    ] = None,
    output: Annotated[
        Path, typer.Option(metavar="FILE", help="What to write: PNG, SVG or PDF, by the file's ending.")
    ] = Path("sigmoid.svg"),
) -> None:
    """Draw the sigmoid, its derivative from x and from y, the mistake of passing x, and what rounding costs.

    Needs the extra plot. The same call writes the same bytes.

    Exit code 0: written. 2: it could not be.
    """
    if name is not None and name not in sigmoid.GRAPHS:
        raise MissingError(f"there is no graph {name!r}; {remedies.instead(name, list(sigmoid.GRAPHS))}")
    exits.write_bytes(output, sigmoid.draw([name] if name else list(sigmoid.GRAPHS), canvas.ending(output)))
    typer.echo(f"{output} written")
