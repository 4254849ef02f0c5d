"""What Python calls, in LLVM IR: a C function that takes a source and a target, and loops over them.

It does what it is for only where both are arrays as they commonly are: float64 or float32, contiguous, aligned, of one
shape, with no byte in common or all of them; the target may be None, for a new one. All else it hands on to a function
in Python.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.port.backends import externals
from sigmoid_parity.port.backends.externals import POINTER, SIZE
from sigmoid_parity.port.backends.loops import counted, variable

_INT: Final = ir.IntType(32)
_CONTIGUOUS, _ALIGNED, _WRITEABLE = 0x3, 0x100, 0x400  # NumPy's flags; contiguous is C's order or Fortran's.
_RELEASES_FROM: Final = 512
"""Elements from which on it pays to let other threads of Python run meanwhile."""

# NumPy's `PyArrayObject_fields`, behind what every object of Python has, whose last member is its type.
_ARRAY: Final = ir.LiteralStructType(
    [
        ir.ArrayType(ir.IntType(8), object.__basicsize__ - ctypes.sizeof(ctypes.c_void_p)),
        *(POINTER, POINTER, _INT, SIZE.as_pointer(), POINTER, POINTER, POINTER, _INT),
    ]
).as_pointer()
_FIELDS: Final = ("head", "type", "data", "ndim", "shape", "strides", "base", "dtype", "flags")


def define(module: Any, name: str, loops: Mapping[str, Any], below: int | None = None, may_fail: bool = False) -> None:
    """Define the C function ``object name(self, arguments, count)``, for two arguments.

    :param loops: by dtype, ``"float64"`` and ``"float32"``; see `loops.define`.
    :param below: how many elements are too many, and handed on too.
    :param may_fail: whether the loops may leave an error of Python, which is raised then.
    """
    kind = ir.FunctionType(POINTER, [POINTER, POINTER.as_pointer(), SIZE])
    _Call(ir.Function(module, kind, name)).emit(loops, below, may_fail)


class _Call:
    """Emits one function."""

    def __init__(self, function: Any) -> None:
        self.b = ir.IRBuilder(function.append_basic_block("entry"))
        self.function, self.handed_on = function, function.append_basic_block("handed_on")
        self._need(self.b.icmp_signed("==", function.args[2], ir.Constant(SIZE, 2)))
        self.source, self.target = (self._argument(index) for index in (0, 1))

    def emit(self, loops: Mapping[str, Any], below: int | None, may_fail: bool) -> None:
        b = self.b
        self._need(self._is_array(self.source))
        dtype, flags = self._field(self.source, "dtype"), self._field(self.source, "flags")
        self._need(b.or_(*(b.icmp_unsigned("==", dtype, externals.load(b, name)) for name in loops)))
        self._need(self._has(flags, _ALIGNED))
        self._need(self._has(flags, _CONTIGUOUS))
        count = self._count()
        if below is not None:
            self._need(b.icmp_signed("<", count, ir.Constant(SIZE, below)))
        target = self._resolve(dtype, flags, count)
        self._compute(loops, dtype, target, count)
        if may_fail:
            self._raise_error(target)
        b.ret(target)
        b.position_at_end(self.handed_on)
        own, arguments, number = self.function.args
        b.ret(b.call(externals.load(b, "PyObject_Vectorcall"), [own, arguments, number, ir.Constant(POINTER, None)]))

    def _argument(self, index: int) -> Any:
        return self.b.load(self.b.gep(self.function.args[1], [ir.Constant(SIZE, index)]))

    def _field(self, array: Any, name: str) -> Any:
        place = [ir.Constant(_INT, index) for index in (0, _FIELDS.index(name))]
        return self.b.load(self.b.gep(self.b.bitcast(array, _ARRAY), place))

    def _need(self, condition: Any) -> None:
        following = self.b.append_basic_block("so")
        self.b.cbranch(condition, following, self.handed_on)
        self.b.position_at_end(following)

    def _is_array(self, value: Any) -> Any:
        return self.b.icmp_unsigned("==", self._field(value, "type"), externals.load(self.b, "array_type"))

    def _has(self, flags: Any, any_of: int) -> Any:
        return self.b.icmp_unsigned("!=", self.b.and_(flags, ir.Constant(_INT, any_of)), ir.Constant(_INT, 0))

    def _count(self) -> Any:
        """Emit how many elements the source has."""
        b, shape = self.b, self._field(self.source, "shape")
        product = variable(b, ir.Constant(SIZE, 1))
        with counted(b, ir.Constant(SIZE, 0), self._ndim(self.source), 1) as axis:
            b.store(b.mul(b.load(product), b.load(b.gep(shape, [axis]))), product)
        return b.load(product)

    def _ndim(self, array: Any) -> Any:
        ndim = self._field(array, "ndim")
        return ndim if ndim.type == SIZE else self.b.zext(ndim, SIZE)

    def _resolve(self, dtype: Any, flags: Any, count: Any) -> Any:
        """Emit the target: a new array for None, or the given one, examined."""
        b = self.b
        found = variable(b, self.target)
        with b.if_else(b.icmp_unsigned("==", self.target, externals.load(b, "none"))) as (new, given):
            with new:
                arguments = [self.source, ir.Constant(_INT, 2), ir.Constant(POINTER, None), ir.Constant(_INT, 0)]
                made = b.call(externals.load(b, "PyArray_NewLikeArray"), arguments)
                with b.if_then(b.icmp_unsigned("==", made, ir.Constant(POINTER, None)), likely=False):
                    b.ret(made)  # With Python's error set.
                b.store(made, found)
            with given:
                self._examine(dtype, flags, count)
                b.call(externals.load(b, "Py_IncRef"), [self.target])
        return b.load(found)

    def _examine(self, dtype: Any, flags: Any, count: Any) -> None:
        b = self.b
        self._need(self._is_array(self.target))
        self._need(b.icmp_unsigned("==", self._field(self.target, "dtype"), dtype))
        others = self._field(self.target, "flags")
        self._need(self._has(others, _WRITEABLE))
        self._need(self._has(others, _ALIGNED))
        self._need(self._has(b.and_(flags, others), _CONTIGUOUS))
        self._same_shape()
        double = b.icmp_unsigned("==", dtype, externals.load(b, "float64"))
        width = b.shl(count, b.select(double, ir.Constant(SIZE, 3), ir.Constant(SIZE, 2)))
        one, other = (b.ptrtoint(self._field(array, "data"), SIZE) for array in (self.source, self.target))
        apart = b.and_(*(b.icmp_unsigned(">=", b.sub(a, c), width) for a, c in ((one, other), (other, one))))
        self._need(b.or_(apart, b.icmp_unsigned("==", one, other)))

    def _same_shape(self) -> None:
        b, ndim = self.b, self._ndim(self.source)
        self._need(b.icmp_unsigned("==", ndim, self._ndim(self.target)))
        shapes = [self._field(array, "shape") for array in (self.source, self.target)]
        with counted(b, ir.Constant(SIZE, 0), ndim, 1) as axis:
            self._need(b.icmp_unsigned("==", *(b.load(b.gep(shape, [axis])) for shape in shapes)))

    def _compute(self, loops: Mapping[str, Any], dtype: Any, target: Any, count: Any) -> None:
        b = self.b
        large = b.icmp_signed(">=", count, ir.Constant(SIZE, _RELEASES_FROM))
        state = variable(b, ir.Constant(POINTER, None))
        with b.if_then(large):
            b.store(b.call(externals.load(b, "PyEval_SaveThread"), []), state)
        for name, loop in loops.items():
            with b.if_then(b.icmp_unsigned("==", dtype, externals.load(b, name))):
                pointer = loop.args[0].type
                memory = [b.bitcast(self._field(array, "data"), pointer) for array in (self.source, target)]
                b.call(loop, [*memory, count])
        with b.if_then(large):
            b.call(externals.load(b, "PyEval_RestoreThread"), [b.load(state)])

    def _raise_error(self, target: Any) -> None:
        b, null = self.b, ir.Constant(POINTER, None)
        with b.if_then(b.icmp_unsigned("!=", b.call(externals.load(b, "PyErr_Occurred"), []), null), likely=False):
            b.call(externals.load(b, "Py_DecRef"), [target])
            b.ret(null)
