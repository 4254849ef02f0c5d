"""What answers for code under test: a process of its own, or a session in this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.hosting.memory import Block, Blocks


class Session(Protocol):
    """What a child hosts."""

    @property
    def ready(self) -> dict[str, Any]:
        """What the parent is to know once it has started, as JSON has it."""

    def answer(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Answer a request.

        :param request: as JSON has it.
        :param memory: where the arrays of a call are.
        :raises HostError: the code under test failed.
        """


class Service(Protocol):
    """A session that is asked."""

    @property
    def ready(self) -> dict[str, Any]:
        """What it answered to its setup.

        :raises HostError: it did not start.
        """

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""

    def ask(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:
        """Return the answer to a request.

        :param request: as JSON has it.
        :param doing: what is asked for, for errors.
        :raises HostError: the code under test failed.
        """

    def compute(
        self,
        request: Mapping[str, Any],
        arguments: Sequence[Floats],
        doing: str,
        call: Callable[[Block], str | None] = ...,
    ) -> Floats:
        """Put arrays into the memory that the session has, ask, and return the array that it wrote behind them.

        :param request: as JSON has it.
        :param arguments: one or more, contiguous, of shape (n,) and one dtype.
        :param doing: what is asked for, for errors.
        :param call: writes the call that the session was at, from what it left in the memory; None where that is not
            known.
        :returns: shape (n,), of the arguments' dtype.
        :raises HostError: the code under test failed.
        """

    def close(self) -> None:
        """End it."""


Starter = Callable[[str, Mapping[str, Any], str, float, Mapping[str, str] | None], Service]
"""Starts a service: takes what `process.Process` takes."""
