"""``python -m benchmarks``, in the folder python: the port beside its peers, in speed and in bits."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks import ending, figure, measure, peers, report, sweeps
from benchmarks.measure import Row
from benchmarks.peers import Peer
from sigmoid_parity.cli import exits, streams
from sigmoid_parity.errors import MissingError, UsageError
from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, select
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.machine import provenance

_WORDS: Final = """\
Time the port beside every sigmoid that is importable here, on one thread each, and compare their bits with C#'s.

Peers: the NumPy formula, scipy.special.expit, numexpr, torch.sigmoid, jax.nn.sigmoid, the C# class through pythonnet,
and a copy of memory. They run in turn; a ratio is the median over the turns, above 1 where the peer is slower than the
port. "same bits" is the share of a million seeded points at which the peer has the C# class's bits."""
_BYTES: Final = 64  # Of memory, a point: what the peers take together at their height, measured without torch and jax.

Original = tuple[Runtime, Assembly]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code, see `ending.code`."""
    options = _options(arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    return ending.code(lambda: _run(options, errors), errors)


def _run(options: argparse.Namespace, errors: Console) -> None:
    original = _original(errors)
    found = peers.find(original)
    rows: list[Row] = []
    try:
        with _host(original) as host, errors.status("") as status:
            csharp = host.apply if host else None
            rows.extend(
                measure.measure(found, csharp, options.size or measure.SIZES, status.update, original and original[0])
            )
        with errors.status("") as status:
            if original is not None:
                rows.extend(sweeps.measure(original[0], original[1].path, status.update))
    finally:
        if rows:  # What was measured before Ctrl-C or a failure is not lost.
            _hand_out(rows, options, found, original[1] if original else None)


def _hand_out(rows: Sequence[Row], options: argparse.Namespace, found: Sequence[Peer], built: Assembly | None) -> None:
    if options.json is not None:
        versions = {peer.name: peer.version for peer in found}
        options.json.write_text(report.to_json(rows, provenance.collect(built), versions), encoding="utf-8")
    if options.plot is not None:
        figure.draw(rows, options.plot)
    report.render(rows, Console())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description=_WORDS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows as JSON")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw ns a point over the size (png, svg, pdf)")
    parser.add_argument(
        "--size", type=int, action="append", metavar="N", help="points in the arrays; may be given several times"
    )
    options = parser.parse_args(arguments)
    problem = _problem(options)
    if problem:
        parser.error(problem)
    return options


def _problem(options: argparse.Namespace) -> str | None:
    """Say what cannot be done, before minutes are spent; None if all can."""
    try:
        exits.check_folders(options.json, options.plot)
    except UsageError as error:
        return str(error)
    if options.plot is not None and (problem := figure.problem(options.plot)):
        return problem
    return next(filter(None, map(_size_problem, options.size or ())), None)


def _size_problem(size: int) -> str | None:
    if size < 1:
        return f"--size is {size}; it must be at least 1"
    there = _memory()
    if there is not None and size * _BYTES > there:
        return (
            f"--size {size} needs {size * _BYTES / 2**30:,.1f} GiB of memory, and this machine has "
            f"{there / 2**30:,.1f} GiB; choose at most {there // _BYTES}"
        )
    return None


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Not on this system; an array too large is a MemoryError then.
        return None


def _original(errors: Console) -> Original | None:
    try:
        return select()[0], assembly.find()
    except MissingError as error:
        errors.print(f"without C#: {error}", markup=False)
        return None


def _host(original: Original | None) -> Host | nullcontext[None]:
    return Host(original[0], original[1].path) if original else nullcontext()


if __name__ == "__main__":
    streams.prepare()
    exits.end_on_signals()
    sys.exit(main())
