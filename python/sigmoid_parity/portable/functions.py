"""The portable functions: as `sigmoid_parity.port.functions`, with exp rounded correctly instead of the platform's.

All take a scalar (float, int, bool) or a NumPy array, and give float64, but for float32 and float16 arrays, which keep
their dtype: the binary64 result, rounded once.
"""

from __future__ import annotations

from typing import Any, Final, overload

from numpy.typing import NDArray

from sigmoid_parity.port import elementwise
from sigmoid_parity.portable import arrays, environment
from sigmoid_parity.portable.scalar import FUNCTIONS
from sigmoid_parity.portable.scalar import activation as one_activation
from sigmoid_parity.portable.scalar import derivative as one_derivative
from sigmoid_parity.portable.scalar import stable_derivative as one_stable_derivative

_CALLS: Final = elementwise.calls(FUNCTIONS, arrays.chosen)


@overload
def activation(x: float) -> float: ...
@overload
def activation(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def activation(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid, 1.0 / (1.0 + exp(-x)), every operation rounded once, exp too.

    NaN gives NaN, +inf 1.0, -inf 0.0. Below x = -709.782712893384 exp(-x) overflows and the result is 0.0, as in C#.

    :param x: the input; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :returns: the output y, in [0, 1].
    :raises TypeError: x is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only.
    :raises OverflowError: x is an int beyond the largest double.
    :raises UsageError: x is no float, and the processor is set to another rounding, or flushes subnormal numbers.

    Source: D2; python/docs/portable.md.
    """
    if x.__class__ is float and out is None:
        return one_activation(x)
    environment.check()
    return _CALLS["activation"](x, out)


@overload
def d_activation(y: float) -> float: ...
@overload
def d_activation(y: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def d_activation(y: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from its OUTPUT, (1.0 - y) * y: `sigmoid_parity.d_activation`.

    :param y: the sigmoid's output, ``activation(x)``, not x; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx.

    Source: D2.
    """
    if y.__class__ is float and out is None:
        return (1.0 - y) * y
    environment.check()
    return _CALLS["d_activation"](y, out)


@overload
def derivative(x: float) -> float: ...
@overload
def derivative(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def derivative(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from the input: ``d_activation(activation(x))``.

    It is exactly 0.0 where y has rounded to 1.0, from x = 36.73680056967711 on; `stable_derivative` is not.

    :param x: the input; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx.

    Source: D4 (``derivative_sigmoid``, given the input).
    """
    if x.__class__ is float and out is None:
        return one_derivative(x)
    environment.check()
    return _CALLS["derivative"](x, out)


@overload
def stable_derivative(x: float) -> float: ...
@overload
def stable_derivative(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def stable_derivative(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative accurately, also where y has rounded to 1.0.

    The formula is that of `sigmoid_parity.stable_derivative`, with its bound on the error.

    :param x: the input; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx; 0.0 only from abs(x) = 745.1332191019412 on.

    Source: D3, step 10, with both sides multiplied by exp(2x) where x > 0.
    """
    if x.__class__ is float and out is None:
        return one_stable_derivative(x)
    environment.check()
    return _CALLS["stable_derivative"](x, out)
