"""A record as a target: what was recorded is judged as if it were here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np

from sigmoid_parity.errors import HostError, instead
from sigmoid_parity.implementations.candidates import Floats, Found
from sigmoid_parity.implementations.hosting import memory
from sigmoid_parity.implementations.record import reading
from sigmoid_parity.implementations.record.reading import Callable, Record


class RecordTarget:
    """The callables of a record, which have results at its points alone."""

    def __init__(self, path: Path, class_name: str | None = None, member: str | None = None) -> None:
        """Name the record; nothing is read yet.

        :param path: the file.
        :param class_name: the full name of one class; all by default.
        :param member: one callable: ``Acme.Neuro.Sigmoid.Function``, with or without what it takes in parentheses.
        """
        self.name = f"{path}:{member}" if member else str(path)
        self._path = path
        self._class_name = class_name
        self._member = member

    @property
    def place(self) -> str:
        """Runtime, system, processor and C library, as far as the record has them."""
        try:
            return self._record.place
        except HostError:
            return ""

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Read the record; see `Target`.

        :raises HostError: it cannot be read, was changed, has another form, or does not have what was named in it.
        """
        record = self._record
        wanted = [one for one in record.callables if self._is_wanted(one)]
        if not wanted:
            raise self._error(self._absence(record))
        refusals = () if self._member else record.refusals
        yield Found(tuple(_Candidate(self.name, one) for one in wanted), refusals, record.recording)

    @cached_property
    def _record(self) -> Record:
        try:
            return reading.read(self._path)
        except ValueError as error:
            raise self._error(str(error)) from None

    def _error(self, problem: str) -> HostError:
        return HostError(str(self._path), "load", f"{self._path} {problem}")

    def _is_wanted(self, one: Callable) -> bool:
        kind = _kind(one)
        names = {".".join(filter(None, (kind, name))) for name in (one.member, one.name)}
        return self._class_name in {None, kind} and (self._member is None or self._member in names)

    def _absence(self, record: Record) -> str:
        if not record.callables:
            return "has no callable, only what could not be called"
        chosen = self._member or self._class_name or ""
        whole = [_kind(one) for one in record.callables]
        names = [".".join(filter(None, (_kind(one), one.member))) for one in record.callables]
        return f"has no {chosen}; {instead(chosen, list(dict.fromkeys(names if self._member else whole)))}"


def _kind(one: Callable) -> str:
    return one.owner.partition("(")[0]


class _Candidate:
    """A callable of a record; see `Candidate`."""

    def __init__(self, target: str, recorded: Callable) -> None:
        self.owner, self.name, self.arity = recorded.owner, recorded.name, recorded.arity
        self.dtype = recorded.results.dtype
        self._target = target
        self._recorded = recorded

    def compute(self, *arguments: Floats) -> Floats:
        """Look the results up, skipping what was not recorded; see `Candidate`.

        :raises HostError: the callable threw at one of these, or its lines have another form.
        """
        try:
            found = self._recorded.results.at(arguments)
        except ValueError as error:
            raise HostError(self._target, "load", f"{self.name} {error}") from None
        if found.threw.any():
            called = memory.call(self._recorded.member, int(found.threw.argmax()), *arguments)
            raise HostError(self._target, "throw", f"{called} threw {self._recorded.threw or 'an exception'}")
        return np.ma.array(found.results, mask=~found.known)
