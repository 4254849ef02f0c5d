"""Which kernels compute arrays: compiled ones where llvmlite is installed and works, else NumPy's; with the same bits.

The environment variable ``SIGMOID_PARITY_BACKEND`` set to ``plain`` chooses NumPy's.
"""

from __future__ import annotations

import os
from functools import cache

from sigmoid_parity.port.backends import choice, probes
from sigmoid_parity.port.backends.choice import Backend
from sigmoid_parity.portable import plain, scalar

_PLAIN = Backend("plain", "NumPy's loops", plain.KERNELS, plain.direct)


@cache
def chosen() -> Backend:
    """Return the backend that runs; decided once."""
    if os.environ.get(choice.VARIABLE) == "plain":
        return _PLAIN
    try:
        from sigmoid_parity.portable import compiled
    except Exception:  # llvmlite is not installed, or has something against this machine: all works without it.
        return _PLAIN
    if probes.differing(compiled.KERNELS, scalar.FUNCTIONS):
        return _PLAIN
    return Backend("compiled", "loops compiled by LLVM", compiled.KERNELS, compiled.direct)
