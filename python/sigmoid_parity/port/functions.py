"""The port: the documents' C# pair in Python, with its bits.

`activation` takes the input x, `d_activation` the sigmoid's OUTPUT y: `d_activation(activation(x))` is the derivative
at x, `d_activation(x)` is not. All functions take a scalar (float, int, bool) or a NumPy array, and give float64, but
for float32 and float16 arrays, which keep their dtype: the binary64 result, rounded once.
"""

from __future__ import annotations

from math import exp
from typing import Any, Final, overload

from numpy.typing import NDArray

from sigmoid_parity.functions import BRANCH, FUNCTIONS
from sigmoid_parity.port import elementwise
from sigmoid_parity.port.backends import choice

_CALLS: Final = elementwise.calls(FUNCTIONS, choice.chosen)


@overload
def activation(x: float) -> float: ...
@overload
def activation(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def activation(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid, 1.0 / (1.0 + exp(-x)), with the bits of the C# `Activation` on this machine.

    NaN gives NaN, +inf 1.0, -inf 0.0. Below x = -709.782712893384 exp(-x) overflows and the result is 0.0, as in C#.

    :param x: the input; a scalar, or an array of any shape.
    :param out: where to put an array's result; of its shape and dtype.
    :returns: the output y, in [0, 1].
    :raises TypeError: x is neither a real number nor an array of them, or ``out`` has another dtype.
    :raises ValueError: ``out`` has another shape, or is read-only.
    :raises OverflowError: x is an int beyond the largest double.

    Source: D2.
    """
    if x.__class__ is float and out is None:
        try:  # As in `ACTIVATION.scalar`; calling that would cost a third of the time.
            return 1.0 / (1.0 + exp(-x))
        except OverflowError:
            return 0.0
    return _CALLS["activation"](x, out)


@overload
def d_activation(y: float) -> float: ...
@overload
def d_activation(y: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def d_activation(y: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from its OUTPUT, (1.0 - y) * y, with the bits of the C# `DActivation`.

    Defined for every double, inside [0, 1] or not: +-inf gives -inf, -0.0 gives -0.0, NaN gives NaN.

    :param y: the sigmoid's output, ``activation(x)``, not x; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx.

    Source: D2.
    """
    if y.__class__ is float and out is None:
        return (1.0 - y) * y
    return _CALLS["d_activation"](y, out)


@overload
def derivative(x: float) -> float: ...
@overload
def derivative(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def derivative(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative from the input: ``d_activation(activation(x))``, with the bits of the C# pair.

    It is exactly 0.0 where y has rounded to 1.0, from x = 36.73680056967711 on; `stable_derivative` is not.

    :param x: the input; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx.

    Source: D4 (``derivative_sigmoid``, given the input).
    """
    if x.__class__ is float and out is None:
        y = activation(x)
        return (1.0 - y) * y
    return _CALLS["derivative"](x, out)


@overload
def stable_derivative(x: float) -> float: ...
@overload
def stable_derivative(x: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]: ...
def stable_derivative(x: float | NDArray[Any], out: NDArray[Any] | None = None) -> float | NDArray[Any]:
    """Compute the sigmoid's derivative accurately, also where y has rounded to 1.0. These are not the C# pair's bits.

    With z = exp(-abs(x)) the derivative is z / (1 + z)^2. The error is below 2 ULP with glibc's exp, and below 4 with
    an exp that errs by up to 1.5 ULP: python/docs/kernels.md derives both bounds.

    :param x: the input; a scalar, or an array of any shape.
    :param out: as for `activation`, which see for the errors too.
    :returns: the derivative dy/dx; 0.0 only from abs(x) = 745.1332191019412 on.

    Source: D3, step 10, with both sides multiplied by exp(2x) where x > 0.
    """
    if x.__class__ is float and out is None:
        # As in `STABLE_DERIVATIVE.scalar`; calling that would cost a fifth of the time.
        z = exp(-x if x > 0.0 else x)
        w = z + z + z * z
        d = 1.0 + w
        q = z / d
        return z - q * w if z < BRANCH else q - q * ((w - (d - 1.0)) * (1.0 - z))
    return _CALLS["stable_derivative"](x, out)
