"""The functions that a convention may call, over arrays, in each format: the platform's libm, not NumPy's own versions.

In binary64 Python's ``math`` calls libm for one element after the other; in binary32 the C library's ``expf`` and its
like are called through ctypes; in x87's extended format NumPy calls ``expl``. In binary16 there is no libm: it is the
binary32 function, rounded, as everywhere.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.notation import SELECT

Floats = NDArray[np.floating[Any]]


def _greater(one: Any, other: Any) -> Any:
    """Return the greater, NaN where either is, and 0.0 of zeros of both signs: C#'s Math.Max and IEEE 754-2019's."""
    return np.where((one == 0.0) & (other == 0.0), one + other, np.maximum(one, other))


_SCALAR: Final[Mapping[str, Callable[..., float]]] = {
    "exp": math.exp,
    "expm1": math.expm1,
    "log": math.log,
    "log1p": math.log1p,
    "tanh": math.tanh,
    "cosh": math.cosh,
    "atan": math.atan,
    "erf": math.erf,
    "pow": math.pow,
}
_EXACT: Final[Mapping[str, Callable[..., Any]]] = {
    "abs": np.abs,
    "min": lambda one, other: -_greater(-one, -other),
    "max": _greater,
    "sqrt": np.sqrt,
    "float32": lambda values: values.astype(np.float32).astype(values.dtype),
    "float16": lambda values: values.astype(np.float16).astype(values.dtype),
    SELECT: np.where,
}
_EXTENDED: Final[Mapping[str, Callable[..., Any]]] = {
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "tanh": np.tanh,
    "cosh": np.cosh,
    "atan": np.arctan,
    "pow": np.power,
}

ARITIES: Final[Mapping[str, int]] = {
    **dict.fromkeys(_SCALAR, 1),
    **dict.fromkeys(_EXACT, 1),
    "pow": 2,
    "min": 2,
    "max": 2,
    SELECT: 3,
}
"""The functions, with the numbers of their arguments. Those of `ROUNDED` depend on the libm, all others on nothing."""

ROUNDED: Final = frozenset(_SCALAR)
"""The functions of libm, whose last bits differ between libraries."""

EXTENDED: Final = np.dtype(np.longdouble)
"""The format of NumPy's longdouble."""

_DOUBLE: Final = np.dtype(np.float64)
_X87: Final = 63  # Bits of its fraction, without the first one.

HAS_EXTENDED: Final = bool(np.finfo(np.longdouble).nmant == _X87)
"""Whether that is x87's format of 64 significant bits."""


def call(function: str, arguments: tuple[Any, ...], dtype: np.dtype[Any]) -> Any:
    """Call a function for each element.

    :param function: a key of `ARITIES`.
    :param arguments: arrays that broadcast; of a condition, booleans.
    :param dtype: in which libm computes: float16, float32, float64, or `EXTENDED`.
    :returns: of ``dtype``; what is exact in any format keeps the format of its arguments.
    """
    if function in _EXACT:
        return _EXACT[function](*arguments)
    if dtype == EXTENDED != _DOUBLE and function in _EXTENDED:
        return _EXTENDED[function](*(np.asarray(one, dtype) for one in arguments))
    if dtype.itemsize >= _DOUBLE.itemsize:
        return _mapped(_SCALAR[function], arguments, np.float64).astype(dtype)
    return _mapped(_single(function), arguments, np.float32).astype(dtype)


def _mapped(scalar: Callable[..., float], arguments: tuple[Any, ...], dtype: type) -> Floats:
    arrays = np.broadcast_arrays(*(np.asarray(one).astype(dtype) for one in arguments))
    lists = [array.ravel().tolist() for array in arrays]
    try:
        found = list(map(scalar, *lists))
    except (OverflowError, ValueError):
        found = [_guarded(scalar, *values) for values in zip(*lists, strict=True)]
    return np.array(found, dtype).reshape(arrays[0].shape)


def _guarded(scalar: Callable[..., float], *values: float) -> float:
    """Call a function of ``math`` with C's results where Python has exceptions."""
    try:
        return scalar(*values)
    except OverflowError:  # Only a power can be too large and negative.
        return math.inf if len(values) == 1 else float(np.power(values[0], values[1]))
    except ValueError:  # A logarithm at its pole, or an argument outside of where the function is defined.
        pole = 0.0 if scalar is math.log else -1.0
        return -math.inf if scalar in (math.log, math.log1p) and values[0] == pole else math.nan


@cache
def _single(function: str) -> Callable[..., float]:
    found = getattr(_library(), f"{function}f")
    found.restype = ctypes.c_float
    found.argtypes = [ctypes.c_float] * ARITIES[function]
    return found  # type: ignore[no-any-return]


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library("m") or "ucrtbase")
