"""The functions over arrays, compiled by Numba: eight doubles at a time; what those leave, one at a time; and what that
leaves is handed back to Python, for `exact`.

Importing this module imports Numba; the first import compiles, later processes find the code in Numba's cache on disk.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import float32, float64, int64, njit, types, void
from numba.core import cgutils
from numba.extending import intrinsic

from sigmoid_parity import functions
from sigmoid_parity.functions import BRANCH, OVERFLOW_BELOW, VANISHES_FROM
from sigmoid_parity.port.backends import lanes as emitting
from sigmoid_parity.port.backends.lanes import WIDTH, Lanes
from sigmoid_parity.portable import parameters, scalar, vectors
from sigmoid_parity.portable.parameters import (
    BITS,
    C3,
    C4,
    C5,
    C6,
    CUT,
    EDGE,
    ERROR,
    L1,
    L2,
    PER_STEP,
    ROUND,
    SATURATED,
)

_TABLE: Final = np.column_stack([parameters.HIGH, parameters.LOW]).ravel()
_LAST: Final = parameters.SIZE - 1
_SCALES: Final = np.array([*scalar.SCALES[1024:], *scalar.SCALES[:1024]])
_BIAS: Final = 1022  # Where 2^0 stands there.
_CHUNK: Final = 512  # Elements between two looks at what is left; a multiple of WIDTH.
_LEFT: Final = _CHUNK // WIDTH
_ROOM: Final = _LEFT + 8 * _CHUNK
"""Places for the vectors that a chunk leaves, then for elements that are handed back."""

Formula = Callable[[Lanes, Any, Any], vectors.Answer]
# An argument that may be read-only takes the others too, so that there is one compiled form for each dtype.
_ARRAYS: Final = [(types.Array(kind, 1, "C", readonly=True), types.Array(kind, 1, "C")) for kind in (float64, float32)]
_WITH_BACK: Final = [types.UniTuple(int64, 2)(*two, types.Array(int64, 1, "C"), int64) for two in _ARRAYS]


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    folders = (Path(emitting.__file__).parent, Path(__file__).parent)
    for file in (Path(functions.__file__), *(file for folder in folders for file in sorted(folder.glob("*.py")))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _compiled(kernel: Callable[..., Any], signatures: list[Any] = _WITH_BACK) -> Any:
    """Compile ``kernel(source, target, back, start)`` for float64 and float32, releasing the GIL; cache it on disk."""
    # Numba's cache looks at this file's date alone, and would keep code made of older versions of the others.
    kernel.__qualname__ += f"_{_digest()}"
    return njit(signatures, nogil=True, cache=True, error_model="numpy")(kernel)


def _emit(formula: Formula, context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Emit a loop over the vectors from start to stop; note where those stand that are left, and return how many."""
    source, target, constants, left = (
        context.make_array(kind)(context, builder, value).data
        for kind, value in zip(signature.args[:4], arguments[:4], strict=True)
    )
    start, stop = arguments[4:]
    lanes, single = Lanes(builder), signature.args[0].dtype == float32
    count = cgutils.alloca_once_value(builder, ir.Constant(start.type, 0))
    with cgutils.for_range_slice(builder, start, stop, ir.Constant(start.type, WIDTH)) as (index, _):
        y, unsure = formula(lanes, constants, lanes.load(builder.gep(source, [index]), single))
        lanes.store(y, builder.gep(target, [index]), single)
        with builder.if_then(lanes.any_of(unsure), likely=False):
            place = builder.load(count)
            builder.store(index, builder.gep(left, [place]))
            builder.store(builder.add(place, ir.Constant(start.type, 1)), count)
    return builder.load(count)


def _sweep(formula: Formula) -> Any:
    def typed(context: Any, source: Any, target: Any, constants: Any, left: Any, start: Any, stop: Any) -> Any:  # noqa: ARG001
        signature = int64(source, target, constants, left, start, stop)
        return signature, partial(_emit, formula)

    return intrinsic(typed)


@njit(error_model="numpy", inline="always")
def _bounds(u: float) -> tuple[float, float]:
    """Compute the two doubles that exp(u) may round to; u from -708 to `EDGE`."""
    k = u * PER_STEP + ROUND - ROUND
    rest = u - k * L1
    tail = k * L2
    r = rest - tail
    cut = r + CUT - CUT
    index = int(k)
    t1, t2 = _TABLE[2 * (index & _LAST)], _TABLE[2 * (index & _LAST) + 1]
    product = t1 * cut
    high = t1 + product
    series = r * r * (0.5 + r * (C3 + r * (C4 + r * (C5 + r * C6))))
    low = (product - (high - t1)) + (t2 + (t2 * cut + (t1 + t2) * (((rest - cut) - tail) + series)))
    scale = _SCALES[(index >> BITS) + _BIAS]
    return (high + (low - ERROR)) * scale, (high + (low + ERROR)) * scale


@njit(error_model="numpy", inline="always")
def _one_activation(x: float) -> tuple[float, bool]:
    if math.isnan(x):
        return x + x, True
    if x >= SATURATED:
        return 1.0, True
    if x < -EDGE:
        return 0.0, x < OVERFLOW_BELOW
    below, above = _bounds(-x)
    y = 1.0 / (1.0 + below)
    return y, y == 1.0 / (1.0 + above)


@njit(error_model="numpy", inline="always")
def _one_derivative(x: float) -> tuple[float, bool]:
    y, sure = _one_activation(x)
    return (1.0 - y) * y, sure


@njit(error_model="numpy", inline="always")
def _one_stable_derivative(x: float) -> tuple[float, bool]:
    x = abs(x)
    if math.isnan(x):
        return x + x, True
    if x > vectors.NORMAL:
        return 0.0, x >= VANISHES_FROM
    z, above = _bounds(-x)
    w = z + z + z * z
    d = 1.0 + w
    q = z / d
    return z - q * w if z < BRANCH else q - q * ((w - (d - 1.0)) * (1.0 - z)), z == above


@njit(inline="always")
def _singly(one: Any, source: Any, target: Any, back: Any, count: int, start: int, stop: int) -> int:
    """Compute a function of one double for some elements; note those that it does not decide, from a place on."""
    for index in range(start, stop):
        y, sure = one(float64(source[index]))
        target[index] = y
        if not sure:
            back[count] = index
            count += 1
    return count


@njit(inline="always")
def _over(sweep: Any, one: Any, source: Any, target: Any, back: Any, start: int) -> tuple[int, int]:
    """Compute a function from an element on, while there is room for what is handed back."""
    whole = source.size - source.size % WIDTH
    count = _LEFT
    while start < whole and count <= _ROOM - _CHUNK:
        stop = min(start + _CHUNK, whole)
        for place in range(sweep(source, target, _TABLE, back, start, stop)):
            count = _singly(one, source, target, back, count, back[place], back[place] + WIDTH)
        start = stop
    if start == whole and count <= _ROOM - WIDTH:
        count = _singly(one, source, target, back, count, whole, source.size)
        start = source.size
    return start, count


_sweep_activation = _sweep(vectors.activation)
_sweep_derivative = _sweep(vectors.derivative)
_sweep_stable_derivative = _sweep(vectors.stable_derivative)


@_compiled
def _activation(source: Any, target: Any, back: Any, start: int) -> tuple[int, int]:
    return _over(_sweep_activation, _one_activation, source, target, back, start)


@_compiled
def _derivative(source: Any, target: Any, back: Any, start: int) -> tuple[int, int]:
    return _over(_sweep_derivative, _one_derivative, source, target, back, start)


@_compiled
def _stable_derivative(source: Any, target: Any, back: Any, start: int) -> tuple[int, int]:
    return _over(_sweep_stable_derivative, _one_stable_derivative, source, target, back, start)


def _d_activation(source: Any, target: Any) -> None:
    for index in range(source.size):
        y = float64(source[index])
        target[index] = (1.0 - y) * y


def _run(kernel: Any, function: Callable[[float], float], source: Any, target: Any) -> None:
    back, start = np.empty(_ROOM, np.int64), 0
    while start < source.size:
        start, count = kernel(source, target, back, start)
        for index in back[_LEFT:count].tolist():
            target[index] = function(float(source[index]))


KERNELS: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "activation": partial(_run, _activation, scalar.activation),
    "d_activation": _compiled(_d_activation, [void(*two) for two in _ARRAYS]),
    "derivative": partial(_run, _derivative, scalar.derivative),
    "stable_derivative": partial(_run, _stable_derivative, scalar.stable_derivative),
}
"""The functions over arrays, as in `sigmoid_parity.port.backends.loop.KERNELS`."""
