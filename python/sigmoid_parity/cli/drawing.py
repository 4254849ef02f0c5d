"""What ``verify`` draws: the distances as a figure, and the whole report as a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sigmoid_parity.cli import exits
from sigmoid_parity.compare import page as pages
from sigmoid_parity.compare import picture
from sigmoid_parity.compare.comparison import Report
from sigmoid_parity.figures import canvas, distances, page


def check(html: Path | None, plot: Path | None, language: str) -> None:
    """Make sure, before long work, that what was asked for can be drawn here.

    :param html: where the page goes, if anywhere.
    :param plot: where the figure goes, if anywhere.
    :param language: of `LANGUAGES`.
    :raises MissingError: matplotlib or Jinja is not installed.
    :raises UsageError: the figure's ending is none that can be written, or no font here has the language's letters.
    """
    if html is not None:
        page.check()
    if plot is not None:
        canvas.ending(plot)
    if html is not None or plot is not None:
        canvas.library()
        canvas.letters(language)


def write(report: Report, provenance: Mapping[str, str], html: Path | None, plot: Path | None, language: str) -> None:
    """Draw and write them; a figure only if anything of x or y was compared.

    :raises UsageError: one of them cannot be written.
    """
    if html is not None:
        exits.write(html, pages.compose(report, provenance, language))
    if plot is None:
        return
    if panels := picture.panels(report, language):
        exits.write_bytes(plot, distances.draw(panels, canvas.ending(plot), language))
    else:
        exits.ERRORS.print(f"{plot} is not written: no function of x or y was compared with C#", soft_wrap=True)
