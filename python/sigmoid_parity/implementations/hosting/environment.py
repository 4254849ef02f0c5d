"""The floating-point environment of code under test: rounding, and whether subnormal numbers are flushed to zero."""

from __future__ import annotations

import ctypes
from types import TracebackType
from typing import Final

_BYTES: Final = 512  # More than the structure has on any system.


class Environment:
    """What the C standard calls fenv_t, of one thread: entered, it holds; left, what was set inside is kept for later.

    Libraries set it when they are loaded, such as those linked with -ffast-math, and functions when they are called.
    What is computed beside them must not notice.
    """

    def __init__(self) -> None:
        """Begin with that of this thread."""
        self._library = ctypes.CDLL(None)
        self._own, self._outer = (ctypes.create_string_buffer(_BYTES) for _ in range(2))
        self._library.fegetenv(self._own)

    def __enter__(self) -> None:
        """Set what was last set inside."""
        self._library.fegetenv(self._outer)
        self._library.fesetenv(self._own)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep it, and restore what was set before."""
        self._library.fegetenv(self._own)
        self._library.fesetenv(self._outer)
