"""A program of any language as something to judge: it reads numbers and writes numbers, a line each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, Final, Protocol

import numpy as np

from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Floats, Found, Refusal
from sigmoid_parity.implementations.hosting.words import brief
from sigmoid_parity.implementations.program import lines
from sigmoid_parity.implementations.program.binary import ARGUMENT, Binary
from sigmoid_parity.implementations.program.running import Run, Surroundings

TIME_LIMIT: Final = 60.0
"""How long a run may take by default, in seconds."""

PLACEHOLDER: Final = "{function}"
"""What stands in a command for a function's name."""

_FATAL: Final = ("hang", "load")  # These come again with another name, and a hang costs its time limit.
_BINARY64: Final = np.dtype(np.float64)
# Inputs as well as outputs of a sigmoid. They are asked in every run, and have one answer.
_TRIED: Final = (0.5, 0.25, 0.75)
_LINE: Final = 512  # Bytes of an answer, on average, more than which are not read; and
_LEAST: Final = 1 << 16  # some more, for what else a program may write.


class Form(Protocol):
    """How numbers are written to a program, and its answers read."""

    def write(self, values: Floats) -> bytes:
        """Write numbers."""

    def answers(self, output: bytes, arguments: Floats) -> Floats:
        """Read a program's answers.

        :raises ValueError: it did not answer each argument.
        """


class ProgramTarget:
    """A program that is run once for each function and array; fixtures/README.md has its protocol.

    :ivar binary: whether numbers are written as bytes.
    """

    place = ""

    def __init__(
        self,
        command: str,
        functions: Sequence[str],
        *,
        decimal: bool = False,
        binary: bool = False,
        dtype: np.dtype[Any] = _BINARY64,
        time_limit: float = TIME_LIMIT,
        folder: Path | None = None,
        stopped: Event | None = None,
    ) -> None:
        """Name the program; nothing is started yet.

        :param command: the program and its arguments, as a shell would split them; no shell runs it.
        :param functions: one name or more, each of which takes the place of ``{function}`` in it and makes a candidate.
        :param decimal: numbers are written as decimals, not as the hex digits of their encodings.
        :param binary: the program is given ``--binary`` too, and numbers are written as the bytes of their encodings.
        :param dtype: the numbers' format.
        :param time_limit: for each run, in seconds.
        :param folder: the working folder; the present one by default.
        :param stopped: ends every run as soon as it is set.
        :raises UsageError: there is no command, or a quotation in it is not closed.
        """
        self.name = command
        self.binary = binary
        self._words = [*_split(command), *([ARGUMENT] if binary else [])]
        self._functions = functions if PLACEHOLDER in command else [""]
        self._form: Form = Binary() if binary else lines.Lines(lines.NOTATIONS[decimal])
        self._dtype = dtype
        self._where = Surroundings(time_limit, folder, stopped or Event())

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Run the program once for each function, with a few numbers; see `Target`.

        :raises HostError: it does not start, or answers for none of the functions.
        """
        programs: list[_Program] = []
        refusals: list[Refusal] = []
        errors: list[HostError] = []
        for program in map(self._program, self._functions):
            if errors and errors[-1].kind in _FATAL:
                refusals.append(Refusal(program.owner, program.name, "not tried after that"))
                continue
            try:
                program.probe()
            except HostError as error:
                errors.append(error)
                refusals.append(Refusal(program.owner, program.name, brief(error.problem)))
            else:
                programs.append(program)
        if not programs:
            raise errors[0]
        yield Found(tuple(programs), tuple(refusals))

    def _program(self, function: str) -> _Program:
        command = [word.replace(PLACEHOLDER, function) for word in self._words]
        owner, name = (self.name, function) if function else ("", self.name)
        return _Program(owner, name, command, self._form, self._dtype, self._where)


class _Program:
    """A program with one function's name put in; see `Candidate`."""

    arity = 1

    def __init__(
        self,
        owner: str,
        name: str,
        command: list[str],
        form: Form,
        dtype: np.dtype[Any],
        where: Surroundings,
    ) -> None:
        self.owner = owner
        self.name = name
        self.dtype = dtype
        self._command = command
        self._form = form
        self._where = where
        self._tried = np.array(_TRIED, dtype)

    def probe(self) -> None:
        """Ask for a few numbers, and keep the answers."""
        self._answers = self._run(self._tried)

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; see `Candidate`. The numbers of the first run are asked again behind them."""
        (given,) = arguments
        if not given.size:
            return np.empty(0, self.dtype)
        found = self._run(np.concatenate([np.asarray(given, self.dtype), self._tried]))
        self._compare(found[given.size :])
        return found[: given.size]

    def _run(self, given: Floats) -> Floats:
        run = Run(self._command, shlex.join(self._command), self._where)
        output = run.output(self._form.write(given), given.size * _LINE + _LEAST)
        try:
            return self._form.answers(output, given)
        except ValueError as error:
            raise run.error("throw", str(error)) from None

    def _compare(self, again: Floats) -> None:
        for argument, first, second in zip(self._tried, self._answers, again, strict=True):
            if repr(first) != repr(second):
                raise HostError(
                    shlex.join(self._command),
                    "throw",
                    f"for {argument} it answered {first}, and in another run {second}; "
                    "its result must depend on its argument alone",
                )


def _split(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"the command {command!r} cannot be split: {error}; close it, or escape it") from None
    if not words:
        raise UsageError('the command is empty; write one, such as --command "node sigmoid.js {function}"')
    return words
