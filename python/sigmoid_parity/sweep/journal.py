"""The journal of a sweep: a line of JSON for each unit that is done, for the same command to go on after any end.

The first line says what is swept, and on what; each of the others has a unit. A line is on the disk before the next one
is begun, so that what ends the sweep can tear the last one only.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sigmoid_parity.errors import UsageError
from sigmoid_parity.sweep.runner import Done
from sigmoid_parity.sweep.tally import Tally
from sigmoid_parity.sweep.units import Unit

VERSION: Final = 1
"""The version of the journal's form."""


class Journal:
    """A journal, open for this process alone.

    :ivar torn: whether its last line was torn, and dropped; known when `past` has come to its end.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        """Open a journal; `past` reads it, and must come to its end before anything is added.

        :param path: the file; it need not be there.
        :param settings: what is swept, and on what, as JSON has it; a journal of other ones is refused.
        :raises UsageError: it cannot be opened, or another process has it.
        """
        self._path = path
        self._settings = json.loads(json.dumps({"journal": VERSION, **settings}))
        self.torn = False
        self._file = self._opened()

    def past(self) -> Iterator[tuple[int, Done]]:
        """Read the units that it has, each with the number of its comparison, and make it ready for more.

        :raises UsageError: it cannot be read or written, is of another sweep, or is no journal.
        """
        whole = 0
        for number, line in enumerate(self._lines(), 1):
            self.torn = not line.endswith(b"\n")
            if self.torn:
                break
            whole += len(line)
            content = self._parsed(line, number)
            if number == 1:
                self._compare(content)
            else:
                yield self._unit(content)
        if self.torn:
            os.ftruncate(self._file, whole)
        os.lseek(self._file, 0, os.SEEK_END)
        if not whole:
            self._write(self._settings)

    def add(self, comparison: int, done: Done) -> None:
        """Add a unit; it is on the disk when this returns.

        A unit with faults is left out: the same command tries it anew.

        :param comparison: its number.
        :raises UsageError: the disk is full, or does not take it for another reason.
        """
        if not done.faults:
            self._write({"comparison": comparison, **done.to_json()})

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> int:
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise self._problem(error) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise UsageError(f"another process writes the journal {self._path}; wait for it, or name another") from None
        return file

    def _lines(self) -> Iterator[bytes]:
        if not self._path.is_file():  # A device, such as /dev/full, has no content.
            return
        try:
            with self._path.open("rb") as file:
                yield from file
        except OSError as error:
            raise self._problem(error) from None

    def _parsed(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            content = json.loads(line)
        except ValueError:
            content = None
        if isinstance(content, dict):
            return content
        raise UsageError(f"{self._path}, line {number:,}, is no line of a journal; name another file")

    def _unit(self, content: dict[str, Any]) -> tuple[int, Done]:
        try:
            unit, tally = Unit(*map(int, content["unit"])), Tally.from_json(content["tally"])
            return int(content["comparison"]), Done(unit, tally, (), dict(content["machine"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise UsageError(f"{self._path} is no journal of this version; name another file") from None

    def _compare(self, found: dict[str, Any]) -> None:
        for name, theirs, ours in _differences(found, self._settings):
            raise UsageError(
                f"{self._path} is the journal of another sweep: {name} is {ours} here, and was {theirs}; name another "
                "file, or give the same options"
            )

    def _write(self, content: Mapping[str, Any]) -> None:
        line = memoryview(json.dumps(content, separators=(",", ":")).encode() + b"\n")
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise self._problem(error) from None

    def _problem(self, error: OSError) -> UsageError:
        return UsageError(f"cannot write the journal {self._path}: {error.strerror}; what it has is not lost")


def _differences(found: Any, settings: Any, name: str = "") -> Iterator[tuple[str, str, str]]:
    """Name what differs in two values of JSON, with both."""
    if isinstance(found, dict) and isinstance(settings, dict):
        for key in dict.fromkeys([*settings, *found]):
            where = f"{name} {key}".strip()
            yield from _differences(found.get(key), settings.get(key), where)
    elif isinstance(found, list) and isinstance(settings, list) and len(found) == len(settings):
        for number, (theirs, ours) in enumerate(zip(found, settings, strict=True), 1):
            yield from _differences(theirs, ours, f"{name} {number}")
    elif found != settings:
        yield name, json.dumps(found, ensure_ascii=False), json.dumps(settings, ensure_ascii=False)
