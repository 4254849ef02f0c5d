"""``sigmoid-parity languages``: the sigmoid in every language whose toolchain is here, held to C#."""

from __future__ import annotations

from pathlib import Path

import click

from sigmoid_parity.cli import exits, options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.languages import files, terminal
from sigmoid_parity.languages.running import TIME_LIMIT, run
from sigmoid_parity.machine import provenance


@click.command(
    cls=Command,
    examples=[
        "languages",
        "languages java go --samples 1000000",
        "languages C --against port",
        "languages --markdown python/docs/languages.md",
    ],
    codes={
        0: "every row ran; a language that was not named may be missing",
        1: "a reader of the YAML failed",
        2: "a language that was named, or a toolchain that is here, could not run",
    },
)
@click.argument("names", metavar="[LANGUAGE]...", nargs=-1)
@click.option(
    "--against",
    metavar="NAME",
    help="Hold them to this instead of the C# class on the newest runtime: a runtime, port, or any target of check.",
)
@options.samples
@options.seed
@click.option(
    "--timeout",
    type=options.Above(0.1),
    default=TIME_LIMIT,
    metavar="SECONDS",
    help="Time limit for each run of a program, in seconds.",
)
@options.json
@click.option(
    "--markdown",
    type=options.FILE,
    metavar="FILE",
    help="Write the tables as Markdown, between the marks of the file if it has them; - is standard output.",
)
@options.language
def languages(
    names: tuple[str, ...],
    against: str | None,
    samples: int,
    seed: int,
    timeout: float,
    json: Path | None,
    markdown: Path | None,
    language: str,
) -> int:
    """Try the sigmoid in other languages.

    Says how many results have C#'s bits.

    Builds and runs the programs of the fixtures in temporary folders, and the tests that read the YAML. LANGUAGE is a
    language, such as Java, or a row's id, such as c-fast-math; all by default. Installs nothing.
    """
    exits.check_folders(json, markdown)
    with exits.progress() as progress:
        report = run(names, against, samples, seed, timeout, progress)
    if json is not None:
        exits.write(json, files.to_json(report, provenance.collect(None)))
    if markdown is not None:
        present = markdown.read_text(encoding="utf-8") if markdown.is_file() else ""
        exits.write(markdown, files.put(files.to_markdown(report, provenance.collect(None), language), present))
    terminal.screen(report, exits.beside(json, markdown), language)
    if not report.ran:
        return exits.COULD_NOT_RUN
    return exits.AGREE if report.passed else exits.DIFFER
