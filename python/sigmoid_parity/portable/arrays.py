"""Which kernels compute arrays: compiled ones where Numba is installed, else NumPy's; they have the same bits."""

from __future__ import annotations

from sigmoid_parity.port.backends.choice import Kernels
from sigmoid_parity.portable import environment, plain


def kernels() -> Kernels:
    """Return the kernels.

    :raises UsageError: the processor, as it is set now, does not compute as they need.
    """
    environment.check()
    return plain.KERNELS
