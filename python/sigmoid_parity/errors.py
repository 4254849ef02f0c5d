"""What can go wrong. A message says what, why, and what to do about it."""

from __future__ import annotations


class SigmoidParityError(Exception):
    """Everything this package raises on its own account, but for wrong arguments (TypeError, ValueError)."""


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


class MissingError(SigmoidParityError):
    """Something this machine lacks: a runtime, a compiler, the assembly, an extra."""


class HostError(SigmoidParityError):
    """A .NET runtime, or the code it ran, failed; names the runtime.

    :ivar kind: ``"crash"``, ``"hang"``, ``"throw"`` or ``"load"``.
    """

    def __init__(self, runtime: str, kind: str, problem: str) -> None:
        """Compose the message from its parts.

        :param runtime: the runtime's name.
        :param kind: ``"crash"``, ``"hang"``, ``"throw"`` or ``"load"``.
        :param problem: what happened, and what to do.
        """
        self.runtime = runtime
        self.kind = kind
        self.problem = problem
        super().__init__(f"{runtime}: {problem}")


class NetworkError(SigmoidParityError):
    """A network that cannot be read or written, or a training that cannot go on."""
