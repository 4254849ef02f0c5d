"""A child process that is started when it is needed, and anew after the code under test has ended it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting.process import Process
from sigmoid_parity.implementations.hosting.service import Service, Starter

_T = TypeVar("_T")


class Worker:
    """A `Process` that starts with the first work, and anew with the next one after it has died.

    What crashed or hung is not done again: its error is raised at once.
    """

    def __init__(
        self,
        module: str,
        setup: Mapping[str, Any],
        name: str,
        time_limit: float,
        environment: Mapping[str, str] | None = None,
        start: Starter = Process,
    ) -> None:
        """Prepare; nothing is started yet. The parameters are those of `Process`, and what starts one."""
        self._made: Callable[[], Service] = lambda: start(module, setup, name, time_limit, environment)
        self._process: Service | None = None
        self._failed: dict[str, HostError] = {}

    def start(self) -> None:
        """Start the process ahead of its first work, and do not wait; if it does not start, that work says so."""
        with suppress(HostError):
            self._process = self._process or self._made()

    def run(self, key: str, work: Callable[[Service], _T]) -> _T:
        """Do some work with the process.

        :param key: of the code that it calls, which is to blame if the process ends.
        :param work: asks the process.
        :raises HostError: the process does not start, or the code failed, hung or threw.
        """
        if key in self._failed:
            raise self._failed[key]
        try:
            return work(self._ready())
        except HostError as error:
            if error.ended:
                self._failed[key] = error
                self.close()
            raise

    def _ready(self) -> Service:
        if self._process is None:
            self._process = self._made()
        try:
            _ = self._process.ready
        except BaseException:
            self._process = None
            raise
        return self._process

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.alive

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
