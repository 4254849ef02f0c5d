"""Take a kernel to arrays as they come: any shape, dtype, layout and overlap, with no copy of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.port import threads
from sigmoid_parity.port.backends.choice import Kernel

_BLOCK: Final = 1 << 15  # Elements that are copied at a time, where a copy must be.
_LAYOUT: Final = ("contig", "aligned", "nbo")  # What kernels need: contiguous, aligned, native byte order.
_DIRECT: Final = frozenset("df")  # The dtypes that kernels take as they are.


def apply(kernel: Kernel, source: NDArray[Any], target: NDArray[Any], *, fresh: bool) -> None:
    """Take a kernel to arrays.

    :param kernel: computes a function for each element of plain arrays.
    :param source: any shape, of a dtype that `arguments.array` lets through.
    :param target: the same shape, of the dtype that `arguments.result_dtype` gives; it may be, or overlap, the source.
    :param fresh: whether the target is new, and so surely no part of the source.
    """
    if _direct(source, target) and (fresh or _apart_or_same(source, target)):
        threads.share(kernel, _flat(source), _flat(target))
    else:
        _buffered(kernel, source, target)


def _apart_or_same(source: NDArray[Any], target: NDArray[Any]) -> bool:
    return source.ctypes.data == target.ctypes.data or not np.may_share_memory(source, target)


def _direct(source: NDArray[Any], target: NDArray[Any]) -> bool:
    dtype, flags, others = source.dtype, source.flags, target.flags
    if dtype != target.dtype or dtype.char not in _DIRECT or not dtype.isnative:
        return False
    alike = (flags.c_contiguous and others.c_contiguous) or (flags.f_contiguous and others.f_contiguous)
    return alike and flags.aligned and others.aligned


def _flat(array: NDArray[Any]) -> NDArray[Any]:
    if array.ndim == 1:
        return array
    return array.reshape(-1) if array.flags.c_contiguous else array.T.reshape(-1)


def _buffered(kernel: Kernel, source: NDArray[Any], target: NDArray[Any]) -> None:
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for values, results in _blocks(source, target):
            kernel(values, results)


def _blocks(source: NDArray[Any], target: NDArray[Any]) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    doubles = np.dtype(np.float64)
    options: dict[str, Any] = {
        "flags": ["external_loop", "buffered", "zerosize_ok", "copy_if_overlap"],
        "op_flags": [["readonly", *_LAYOUT], ["writeonly", *_LAYOUT]],
        "op_dtypes": [doubles, doubles],
        "casting": "unsafe",  # To double before, and to the target's dtype, rounded once, after.
        "buffersize": _BLOCK,
    }
    with np.nditer([source, target], **options) as blocks:
        yield from blocks
