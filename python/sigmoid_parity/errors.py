"""What can go wrong. A message names the thing, the reason and, where the words are known here, the remedy."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

_REFUSALS: Final = {
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
    errno.ENFILE: "raise the system's limit of open files",
    errno.ENOSPC: "make room there, or name another temporary folder in TMPDIR",
    errno.ENOMEM: "free some memory",
    errno.EAGAIN: "raise the limit of processes (ulimit -u)",
}


class SigmoidParityError(Exception):
    """Everything this package raises on its own account, but for wrong arguments (TypeError, ValueError)."""


class UsageError(SigmoidParityError):
    """What was asked for does not exist or cannot be done: an unknown id, graph or runtime, an unwritable path.

    Nothing needs to be installed; the message says what may be asked for.
    """


class MissingError(SigmoidParityError):
    """The machine lacks a runtime, a compiler, the assembly or a Python package.

    The command that installs it depends on the system, and is added where the error is shown: see
    `sigmoid_parity.machine.remedies.remedy`.

    :ivar lacks: ``"runtime"`` (any), ``"coreclr"``, ``"mono"``, ``"compiler"``, ``"assembly"``, or a Python package.
    """

    def __init__(self, problem: str, *, lacks: str) -> None:
        """Compose the message.

        :param problem: what is missing, and what for.
        :param lacks: what would have to be there.
        """
        self.lacks = lacks
        super().__init__(problem)


class FixtureError(SigmoidParityError):
    """A fixture file that does not say what it must; names file, case and field."""

    def __init__(self, file: str, problem: str, *, case: str | None = None, field: str | None = None) -> None:
        """Compose the message from its parts.

        :param file: the file's name, as the reader would look for it.
        :param problem: what is wrong, and what would be right.
        :param case: the case's id, or its place in the file where it has none.
        :param field: the field's name.
        """
        self.file = file
        self.case = case
        self.field = field
        where = "".join([file, f", case {case}" if case is not None else "", f", {field}" if field is not None else ""])
        super().__init__(f"{where}: {problem}")


class ToolchainError(SigmoidParityError):
    """The C# assembly could not be built."""


class HostError(SigmoidParityError):
    """Code under test, or what hosts it, failed; names where it ran.

    :ivar kind: ``"crash"``, ``"hang"``, ``"throw"`` or ``"load"``.
    """

    def __init__(self, runtime: str, kind: str, problem: str) -> None:
        """Compose the message from its parts.

        :param runtime: the .NET runtime's name, or what else ran the code.
        :param kind: ``"crash"``, ``"hang"``, ``"throw"`` or ``"load"``.
        :param problem: what happened, and what to do.
        """
        self.runtime = runtime
        self.kind = kind
        self.problem = problem
        super().__init__(f"{runtime}: {problem}")

    @property
    def ended(self) -> bool:
        """Whether the process that ran the code is no more."""
        return self.kind in ("crash", "hang")

    def __reduce__(self) -> tuple[type[HostError], tuple[str, str, str]]:
        """Let it travel between processes."""
        return HostError, (self.runtime, self.kind, self.problem)


class NetworkError(SigmoidParityError):
    """A network that cannot be read or written, or a training that cannot go on."""


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Find the nearest of the names that are known, or None where none is near."""
    return next(iter(get_close_matches(name, known, 1)), None)


def instead(name: str, known: Sequence[str]) -> str:
    """Suggest, for a name that is not known, one that is near, if any, and list them all."""
    near, there = nearest(name, known), ", ".join(known)
    return f"there are: {there}" if near is None else f"did you mean {near}? There are: {there}"


def refusal(error: OSError) -> str:
    """Say what the system refused, of what, and what mends it where that is known.

    :param error: one that no part of this package expects, as it depends on the machine alone.
    """
    what = f"{error.filename}: " if error.filename is not None else ""
    mend = f"; {_REFUSALS[error.errno]}" if error.errno in _REFUSALS else ""
    return f"{what}{error.strerror or error}{mend}"
