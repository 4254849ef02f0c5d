"""``sigmoid-parity bench``: the port beside its peers, in speed and in bits."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from benchmarks import figure as drawing
from benchmarks import measure, peers
from benchmarks import report as rendering
from benchmarks.measure import Reference, Row
from sigmoid_parity.cli import exits, options
from sigmoid_parity.errors import MissingError
from sigmoid_parity.figures import canvas
from sigmoid_parity.implementations.dotnet import Host, assembly, select
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.machine import provenance


@click.command()
@options.json
@click.option("--plot", type=options.FILE, metavar="FILE", help="Draw ns a point over the size (png, svg, pdf).")
@click.option(
    "--size", "sizes", type=click.IntRange(min=1), metavar="N", multiple=True, help="Points in the arrays. Repeatable."
)
def bench(json: Path | None, plot: Path | None, sizes: tuple[int, ...]) -> None:
    """Time the port beside every sigmoid that is importable here, on one thread each, and compare their bits with C#'s.

    Peers: the NumPy formula, scipy.special.expit, numexpr, torch.sigmoid, jax.nn.sigmoid, the C# class through
    pythonnet, and a copy of memory. They run in turn; a ratio is the median over the turns, above 1 where the peer is
    slower than the port. "same bits" is the share of a million seeded points at which the peer has the C# class's bits.
    """
    exits.check_folders(json, plot)
    if plot is not None:
        canvas.ending(plot)
    built = _assembly()
    found = peers.find(built.path if built else None)
    rows: list[Row] = []
    try:
        with exits.progress() as progress:
            rows.extend(measure.measure(found, _csharp(built), sizes or measure.SIZES, progress))
    finally:  # What was measured before Ctrl-C is not lost.
        _hand_out(rows, json, plot, built, {peer.name: peer.version for peer in found})


def _assembly() -> Assembly | None:
    try:
        return assembly.find()
    except MissingError as error:
        exits.ERRORS.print(f"without C#: {error}", soft_wrap=True, highlight=False)
        return None


def _csharp(built: Assembly | None) -> Reference | None:
    if built is None:
        return None
    host = Host(select()[0], built.path)
    return lambda inputs: host.map("Activation", inputs)


def _hand_out(
    rows: list[Row], json: Path | None, plot: Path | None, built: Assembly | None, versions: dict[str, str]
) -> None:
    if json is not None:
        exits.write(json, rendering.to_json(rows, provenance.collect(built), versions))
    if plot is not None:
        exits.write_bytes(plot, drawing.draw(rows, canvas.ending(plot)))
    rendering.render(rows, exits.ERRORS if str(json) == "-" else Console())


if __name__ == "__main__":
    bench()
