"""What a report draws: its distances as a figure, and the whole of it as a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sigmoid_parity.cli import exits
from sigmoid_parity.figures import canvas, distances, page
from sigmoid_parity.figures.distances import Panel


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


def write(
    html: Path | None,
    plot: Path | None,
    compose: Callable[[], str],
    panels: Callable[[], Sequence[Panel]],
    language: str,
) -> None:
    """Draw and write what was asked for; a figure only if anything of x or y was compared.

    :param compose: composes the page.
    :param panels: composes the panels of the figure.
    :raises UsageError: one of them cannot be written.
    """
    if html is not None:
        exits.write(html, compose())
    if plot is None:
        return
    if drawn := panels():
        exits.write_bytes(plot, distances.draw(drawn, canvas.ending(plot), language))
    else:
        exits.ERRORS.print(f"{plot} is not written: no function of x or y was compared", soft_wrap=True)
