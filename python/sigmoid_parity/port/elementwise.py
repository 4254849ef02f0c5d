"""What the four functions do with an argument that is no plain float."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import FUNCTIONS, Function
from sigmoid_parity.port import arguments, arrays
from sigmoid_parity.port.backends import choice
from sigmoid_parity.port.backends.choice import Kernels

_PYTHON_NUMBERS: Final = (int, float)


@cache
def _kernels() -> Kernels:
    """Return the kernels of the backend that runs; from now on `CALLS` go to it directly."""
    backend = choice.chosen()
    for name, call in _ANY.items():
        CALLS[name] = backend.direct(name, call)
    return backend.kernels


def apply(
    function: Function,
    value: float | NDArray[Any],
    out: NDArray[Any] | None,
    kernels: Callable[[], Kernels] = _kernels,
) -> float | NDArray[Any]:
    """Compute a function of a scalar, or for each element of an array; see `port.functions`.

    :param kernels: gives what computes plain arrays, by the function's name; asked where there is an array.
    """
    if arrays.is_plain(value):
        if out is None:
            return arrays.apply_plain(kernels()[function.name], value, np.empty(value.size, value.dtype))
        if arrays.is_plain_target(out, value):
            return arrays.apply_plain(kernels()[function.name], value, out)
    if isinstance(value, _PYTHON_NUMBERS) and not isinstance(value, np.generic):
        if out is not None:
            raise TypeError(f"{function.name}: out= goes with an array, and {value!r} is a scalar")
        return function.scalar(arguments.double(function.name, value))
    source = arguments.array(function.name, value)
    target = arguments.destination(function.name, source, out)
    arrays.apply(kernels()[function.name], source, target, fresh=out is None)
    return target[()] if isinstance(value, np.generic) and out is None else target


_ANY: Final = {name: partial(apply, function) for name, function in FUNCTIONS.items()}

CALLS: Final[dict[str, Callable[..., float | NDArray[Any]]]] = dict(_ANY)
"""`apply` for each function by its name, ``CALLS[name](value, out)``: what the public functions call."""
