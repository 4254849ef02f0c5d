"""A session in this very process: for code under test that is called on block after block, beside what is trusted."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.hosting.child import Session
from sigmoid_parity.implementations.hosting.environment import Environment
from sigmoid_parity.implementations.hosting.memory import NOWHERE, Block


class Inline:
    """A session without a process of its own: what crashes or hangs in it does so here. See `service.Service`.

    Rounding and the treatment of subnormal numbers, which code may set for its thread, are its own.
    """

    def __init__(
        self,
        module: str,
        setup: Mapping[str, Any],
        name: str,
        time_limit: float = 0.0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the session.

        :param module: that has it.
        :param setup: what it needs, as JSON has it.
        :param name: of what it hosts, for errors.
        :param time_limit: not kept here; whoever watches this process has one.
        :param environment: likewise; the variables of this process are what they are.
        :raises HostError: it does not start.
        """
        del time_limit, environment
        self._name = name
        self._given = _Given()
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

    def ask(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:
        """See `service.Service`."""
        del doing
        try:
            with self._environment:
                return self._session.answer(dict(request), self._given)
        except HostError as error:
            raise HostError(self._name, error.kind, error.problem) from None

    def compute(
        self,
        request: Mapping[str, Any],
        arguments: Sequence[Floats],
        doing: str,
        call: Callable[[Block], str | None] = lambda _: None,
    ) -> Floats:
        """See `service.Service`; the session works on the arrays themselves."""
        del call
        self._given.hold(arguments)
        self.ask(request, doing)
        return self._given.held.results

    def close(self) -> None:
        """Do nothing: what was imported or hosted stays for as long as the process."""


class _Given:
    """The memory of the present call; see `memory.Blocks`."""

    def __init__(self) -> None:
        self._number = np.empty(1, np.int64)

    def hold(self, arguments: Sequence[Floats]) -> None:
        self._number[0] = NOWHERE
        self.held = Block(arguments, np.empty_like(arguments[0]), self._number)

    def block(self, arity: int, count: int, dtype: np.dtype[Any]) -> Block:
        del arity, count, dtype
        return self.held
