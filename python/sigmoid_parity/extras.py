"""Packages that only some commands need: imported late, and reported by name where they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sigmoid_parity.errors import MissingError


@contextmanager
def needed(package: str, purpose: str, extra: str) -> Iterator[None]:
    """Import a package inside this block.

    :param package: its name, for `pip` too.
    :param purpose: what needs it, in the plural.
    :param extra: the extra that has it.
    :raises MissingError: it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError:
        raise MissingError(
            f"{package} is not installed, and {purpose} need it (extra {extra})", lacks=package
        ) from None
