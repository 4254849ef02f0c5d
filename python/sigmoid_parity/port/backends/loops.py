"""Loops over contiguous doubles or floats, in LLVM IR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, TypeVar

from llvmlite import ir

from sigmoid_parity.port.backends import externals, table
from sigmoid_parity.port.backends.externals import DOUBLE, POINTER, SIZE
from sigmoid_parity.port.backends.formulas import Answer
from sigmoid_parity.port.backends.lanes import WIDTH, Lanes

FLOAT: Final = ir.FloatType()
CHUNK: Final = 512
"""Elements between two looks at what is left to libm; a multiple of WIDTH."""

One = Callable[[Any, Any, Any], Any]
"""Emits a function of one double: takes the builder, the address of exp, and the double."""

Leave = Callable[[Any, Any], None]
"""Emits libm's function of the elements from start to stop."""

Sweep = Callable[[Any, Any, Any, Any, Leave], Any]
"""Emits a function of an array's first elements, some vectors: takes the builder, the source, the target, the count,
and what emits those that are left to libm; returns how many elements that was."""

Formula = Callable[[Lanes, Any, Any], Answer]
_T = TypeVar("_T")


@contextmanager
def counted(b: Any, start: Any, stop: Any, step: int) -> Iterator[Any]:
    """Emit ``for index in range(start, stop, step)`` around what is emitted within; gives the index."""
    before, head, body, after = b.block, *(b.append_basic_block(name) for name in ("head", "body", "after"))
    b.branch(head)
    b.position_at_end(head)
    index = b.phi(start.type)
    index.add_incoming(start, before)
    b.cbranch(b.icmp_signed("<", index, stop), body, after)
    b.position_at_end(body)
    yield index
    index.add_incoming(b.add(index, ir.Constant(start.type, step)), b.block)
    b.branch(head)
    b.position_at_end(after)


@contextmanager
def chunks(b: Any, start: Any, stop: Any, size: int) -> Iterator[tuple[Any, Any]]:
    """Emit a loop over chunks around what is emitted within; gives where each starts and ends."""
    with counted(b, start, stop, size) as first:
        end = b.add(first, ir.Constant(SIZE, size))
        yield first, b.select(b.icmp_signed("<", end, stop), end, stop)


def variable(b: Any, value: Any) -> Any:
    """Emit a variable, which the optimiser takes into registers, and return its address."""
    with b.goto_entry_block():
        address = b.alloca(value.type)
    b.store(value, address)
    return address


def by_lanes(formula: Formula, single: bool) -> Sweep:
    """Make a sweep of a formula on eight lanes."""

    def emit(b: Any, source: Any, target: Any, count: Any, leave: Leave) -> Any:
        lanes, pairs, whole = Lanes(b), _table(b), b.and_(count, ir.Constant(SIZE, -WIDTH))
        with chunks(b, ir.Constant(SIZE, 0), whole, CHUNK) as (start, stop):
            nearest = variable(b, lanes.words(-1))
            with counted(b, start, stop, WIDTH) as index:
                word, bound = vector(lanes, partial(formula, lanes, pairs), source, target, index, single)
                b.store(lanes.smaller(b.load(nearest), word), nearest)
            with b.if_then(lanes.any_below(b.load(nearest), bound), likely=False):
                leave(start, stop)
        return whole

    return emit


def vector(
    lanes: Lanes, formula: Callable[[Any], tuple[Any, _T]], source: Any, target: Any, index: Any, single: bool
) -> _T:
    """Emit a formula on the vector at an index, and return what it says besides its results."""
    place, result = lanes.b.gep(source, [index]), lanes.b.gep(target, [index])
    lanes.prefetch(place, write=False)
    lanes.prefetch(result, write=True)
    y, said = formula(lanes.load(place, single))
    lanes.store(y, result, single)
    return said


def constants(b: Any, name: str, kind: Any, values: Sequence[float]) -> Any:
    """Return the address of the first of some constants, which the module has under a name."""
    found = b.module.globals.get(name)
    if found is None:
        array = ir.ArrayType(kind, len(values))
        found = ir.GlobalVariable(b.module, array, name)
        found.initializer = ir.Constant(array, [ir.Constant(kind, value) for value in values])
        found.global_constant, found.linkage, found.align = True, "internal", 64
    return b.bitcast(found, kind.as_pointer())


def each(b: Any, one: One, source: Any, target: Any, start: Any, stop: Any) -> None:
    """Emit a function of one double for the elements from start to stop, one after the other."""
    kind, exp = source.type.pointee, externals.load(b, "exp")
    with counted(b, start, stop, 1) as index:
        value = b.load(b.gep(source, [index]))
        y = one(b, exp, value if kind == DOUBLE else b.fpext(value, DOUBLE))
        b.store(y if kind == DOUBLE else b.fptrunc(y, kind), b.gep(target, [index]))


def define(module: Any, name: str, single: bool, one: One, sweep: Sweep | None = None) -> Any:
    """Define the function ``void name(source, target, count)``; the target may be the source.

    :param single: whether it is of floats.
    :param sweep: computes whole vectors; what it leaves, and what is left over, is computed singly.
    """
    pointer = (FLOAT if single else DOUBLE).as_pointer()
    apart, function = (
        ir.Function(module, ir.FunctionType(ir.VoidType(), [pointer, pointer, SIZE]), part)
        for part in (f"{name}_apart", name)
    )
    _loop(apart, one, sweep)
    b, (source, target, count) = ir.IRBuilder(function.append_basic_block("entry")), function.args
    with b.if_else(b.icmp_unsigned("==", source, target)) as (same, other):
        with same:
            _in_place(b, apart, target, count)
        with other:
            b.call(apart, function.args)
    b.ret_void()
    return function


def _loop(function: Any, one: One, sweep: Sweep | None) -> None:
    b, (source, target, count) = ir.IRBuilder(function.append_basic_block("entry")), function.args
    function.linkage = "internal"
    function.attributes.add("noinline")
    for argument in (source, target):
        argument.add_attribute("noalias")
    singly = partial(each, b, one, source, target)
    whole = ir.Constant(SIZE, 0) if sweep is None else sweep(b, source, target, count, singly)
    singly(whole, count)
    b.ret_void()


def _in_place(b: Any, loop: Any, memory: Any, count: Any) -> None:
    """Emit a loop over chunks that are copied first: what is left to libm must be there still."""
    kind = memory.type.pointee
    with b.goto_entry_block():
        copy = b.alloca(ir.ArrayType(kind, CHUNK))
    bytes_each = ir.Constant(SIZE, 4 if kind == FLOAT else 8)
    with chunks(b, ir.Constant(SIZE, 0), count, CHUNK) as (start, stop):
        part, length = b.gep(memory, [start]), b.sub(stop, start)
        places = [b.bitcast(place, POINTER) for place in (copy, part)]
        b.call(externals.load(b, "move"), [*places, b.mul(length, bytes_each)])
        b.call(loop, [b.bitcast(copy, memory.type), part, length])


def _table(b: Any) -> Any:
    """Return the table of glibc's exp, a constant of the module, as the address of doubles."""
    return b.bitcast(constants(b, "table", ir.IntType(64), table.entries()), DOUBLE.as_pointer())
