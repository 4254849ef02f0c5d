"""``python -m benchmarks.atlas``, in the folder python: draw how far sigmoids are from C#'s, at every float32."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks.atlas import rows
from sigmoid_parity import resources
from sigmoid_parity.cli import exits, streams
from sigmoid_parity.errors import SigmoidParityError, refusal
from sigmoid_parity.figures import strips
from sigmoid_parity.figures.strips import Panel, Strip
from sigmoid_parity.machine import provenance
from sigmoid_parity.sweep import files, page, picture, sweeping, terminal, words
from sigmoid_parity.sweep.domains import Every
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.report import Report

_WORDS: Final = """\
Compare each sigmoid that is here with C#'s at every float32, and draw one picture: float32 in and out, and widened to
double. The journal in build/ keeps what is done: after Ctrl-C the same command goes on. It takes the better part of an
hour on two cores."""
_TITLES: Final = {
    "float32": "float32 in and out, against C#'s result rounded once",
    "float64": "float32 widened to double, against C#'s bits",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the atlas; returns the exit code."""
    options = _options(arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        report, names = _sweep(options, errors)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except SigmoidParityError as error:
        errors.print(f"error: {error}", markup=False)
        return exits.COULD_NOT_RUN
    except OSError as error:
        errors.print(f"error: {refusal(error)}", markup=False)
        return exits.COULD_NOT_RUN
    _write(report, names, options.output)
    terminal.screen(report, Console())
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.atlas", description=_WORDS)
    parser.add_argument("--output", type=Path, default=Path("docs"), metavar="DIR", help="where the files go")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes")
    parser.add_argument("--every", default="float32", metavar="FORMAT", help="a smaller format, for a trial")
    parser.add_argument("--spans", type=Path, metavar="DLL", help="the assembly SigmoidParity.Vectors")
    return parser.parse_args(arguments)


def _sweep(options: argparse.Namespace, errors: Console) -> tuple[Report, list[str]]:
    build = resources.assembly_path().parent / "atlas"
    build.mkdir(parents=True, exist_ok=True)
    found = list(rows.comparisons(Every(options.every), options.spans, build, errors.print))
    names, comparisons = [name for name, _ in found], [one for _, one in found]
    with terminal.watching(errors) as watch:
        return sweeping.run(comparisons, Local(options.workers), build / f"{options.every}.jsonl", watch), names


def _write(report: Report, names: Sequence[str], folder: Path) -> None:
    (folder / "atlas.json").write_text(files.to_json(report, provenance.collect(None)), encoding="utf-8")
    (folder / "atlas.html").write_text(page.compose(report, provenance.collect(None), "en"), encoding="utf-8")
    (folder / "atlas.svg").write_bytes(strips.draw(_panels(report, names), "svg"))


def _panels(report: Report, names: Sequence[str]) -> list[Panel]:
    panels = []
    for form, title in _TITLES.items():
        chosen = [(name, one) for name, one in zip(names, report.results, strict=True) if one.comparison.format == form]
        drawn = [
            Strip(
                name,
                words.found(result, "en"),
                {binade: most for binade, (_, most) in result.tally.binades.items()},
            )
            for name, result in chosen
        ]
        panels.append(Panel(title, picture.exponents(chosen[0][1].comparison.domain.dtype), drawn))
    return panels


if __name__ == "__main__":
    streams.prepare()
    exits.end_on_signals()
    sys.exit(main())
