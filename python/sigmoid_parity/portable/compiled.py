"""The functions over arrays, compiled by LLVM: eight doubles at a time; what those leave, one at a time; and what that
leaves is asked of Python, which has integers for it.

Importing this module imports llvmlite; the first import compiles, later processes find the code on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.port.backends import kernels, native
from sigmoid_parity.port.backends import ones as port
from sigmoid_parity.port.backends.choice import Direct, Kernel
from sigmoid_parity.port.backends.externals import SIZE
from sigmoid_parity.port.backends.lanes import WIDTH, Lanes
from sigmoid_parity.port.backends.loops import CHUNK, Leave, Sweep, chunks, counted, variable, vector
from sigmoid_parity.portable import ones, scalar, vectors

Formula = Callable[[Lanes, Any, Any], vectors.Answer]
_ZERO: Final = ir.Constant(SIZE, 0)


def _sweep(formula: Formula, single: bool) -> Sweep:
    """Make a sweep that notes which vectors are left."""

    def emit(b: Any, source: Any, target: Any, count: Any, leave: Leave) -> Any:
        lanes, table, whole = Lanes(b), ones.table(b), b.and_(count, ir.Constant(SIZE, -WIDTH))
        with b.goto_entry_block():
            left = b.bitcast(b.alloca(ir.ArrayType(SIZE, CHUNK // WIDTH)), SIZE.as_pointer())
        with chunks(b, _ZERO, whole, CHUNK) as (start, stop):
            noted = variable(b, _ZERO)
            with counted(b, start, stop, WIDTH) as index:
                unsure = vector(lanes, partial(formula, lanes, table), source, target, index, single)
                with b.if_then(lanes.any_of(unsure), likely=False):
                    number = b.load(noted)
                    b.store(index, b.gep(left, [number]))
                    b.store(b.add(number, ir.Constant(SIZE, 1)), noted)
            with counted(b, _ZERO, b.load(noted), 1) as number:
                first = b.load(b.gep(left, [number]))
                leave(first, b.add(first, ir.Constant(SIZE, WIDTH)))
        return whole

    return emit


_SWEEPS: Final = {
    name: {"float64": _sweep(getattr(vectors, name), False), "float32": _sweep(getattr(vectors, name), True)}
    for name in ones.ONES
}


def load(deciders: native.Deciders) -> tuple[Mapping[str, Kernel], Direct]:
    """Load the code; see `kernels.load`.

    :param deciders: functions of one double, in the order of `ones.ONES`, for what the code leaves.
    """
    every = {**ones.ONES, "d_activation": port.ONES["d_activation"]}
    return kernels.load("portable", _SWEEPS, every, folder=Path(__file__).parent, deciders=deciders)


KERNELS, direct = load(tuple(scalar.FUNCTIONS[name].scalar for name in ones.ONES))
"""The functions over arrays, as in `sigmoid_parity.port.backends.loop`."""
