"""A session in this very process: for code under test that is called on block after block, beside what is trusted."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.hosting.environment import Environment
from sigmoid_parity.implementations.hosting.memory import NOWHERE, Block
from sigmoid_parity.implementations.hosting.service import Session


class Inline:
    """A session without a process of its own: what crashes or hangs in it does so here. See `service.Service`.

    Rounding and the treatment of subnormal numbers, which code may set for its thread, are its own.
    """

    def __init__(
        self,
        module: str,
        setup: Mapping[str, Any],
        name: str,
        time_limit: float,  # noqa: ARG002 - whoever watches this process has one
        environment: Mapping[str, str] | None = None,  # noqa: ARG002 - the variables of this process are what they are
    ) -> None:
        """Start the session.

        :param module: that has it.
        :param setup: what it needs, as JSON has it.
        :param name: of what it hosts, for errors.
        :param time_limit: not kept here.
        :param environment: not set here.
        :raises HostError: it does not start.
        """
        self._name = name
        self._number = np.empty(1, np.int64)
        self._environment = Environment()
        try:
            with self._environment:
                self._session: Session = importlib.import_module(module).Session(dict(setup))
        except HostError as error:
            raise HostError(name, error.kind, error.problem) from None

    @property
    def ready(self) -> dict[str, Any]:
        """See `service.Service`."""
        return self._session.ready

    @property
    def alive(self) -> bool:
        """See `service.Service`."""
        return True

    def ask(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:  # noqa: ARG002 - the session's errors say it
        """See `service.Service`."""
        try:
            with self._environment:
                return self._session.answer(dict(request), self)
        except HostError as error:
            raise HostError(self._name, error.kind, error.problem) from None

    def compute(
        self,
        request: Mapping[str, Any],
        arguments: Sequence[Floats],
        doing: str,
        call: Callable[[Block], str | None] = lambda _: None,  # noqa: ARG002 - the session's errors say it
    ) -> Floats:
        """See `service.Service`; the session works on the arrays themselves."""
        self._number[0] = NOWHERE
        self._block = Block(arguments, np.empty_like(arguments[0]), self._number)
        self.ask(request, doing)
        return self._block.results

    def block(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:  # noqa: ARG002 - they are the arrays' own
        """Return that of the present call; see `memory.Blocks`."""
        return self._block

    def close(self) -> None:
        """Do nothing: what was imported or hosted stays for as long as the process."""
