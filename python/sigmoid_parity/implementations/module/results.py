"""What a function of Python returned, read as floats."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.module.unfit import Unfit, describe

_NUMBERS: Final = "fiub"  # Kinds of dtype: floats, integers, truth values.


def read(found: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Floats:
    """Read a result with `numpy.asarray`; an array that is as it must be is returned itself: its owner may change it.

    Integers and truth values count as the numbers that they are, a list of numbers as an array. Floats of a narrower
    format are widened, which changes no value. Those of a wider one are refused: rounding them would be our work.

    :param found: what came back.
    :param shape: that it must have.
    :param dtype: the format.
    :returns: of that shape and format, contiguous.
    :raises Unfit: it is something else.
    """
    array = _array(found)
    if array.dtype == dtype and array.shape == shape:
        return array if array.flags.carray else array.copy()
    if array.dtype.kind not in _NUMBERS and not _is_float(array.dtype):
        raise Unfit(f"it returned {_name(found, array)}; it must return floats")
    if array.shape != shape:
        raise Unfit(f"it returned {_shape(array.shape)} for {_shape(shape)}; it must return one number for each")
    if _is_float(array.dtype) and not np.can_cast(array.dtype, dtype):
        raise Unfit(f"it returned {array.dtype} for {dtype}; it must keep the format")
    return array.astype(dtype)


def _is_float(dtype: np.dtype[Any]) -> bool:
    return dtype.kind == "f" or dtype.name in formats.NAMES


def _array(found: Any) -> np.ndarray[Any, Any]:
    if np.ma.isMaskedArray(found) and np.ma.getmaskarray(found).any():
        raise Unfit("it returned an array with masked elements; it must return one number for each")
    try:
        return np.asarray(found)
    except Exception as error:
        what = type(found).__name__
        raise Unfit(f"numpy.asarray cannot read the {what} that it returned: {describe(error)}") from error


def _name(found: Any, array: np.ndarray[Any, Any]) -> str:
    if found is None:
        return "None"
    return f"{type(found).__name__}" if array.dtype.kind in "OUS" else f"{array.dtype}"


def _shape(shape: tuple[int, ...]) -> str:
    if not shape:
        return "one number"
    return f"{shape[0]:,} numbers" if len(shape) == 1 else f"an array of shape {shape}"
