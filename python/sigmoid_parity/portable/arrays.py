"""Which kernels compute arrays: compiled ones where llvmlite is installed and works, else NumPy's; with the same bits.

The environment variable ``SIGMOID_PARITY_BACKEND`` set to ``plain`` chooses NumPy's.
"""

from __future__ import annotations

import os
from functools import cache

from sigmoid_parity.port.backends import choice, probes
from sigmoid_parity.port.backends.choice import Kernels
from sigmoid_parity.portable import environment, plain, scalar


def kernels() -> Kernels:
    """Return the kernels.

    :raises UsageError: the processor, as it is set now, does not compute as they need.
    """
    environment.check()
    return _chosen()


@cache
def _chosen() -> Kernels:
    if os.environ.get(choice.VARIABLE) == "plain":
        return plain.KERNELS
    try:
        from sigmoid_parity.portable import compiled
    except Exception:  # llvmlite is not installed, or has something against this machine: all works without it.
        return plain.KERNELS
    return plain.KERNELS if probes.differing(compiled.KERNELS, scalar.FUNCTIONS) else compiled.KERNELS
