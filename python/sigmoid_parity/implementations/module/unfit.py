"""Why a function of Python cannot be tried, or its result cannot be used."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 300  # Characters; compilers of Python write pages.


class Unfit(Exception):  # noqa: N818 - it never leaves this room: it becomes a refusal or a HostError
    """A function that cannot be called with one number or two, or that does not give one number for each."""


def describe(error: BaseException) -> str:
    """Say what an exception says, on one line of bounded length."""
    if isinstance(error, Unfit):
        return str(error)
    try:
        words = str(error).strip()
    except Exception:  # Its own text may fail as well.
        words = ""
    line = next(iter(words.splitlines()), "")
    shown = line if len(line) <= _LONGEST else f"{line[:_LONGEST]} [...]"
    return f"{type(error).__name__}: {shown}" if shown else type(error).__name__
