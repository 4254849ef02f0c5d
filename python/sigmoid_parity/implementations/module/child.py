"""The child's side of a `PythonTarget`: hosts one function, and calls it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting import child
from sigmoid_parity.implementations.hosting.memory import Blocks
from sigmoid_parity.implementations.module import loading
from sigmoid_parity.implementations.module.calling import EVERY, Call
from sigmoid_parity.implementations.module.finding import probe
from sigmoid_parity.implementations.module.forks import Forks
from sigmoid_parity.implementations.module.signature import arities, declared
from sigmoid_parity.implementations.module.unfit import Unfit


class Session:
    """One function, and the ways to call it that were found so far.

    :ivar ready: nothing: the function is loaded by a request, so that errors say what went wrong.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        """Prepare; nothing is imported yet.

        :param setup: ``text``, the function's name, and ``folder``, the user's working folder.
        """
        self.ready: dict[str, Any] = {}
        self._reference = loading.parse(setup["text"])
        self._folder = Path(setup["folder"])
        self._forks = Forks()
        self._calls: dict[int, Call] = {}

    def answer(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Answer a request; see `service.Session`.

        :param request: ``do``: ``load``; ``probe`` with ``way``; or ``compute`` with ``way`` and ``count``.
        :param memory: where the arrays of a call are.
        :raises HostError: the module or the function failed.
        """
        try:
            return _ANSWERS[request["do"]](self, request, memory)
        finally:
            self._forks.check(self._reference.text)

    def load(self, _request: dict[str, Any], _memory: Blocks) -> dict[str, Any]:
        """Import the function, in the user's working folder; return the formats that it says it takes."""
        os.chdir(self._folder)
        self._code = loading.load(self._reference, self._folder)
        try:
            self._least = arities(self._code.function)[0]
        except Unfit as error:
            raise HostError(self._reference.text, "load", str(error)) from None
        return {"formats": list(declared(self._code.function))}

    def probe(self, request: dict[str, Any], _memory: Blocks) -> dict[str, Any]:
        """Find how to call it in a way: return its name and the number of its arguments, or the refusal."""
        try:
            call = self._call(request["way"])
        except Unfit as error:
            return {"name": self._code.named(EVERY[request["way"]], self._least), "refused": str(error)}
        return {"name": call.name, "arity": call.arity}

    def compute(self, request: dict[str, Any], memory: Blocks) -> dict[str, Any]:
        """Call it for each number in the shared memory, and write the results behind them."""
        try:
            call, count = self._call(request["way"]), request["count"]
        except Unfit as error:
            raise HostError(self._reference.text, "throw", str(error)) from None
        block = memory.block(call.arity, count, call.dtype)
        block.results[:] = call.results(*block.arguments)
        return {}

    def _call(self, way: int) -> Call:
        if way not in self._calls:
            self._calls[way] = probe(self._code, EVERY[way])
        return self._calls[way]


_ANSWERS: Final[dict[str, Callable[[Session, dict[str, Any], Blocks], dict[str, Any]]]] = {
    "load": Session.load,
    "probe": Session.probe,
    "compute": Session.compute,
}

if __name__ == "__main__":
    child.main(Session)
