"""Finds out that code under test has copied this process, and that the copy came back to us."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from typing import Final

from sigmoid_parity.errors import HostError

_GRACE: Final = 1.0  # Seconds that a copy has to come back after the original.


class Forks:
    """Watches for copies. Code that forks and ends its copy itself, as multiprocessing does, is not concerned."""

    def __init__(self) -> None:
        """Start watching."""
        self._process = os.getpid()
        self._read, self._write = os.pipe()
        self._forked = False
        os.register_at_fork(after_in_parent=self._note)

    def check(self, text: str) -> None:
        """See to it that no copy goes on after a call; in a copy that came back this ends the process.

        :param text: what errors call the code under test.
        :raises HostError: a copy came back.
        """
        if self._returned():
            problem = "it forked, and the copy of the process went on like the original; end the copy with os._exit"
            raise HostError(text, "throw", problem)

    def _returned(self) -> bool:
        if os.getpid() != self._process:
            with suppress(OSError):
                os.write(self._write, b".")
            os._exit(0)
        wait, self._forked = _GRACE if self._forked else 0.0, False
        with suppress(OSError, ValueError):
            return bool(select.select([self._read], [], [], wait)[0])
        return False

    def _note(self) -> None:
        self._forked = True
