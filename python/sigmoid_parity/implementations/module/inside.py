"""A function of Python in this very process, called on block after block beside what is trusted."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sigmoid_parity.implementations.candidates import Floats, Found
from sigmoid_parity.implementations.hosting.environment import Environment
from sigmoid_parity.implementations.module import function, loading
from sigmoid_parity.implementations.module.calling import Call
from sigmoid_parity.implementations.module.forks import Forks


def found(reference: loading.Reference, dtype: str | None) -> Found:
    """Import a function, and find the ways to call it.

    Rounding and the treatment of subnormal numbers, which it may set for its thread, are its own.

    :param reference: names it; relative paths start in the present working folder.
    :param dtype: the only format that is tried, if one is named.
    :raises HostError: it cannot be imported, or there is no way to call it.
    """
    guard = _Guard(reference.text)
    with guard:
        return function.found(loading.load(reference, Path.cwd()), dtype, lambda call: _Way(call, guard))


class _Way:
    """A way to call it; see `Candidate`."""

    def __init__(self, call: Call, guard: _Guard) -> None:
        self.owner, self.name, self.arity, self.dtype = call.owner, call.name, call.arity, call.dtype
        self._call, self._guard = call, guard

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; what is returned may be the function's own, and its next call changes it."""
        with self._guard:
            return self._call.results(*arguments)


class _Guard:
    """Keeps what the function sets for its thread to itself, and looks for copies of the process that came back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._environment, self._forks = Environment(), Forks()

    def __enter__(self) -> None:
        self._environment.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._environment.__exit__(kind, error, trace)
        self._forks.check(self._text)
