"""The port: the documents' C# pair in Python, with its bits.

`activation` takes the input x, `d_activation` the sigmoid's OUTPUT y: `d_activation(activation(x))` is the derivative
at x, `d_activation(x)` is not. All functions take a scalar (float, int, bool) or a NumPy array, and give float64, but
for float32 and float16 arrays, which keep their dtype: the binary64 result, rounded once.
"""

from __future__ import annotations

from math import exp
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.port import arguments, arrays, scalars

_PYTHON_NUMBERS: Final = (int, float)


@overload
def activation(x: float) -> float: ...
@overload
def activation(x: NDArray[Any], out: NDArray[Any] | None = ..., threads: int = ...) -> NDArray[Any]: ...
def activation(x: float | NDArray[Any], out: NDArray[Any] | None = None, threads: int = 1) -> float | NDArray[Any]:
    """Compute the sigmoid, 1.0 / (1.0 + exp(-x)), with the bits of the C# `Activation` on this machine.

    NaN gives NaN, +inf 1.0, -inf 0.0. Below x = -709.782712893384 exp(-x) overflows and the result is 0.0, as in C#.

    :param x: the input; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :param threads: how many may share a large, contiguous array; the bits do not depend on it.
    :returns: the output y, in [0, 1].
    :raises TypeError: x is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only; ``threads`` is below 1.
    :raises OverflowError: x is an int beyond the largest double.

    Source: D2.
    """
    if x.__class__ is float and out is None:
        try:  # As `scalars.activation`, spelt out: a call more would cost a third of the time.
            return 1.0 / (1.0 + exp(-x))
        except OverflowError:
            return 0.0
    return _elementwise("activation", x, out, threads)


@overload
def d_activation(y: float) -> float: ...
@overload
def d_activation(y: NDArray[Any], out: NDArray[Any] | None = ..., threads: int = ...) -> NDArray[Any]: ...
def d_activation(y: float | NDArray[Any], out: NDArray[Any] | None = None, threads: int = 1) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from its OUTPUT, (1.0 - y) * y, with the bits of the C# `DActivation`.

    Defined for every double, inside [0, 1] or not: +-inf gives -inf, -0.0 gives -0.0, NaN gives NaN.

    :param y: the sigmoid's output, ``activation(x)``, not x; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :param threads: how many may share a large, contiguous array; the bits do not depend on it.
    :returns: the derivative dy/dx.
    :raises TypeError: y is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only; ``threads`` is below 1.
    :raises OverflowError: y is an int beyond the largest double.

    Source: D2.
    """
    if y.__class__ is float and out is None:
        return (1.0 - y) * y
    return _elementwise("d_activation", y, out, threads)


@overload
def derivative(x: float) -> float: ...
@overload
def derivative(x: NDArray[Any], out: NDArray[Any] | None = ..., threads: int = ...) -> NDArray[Any]: ...
def derivative(x: float | NDArray[Any], out: NDArray[Any] | None = None, threads: int = 1) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from the input: ``d_activation(activation(x))``, with the bits of the C# pair.

    It is exactly 0.0 where y has rounded to 1.0, from x = 36.73680056967711 on; `stable_derivative` is not.

    :param x: the input; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :param threads: how many may share a large, contiguous array; the bits do not depend on it.
    :returns: the derivative dy/dx.
    :raises TypeError: x is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only; ``threads`` is below 1.
    :raises OverflowError: x is an int beyond the largest double.

    Source: D4 (``derivative_sigmoid``, given the input).
    """
    if x.__class__ is float and out is None:
        return scalars.derivative(x)
    return _elementwise("derivative", x, out, threads)


@overload
def stable_derivative(x: float) -> float: ...
@overload
def stable_derivative(x: NDArray[Any], out: NDArray[Any] | None = ..., threads: int = ...) -> NDArray[Any]: ...
def stable_derivative(
    x: float | NDArray[Any], out: NDArray[Any] | None = None, threads: int = 1
) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative accurately, also where y has saturated.

    With z = exp(-abs(x)), which never overflows, and w = 2z + z^2 the derivative is z / (1 + w). Below z = 1/8 it is
    computed as z - z (w / (1 + w)), where the rounding of 1 + w does little harm; above, what that rounding loses is
    taken off the quotient. These are not the bits of the C# pair.

    With glibc's exp (0.511 ULP) the error is below 2 ULP; 1.74 is the largest found in 10^9 tries. It is largest near
    z = 1/8. In ULP of the result, exp costs at most 0.63 there; above 1/8 the quotient and the last difference cost 0.5
    each, w 0.2 and the correction 0.11; below, w, 1 + w, their quotient and its product 0.83 together, and the last
    difference 0.5. With another exp, take twice its error for the 0.63.

    :param x: the input; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :param threads: how many may share a large, contiguous array; the bits do not depend on it.
    :returns: the derivative dy/dx; 0.0 only from abs(x) = 745.1332191019412 on.
    :raises TypeError: x is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only; ``threads`` is below 1.
    :raises OverflowError: x is an int beyond the largest double.

    Source: D3, step 10, with both sides multiplied by exp(2x) where x > 0.
    """
    if x.__class__ is float and out is None:
        # As `scalars.stable_derivative`, spelt out: a call more would cost a fifth of the time.
        z = exp(-abs(x))
        w = z + z + z * z
        d = 1.0 + w
        if z < 0.125:  # noqa: PLR2004
            return z - z * (w / d)
        q = z / d
        return q - q * (w - (d - 1.0)) * (1.0 - z)
    return _elementwise("stable_derivative", x, out, threads)


def _elementwise(
    name: str, value: float | NDArray[Any], out: NDArray[Any] | None, threads: int
) -> float | NDArray[Any]:
    if arrays.is_plain(value) and threads == 1 and type(threads) is int:
        if out is None:
            return arrays.apply_plain(name, value, np.empty(value.size, value.dtype))
        if arrays.is_plain_target(out, value):
            return arrays.apply_plain(name, value, out)
    if isinstance(value, _PYTHON_NUMBERS) and not isinstance(value, np.generic):
        if out is not None:
            raise TypeError(f"{name}: out= goes with an array, and {value!r} is a scalar")
        return scalars.BY_NAME[name](arguments.double(name, value))
    source = arguments.array(name, value)
    target = arguments.destination(name, source, out)
    arrays.apply(name, source, target, fresh=out is None, threads=arguments.threads(name, threads))
    return target[()] if isinstance(value, np.generic) and out is None else target
