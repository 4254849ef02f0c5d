"""float32's sigmoid over any number of floats: how the pipelined loop, its careful form and libm share them."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.port.backends import loops, pipeline
from sigmoid_parity.port.backends.externals import SIZE
from sigmoid_parity.port.backends.loops import Leave, Sweep

_RUN: Final = 4096  # Elements for which the pipeline is filled and emptied once.
_PART: Final = 512  # Elements that are left to libm together.
_WARY: Final = 8  # Of so many runs one is tried without care, where the run before needed care.


def sweep(shape: pipeline.Shape) -> Sweep:
    """Make the sweep: run by run, and a run that cannot be vouched for again, with care, in parts."""
    quick, careful = (partial(pipeline.activation, shape, care) for care in (False, True))

    def emit(b: Any, source: Any, target: Any, count: Any, leave: Leave) -> Any:
        zero = ir.Constant(SIZE, 0)
        whole = b.select(b.icmp_signed(">=", count, ir.Constant(SIZE, shape.block)), count, zero)
        wary = loops.variable(b, zero)
        failed = loops.variable(b, ir.Constant(ir.IntType(1), 1))
        with loops.chunks(b, zero, whole, _RUN) as (start, stop):
            since = b.load(wary)
            b.store(ir.Constant(ir.IntType(1), 1), failed)
            with b.if_then(b.icmp_unsigned("==", since, zero), likely=True):
                b.store(quick(b, source, target, start, stop), failed)
            again = b.load(failed)
            with (
                b.if_then(again, likely=False),
                loops.chunks(b, start, stop, _PART) as (first, end),
                b.if_then(careful(b, source, target, first, end), likely=False),
            ):
                leave(first, end)
            after = b.and_(b.add(since, ir.Constant(SIZE, 1)), ir.Constant(SIZE, _WARY - 1))
            b.store(b.select(again, after, zero), wary)
        return whole

    return emit
