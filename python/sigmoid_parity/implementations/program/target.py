"""A program of any language as something to judge: it reads numbers and writes numbers, a line each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Floats, Found, Refusal
from sigmoid_parity.implementations.program import lines
from sigmoid_parity.implementations.program.running import Run

TIME_LIMIT: Final = 60.0
"""How long a run may take by default, in seconds."""

PLACEHOLDER: Final = "{function}"
"""What stands in a command for a function's name."""

_BINARY64: Final = np.dtype(np.float64)
# Inputs as well as outputs of a sigmoid. They are asked in every run, and have one answer.
_TRIED: Final = (0.5, 0.25, 0.75)
_LINE: Final = 512  # Bytes of an answer, on average, more than which are not read; and
_LEAST: Final = 1 << 16  # some more, for what else a program may write.


class ProgramTarget:
    """A program that is run once for each function and array; fixtures/README.md has its protocol."""

    place = ""

    def __init__(
        self,
        command: str,
        functions: Sequence[str],
        *,
        decimal: bool = False,
        dtype: np.dtype[Any] = _BINARY64,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Name the program; nothing is started yet.

        :param command: the program and its arguments, as a shell would split them; no shell runs it.
        :param functions: the names that take the place of ``{function}`` in it, each of which makes a candidate.
        :param decimal: numbers are written as decimals, not as the hex digits of their encodings.
        :param dtype: the numbers' format.
        :param time_limit: for each run, in seconds.
        :raises UsageError: there is no command, or a quotation in it is not closed.
        """
        self.name = command
        self._words = _split(command)
        self._functions = functions if PLACEHOLDER in command else [""]
        self._notation = lines.NOTATIONS[decimal]
        self._dtype = dtype
        self._time_limit = time_limit

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Run the program once for each function, all at a time, with a few numbers; see `Target`.

        :raises HostError: it does not start, or answers for none of the functions.
        """
        programs = [self._program(function) for function in self._functions]
        with ThreadPoolExecutor(len(programs)) as pool:
            errors = list(pool.map(_Program.probe, programs))
        good = [program for program, error in zip(programs, errors, strict=True) if error is None]
        if not good:
            raise next(error for error in errors if error is not None)
        yield Found(
            tuple(good),
            tuple(
                Refusal(program.owner, program.name, error.problem.partition("\n")[0])
                for program, error in zip(programs, errors, strict=True)
                if error is not None
            ),
        )

    def _program(self, function: str) -> _Program:
        command = [word.replace(PLACEHOLDER, function) for word in self._words]
        owner, name = (self.name, function) if function else ("", self.name)
        return _Program(owner, name, command, self._notation, self._dtype, self._time_limit)


class _Program:
    """A program with one function's name put in; see `Candidate`."""

    arity = 1

    def __init__(
        self, owner: str, name: str, command: list[str], notation: lines.Notation, dtype: np.dtype[Any], limit: float
    ) -> None:
        self.owner = owner
        self.name = name
        self.dtype = dtype
        self._command = command
        self._notation = notation
        self._time_limit = limit
        self._tried = np.array(_TRIED, dtype)

    def probe(self) -> HostError | None:
        """Ask for a few numbers, and keep the answers; return the error, if it is one."""
        try:
            self._answers = self._run(self._tried)
        except HostError as error:
            return error
        return None

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; see `Candidate`. The numbers of the first run are asked again behind them."""
        (given,) = arguments
        if not given.size:
            return np.empty(0, self.dtype)
        found = self._run(np.concatenate([np.asarray(given, self.dtype), self._tried]))
        self._compare(found[given.size :])
        return found[: given.size]

    def _run(self, given: Floats) -> Floats:
        run = Run(self._command, shlex.join(self._command), self._time_limit)
        output = run.output(self._notation.write(given), given.size * _LINE + _LEAST)
        try:
            return lines.read(output, given, self._notation)
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
