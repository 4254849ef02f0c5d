"""The vector backend: eight doubles at a time, compiled by Numba, with glibc's own algorithm for exp.

Importing this module imports Numba; the first import compiles, later processes find the code in Numba's cache on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import float32, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from sigmoid_parity.port.backends import elements, formulas, table
from sigmoid_parity.port.backends.lanes import WIDTH, Lanes

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


_sweep_activation = _sweep(formulas.activation, formulas.activation32)
_sweep_derivative = _sweep(formulas.derivative, formulas.derivative)
_sweep_stable_derivative = _sweep(formulas.stable_derivative, formulas.stable_derivative)


@njit(inline="always")
def _over(sweep: Any, one: Any, source: Any, target: Any) -> None:
    whole = source.size - source.size % WIDTH
    for start in range(0, whole, _CHUNK):
        stop = min(start + _CHUNK, whole)
        if sweep(source, target, _TABLE, start, stop):
            elements.each(one, source, target, start, stop)
    elements.each(one, source, target, whole, source.size)


@elements.compiled
def _activation(source: Any, target: Any) -> None:
    _over(_sweep_activation, elements.one_activation, source, target)


@elements.compiled
def _derivative(source: Any, target: Any) -> None:
    _over(_sweep_derivative, elements.one_derivative, source, target)


@elements.compiled
def _stable_derivative(source: Any, target: Any) -> None:
    _over(_sweep_stable_derivative, elements.one_stable_derivative, source, target)


KERNELS: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "activation": _activation,
    "d_activation": elements.d_activation,
    "derivative": _derivative,
    "stable_derivative": _stable_derivative,
}
"""The functions over arrays, as in `loop.KERNELS`, whose bits these have where `probes` finds none that differ."""
