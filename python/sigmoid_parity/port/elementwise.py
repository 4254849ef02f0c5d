"""What the four functions do with an argument that is no plain float."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.functions import Function
from sigmoid_parity.port import arguments, arrays
from sigmoid_parity.port.backends.choice import Backend, Kernels

Call = Callable[[Any, Any], float | NDArray[Any]]

_PYTHON_NUMBERS: Final = (int, float)


def calls(functions: Mapping[str, Function], choose: Callable[[], Backend]) -> Mapping[str, Call]:
    """Return what computes functions, by name: ``calls[name](value, out)``; see `port.functions`.

    At first that is `apply`. From the first array on it is what the backend has for the most common arrays, which hands
    all others to `apply`.

    :param choose: gives the backend; asked once, where there is an array.
    """
    found: dict[str, Call] = {}

    @cache
    def kernels() -> Kernels:
        backend = choose()
        for name, otherwise in applied.items():
            found[name] = backend.direct(name, otherwise)
        return backend.kernels

    applied = {name: partial(apply, function, kernels=kernels) for name, function in functions.items()}
    found.update(applied)
    return found


def apply(
    function: Function, value: float | NDArray[Any], out: NDArray[Any] | None, kernels: Callable[[], Kernels]
) -> float | NDArray[Any]:
    """Compute a function of a scalar, or for each element of an array; see `port.functions`.

    :param kernels: gives what computes plain arrays, by the function's name; asked where there is an array.
    """
    if isinstance(value, _PYTHON_NUMBERS) and not isinstance(value, np.generic):
        if out is not None:
            raise TypeError(f"{function.name}: out= goes with an array, and {value!r} is a scalar")
        return function.scalar(arguments.double(function.name, value))
    source = arguments.array(function.name, value)
    target = arguments.destination(function.name, source, out)
    arrays.apply(kernels()[function.name], source, target, fresh=out is None)
    return target[()] if isinstance(value, np.generic) and out is None else target
