"""A line for the terminal, as every report prints it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text


def print_line(console: Console, *parts: str | Text | tuple[str, str]) -> None:
    """Print a line, which is never wrapped: piped into grep it must stay one.

    :param console: where to.
    :param parts: texts, plain or with a style each.
    """
    console.print(Text.assemble(*parts), soft_wrap=True, highlight=False)
