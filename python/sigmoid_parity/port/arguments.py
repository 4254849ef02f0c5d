"""What the elementwise functions take, and the one place where they refuse the rest.

Scalars: Python float, int and bool. Arrays and NumPy scalars: float64, float32, float16, integers and bool.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_TAKES: Final = "a float, int or bool, or a NumPy array of float64, float32, float16, integers or bool"
_NUMPY: Final = (np.ndarray, np.generic)
_DTYPES: Final = frozenset("?bhilqBHILQpPefd")


def double(function: str, value: float) -> float:
    """Convert a Python number to a double, as C# converts an argument.

    :raises OverflowError: an int beyond the largest double.
    """
    try:
        return float(value)
    except OverflowError:
        raise OverflowError(
            f"{function}: this int of {int(value).bit_length():,} bits is beyond the largest double, "
            "1.7976931348623157e+308; pass float('inf') or float('-inf') if infinity is meant"
        ) from None


def array(function: str, value: object) -> NDArray[Any]:
    """Return an array or NumPy scalar as a plain array of a dtype the functions take.

    :raises TypeError: anything else, saying what came and what is taken.
    """
    if type(value) is not np.ndarray and isinstance(value, np.ma.MaskedArray):
        raise TypeError(
            f"{function}: takes {_TAKES}, not a masked array, whose mask would be lost; pass .filled(numpy.nan), "
            "or .data if the mask does not matter"
        )
    if not isinstance(value, _NUMPY):
        raise TypeError(f"{function}: takes {_TAKES}, not {type(value).__name__}{_remedy(value)}")
    if value.dtype.char not in _DTYPES:
        raise TypeError(f"{function}: takes {_TAKES}, not an array of {value.dtype}{_narrowing(value.dtype)}")
    return value if type(value) is np.ndarray else np.asarray(value)


def result_dtype(source: NDArray[Any]) -> np.dtype[Any]:
    """Return the dtype of the result: a float array keeps its own, everything else becomes float64."""
    dtype = source.dtype
    if dtype.kind != "f":
        return np.dtype(np.float64)
    return dtype if dtype.isnative else dtype.newbyteorder("=")


def destination(function: str, source: NDArray[Any], out: NDArray[Any] | None) -> NDArray[Any]:
    """Return the array to write the result to: ``out`` where given, else a new one.

    :raises TypeError: ``out`` is no array, or of another dtype than the result.
    :raises ValueError: ``out`` has another shape than the argument, or is read-only.
    """
    dtype = result_dtype(source)
    if out is None:
        return np.empty(source.shape, dtype, "F" if source.flags.fnc else "C")
    if not isinstance(out, np.ndarray):
        raise TypeError(f"{function}: out= takes a NumPy array, not {type(out).__name__}")
    if out.dtype != dtype:
        raise TypeError(f"{function}: out= has dtype {out.dtype}, the result has {dtype}; make out= of dtype {dtype}")
    if out.shape != source.shape:
        raise ValueError(f"{function}: out= has shape {out.shape}, the argument has {source.shape}; they must be equal")
    if not out.flags.writeable:
        raise ValueError(f"{function}: out= is read-only; pass a copy, or an array that may be written")
    return out


def _remedy(value: object) -> str:
    return "; convert it with numpy.asarray(...)" if isinstance(value, list | tuple) else ""


def _narrowing(dtype: np.dtype[Any]) -> str:
    return "; convert it with .astype(numpy.float64), if the loss is acceptable" if dtype.char == "g" else ""
