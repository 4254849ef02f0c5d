"""``python -m benchmarks.atlas``, in the folder python: draw how far sigmoids are from C#'s, at every float32."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks import ending
from benchmarks.atlas import output, rows
from benchmarks.atlas.sweep import Swept, sweep
from sigmoid_parity import resources
from sigmoid_parity.cli import exits, streams
from sigmoid_parity.sweep import terminal
from sigmoid_parity.sweep.domains import Every

_WORDS: Final = """\
Compare each sigmoid that is here with C#'s at every float32, and draw one picture: float32 in and out, and widened to
double. The journals keep what is done: after Ctrl-C the same command goes on. It takes an hour or two on
two cores."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the atlas; returns the exit code, see `ending.code`."""
    options = _options(arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    return ending.code(lambda: _sweep(options, errors), errors)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.atlas", description=_WORDS)
    parser.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="where the files go")
    parser.add_argument(
        "--journals",
        type=Path,
        default=resources.assembly_path().parent / "atlas",
        metavar="DIR",
        help="where journals are kept, and programs built",
    )
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes")
    parser.add_argument("--every", default="float32", metavar="FORMAT", help="a smaller format, for a trial")
    return parser.parse_args(arguments)


def _sweep(options: argparse.Namespace, errors: Console) -> None:
    folder = options.journals.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    swept: list[Swept] = []
    for row in rows.rows(Every(options.every), folder, errors.print):
        with terminal.watching(errors) as watch:
            swept.append(sweep(row, options.workers, folder, watch))
        errors.print(f"{row.name}, {row.comparison.format}: {swept[-1].summary}", markup=False)
        output.write(swept, options.output)  # What is done is there, whatever becomes of the rest.


if __name__ == "__main__":
    streams.prepare()
    exits.end_on_signals()
    sys.exit(main())
