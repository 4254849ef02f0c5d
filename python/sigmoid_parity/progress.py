"""How long work says what it is doing, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Takes a few words on what is about to be done."""


def silent(doing: str) -> None:
    """Say nothing."""
