"""How the benchmarks' commands end."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from sigmoid_parity.cli import exits
from sigmoid_parity.errors import SigmoidParityError, refusal


def code(work: Callable[[], None], errors: Console) -> int:
    """Do the work, and return the exit code: 0, 2 where it could not run, 130 after Ctrl-C.

    :param errors: where the reason is printed.
    """
    try:
        work()
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except (SigmoidParityError, MemoryError) as error:
        if exits.interrupted():  # pythonnet turns a Ctrl-C within .NET into an error of its own.
            return exits.INTERRUPTED
        errors.print(f"error: {error}", markup=False)
    except OSError as error:
        errors.print(f"error: {refusal(error)}", markup=False)
    else:
        return exits.AGREE
    return exits.COULD_NOT_RUN
