"""The vector kernel: eight doubles at a time, compiled by Numba, with glibc's own algorithm for exp.

Importing this module imports Numba; the first call compiles, later processes find the code in Numba's cache on disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import float32, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from sigmoid_parity.port.backends import formulas, loop, table
from sigmoid_parity.port.backends.lanes import WIDTH, Lanes
from sigmoid_parity.port.numbers import ACTIVATION, D_ACTIVATION, DERIVATIVE

_TABLE: Final = np.array(table.entries(), np.uint64)
_CHUNK: Final = 512
"""Elements between two looks at what is left to libm; a multiple of WIDTH."""

Formula = Callable[[Lanes, Any, Any], formulas.Answer]


def _emit(formula: Formula, single: bool, context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Emit a loop over the vectors from start to stop, and return whether any lane is left to libm."""
    source, target, constants = (
        context.make_array(kind)(context, builder, value).data
        for kind, value in zip(signature.args[:3], arguments[:3], strict=True)
    )
    start, stop = arguments[3:]
    lanes = Lanes(builder)
    table_of_doubles = builder.bitcast(constants, ir.DoubleType().as_pointer())
    nearest = cgutils.alloca_once_value(builder, lanes.words(-1))
    with cgutils.for_range_slice(builder, start, stop, ir.Constant(start.type, WIDTH)) as (index, _):
        x = lanes.load(builder.gep(source, [index]), single)
        y, (word, bound) = formula(lanes, table_of_doubles, x)
        lanes.store(y, builder.gep(target, [index]), single)
        builder.store(lanes.smaller(builder.load(nearest), word), nearest)
    return lanes.any_below(builder.load(nearest), bound)


def _sweep(formula: Formula, formula32: Formula) -> Any:
    """Make the loop that Numba functions call: over doubles by one formula, over floats by the other."""

    def typed(context: Any, source: Any, target: Any, constants: Any, start: Any, stop: Any) -> Any:  # noqa: ARG001
        single = source.dtype == float32
        signature = types.boolean(source, target, constants, start, stop)
        return signature, partial(_emit, formula32 if single else formula, single)

    return intrinsic(typed)


_activation = _sweep(formulas.activation, formulas.activation32)
_derivative = _sweep(formulas.derivative, formulas.derivative)
_stable_derivative = _sweep(formulas.stable_derivative, formulas.stable_derivative)


@njit
def _any_sweep(function: int, source: Any, target: Any, start: int, stop: int) -> bool:
    if function == ACTIVATION:
        return _activation(source, target, _TABLE, start, stop)
    if function == DERIVATIVE:
        return _derivative(source, target, _TABLE, start, stop)
    return _stable_derivative(source, target, _TABLE, start, stop)


@loop.compiled
def run(function: int, source: Any, target: Any) -> None:
    """Compute a function for each element; see `loop.run`, whose bits it has where `probes` finds none that differ."""
    if function == D_ACTIVATION:
        loop.products(source, target)
        return
    whole = source.size - source.size % WIDTH
    for start in range(0, whole, _CHUNK):
        stop = min(start + _CHUNK, whole)
        if _any_sweep(function, source, target, start, stop):
            loop.each(function, source, target, start, stop)
    loop.each(function, source, target, whole, source.size)
