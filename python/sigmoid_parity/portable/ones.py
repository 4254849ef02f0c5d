"""The functions of one double, in LLVM IR: `scalar`'s first phase. What that does not decide is asked of Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.functions import BRANCH, OVERFLOW_BELOW, VANISHES_FROM
from sigmoid_parity.port.backends import externals
from sigmoid_parity.port.backends.externals import DOUBLE, POINTER, SIZE
from sigmoid_parity.port.backends.loops import One, constants
from sigmoid_parity.portable import vectors
from sigmoid_parity.portable.parameters import (
    BITS,
    C3,
    C4,
    C5,
    C6,
    CUT,
    EDGE,
    ERROR,
    HIGH,
    L1,
    L2,
    LOW,
    PER_STEP,
    ROUND,
    SATURATED,
)
from sigmoid_parity.portable.parameters import SIZE as ENTRIES

_BIT: Final = ir.IntType(1)
_WORD: Final = ir.IntType(64)
_BIAS, _FRACTION = 1023, 52  # Of a double's encoding.

Answer = tuple[Any, Any]
"""The result, and whether it is sure."""


@dataclass(frozen=True, slots=True)
class _Double:
    """A double whose operators emit instructions, each rounded."""

    b: Any
    value: Any

    def __add__(self, other: _Double | float) -> _Double:
        return _Double(self.b, self.b.fadd(self.value, self._of(other)))

    def __sub__(self, other: _Double | float) -> _Double:
        return _Double(self.b, self.b.fsub(self.value, self._of(other)))

    def __mul__(self, other: _Double | float) -> _Double:
        return _Double(self.b, self.b.fmul(self.value, self._of(other)))

    def __truediv__(self, other: _Double | float) -> _Double:
        return _Double(self.b, self.b.fdiv(self.value, self._of(other)))

    def _of(self, other: _Double | float) -> Any:
        return other.value if isinstance(other, _Double) else _double(other)


def table(b: Any) -> Any:
    """Return the address of a table in the module: 2^(i/128) and what that leaves, in turn."""
    return constants(b, "portable", DOUBLE, [value for pair in zip(HIGH, LOW, strict=True) for value in pair])


def _double(value: float) -> Any:
    return ir.Constant(DOUBLE, value)


def _bounds(b: Any, argument: Any) -> tuple[_Double, _Double]:
    """Emit the two doubles that exp(u) may round to; u from -708 to `EDGE`."""
    u = _Double(b, argument)
    k = u * PER_STEP + ROUND - ROUND
    rest, tail = u - k * L1, k * L2
    r = rest - tail
    cut = r + CUT - CUT
    index = b.fptosi(k.value, _WORD)
    place = b.shl(b.and_(index, ir.Constant(_WORD, ENTRIES - 1)), ir.Constant(_WORD, 1))
    pairs = table(b)
    t1, t2 = (_Double(b, b.load(b.gep(pairs, [b.add(place, ir.Constant(_WORD, other))]))) for other in (0, 1))
    product = t1 * cut
    high = t1 + product
    series = r * r * (r * (r * (r * (r * C6 + C5) + C4) + C3) + 0.5)
    low = (product - (high - t1)) + (t2 + (t2 * cut + (t1 + t2) * (((rest - cut) - tail) + series)))
    exponent = b.add(b.ashr(index, ir.Constant(_WORD, BITS)), ir.Constant(_WORD, _BIAS))
    scale = _Double(b, b.bitcast(b.shl(exponent, ir.Constant(_WORD, _FRACTION)), DOUBLE))
    return (high + (low - ERROR)) * scale, (high + (low + ERROR)) * scale


def _activation(b: Any, x: Any) -> Answer:
    saturated, low = b.fcmp_ordered(">=", x, _double(SATURATED)), b.fcmp_ordered("<", x, _double(-EDGE))
    nan = b.fcmp_unordered("uno", x, x)

    def inside() -> Answer:
        below, above = _bounds(b, b.fneg(x))
        one = _Double(b, _double(1.0))
        y, other = ((one / (one + z)).value for z in (below, above))
        return y, b.fcmp_ordered("==", y, other)

    def outside() -> Answer:
        sure = b.or_(b.not_(low), b.fcmp_ordered("<", x, _double(OVERFLOW_BELOW)))
        return b.select(nan, b.fadd(x, x), b.select(saturated, _double(1.0), _double(0.0))), sure

    return _either(b, b.not_(b.or_(nan, b.or_(saturated, low))), inside, outside)


def _derivative(b: Any, x: Any) -> Answer:
    y, sure = _activation(b, x)
    return b.fmul(b.fsub(_double(1.0), y), y), sure


def _stable_derivative(b: Any, x: Any) -> Answer:
    x = b.call(b.module.declare_intrinsic("llvm.fabs", [DOUBLE]), [x])

    def inside() -> Answer:
        z, above = _bounds(b, b.fneg(x))
        w = z + z + z * z
        d = w + 1.0
        q = z / d
        first, second = z - q * w, q - q * ((w - (d - 1.0)) * (_Double(b, _double(1.0)) - z))
        y = b.select(b.fcmp_ordered("<", z.value, _double(BRANCH)), first.value, second.value)
        return y, b.fcmp_ordered("==", z.value, above.value)

    def outside() -> Answer:
        y = b.select(b.fcmp_unordered("uno", x, x), b.fadd(x, x), _double(0.0))
        return y, b.fcmp_unordered(">=", x, _double(VANISHES_FROM))

    return _either(b, b.fcmp_ordered("<=", x, _double(vectors.NORMAL)), inside, outside)


def _either(b: Any, condition: Any, then: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
    """Emit the one or the other."""
    answers = []
    with b.if_else(condition) as branches:
        for branch, emit in zip(branches, (then, otherwise), strict=True):
            with branch:
                answers.append((*emit(), b.block))
    y, sure = b.phi(DOUBLE), b.phi(_BIT)
    for value, certain, block in answers:
        y.add_incoming(value, block)
        sure.add_incoming(certain, block)
    return y, sure


def _one(number: int, attempt: Callable[[Any, Any], Answer]) -> One:
    def emit(b: Any, exp: Any, x: Any) -> Any:  # noqa: ARG001 - as the port's, which need exp
        y, sure = attempt(b, x)
        before = b.block
        with b.if_then(b.not_(sure), likely=False):
            asked, at = b.call(_ask(b.module), [ir.Constant(SIZE, number), x]), b.block
        found = b.phi(DOUBLE)
        found.add_incoming(y, before)
        found.add_incoming(asked, at)
        return found

    return emit


def _ask(module: Any) -> Any:
    """Return the function ``double ask(number, x)``, which calls Python, and leaves an error there where it raises."""
    found = module.globals.get("ask")
    if found is None:
        found = ir.Function(module, ir.FunctionType(DOUBLE, [SIZE, DOUBLE]), "ask")
        found.linkage = "internal"
        found.attributes.add("noinline")
        _emit_ask(ir.IRBuilder(found.append_basic_block("entry")), *found.args)
    return found


def _emit_ask(b: Any, number: Any, x: Any) -> None:
    state = b.call(externals.load(b, "PyGILState_Ensure"), [])
    null, nan = ir.Constant(POINTER, None), _double(float("nan"))
    failed, result = b.append_basic_block("failed"), b.append_basic_block("result")
    with b.if_then(b.icmp_unsigned("!=", b.call(externals.load(b, "PyErr_Occurred"), []), null)):
        b.branch(failed)  # An element before this one raised.
    function = b.call(externals.load(b, "PyTuple_GetItem"), [externals.load(b, "deciders"), number])
    double = constants(b, "format", ir.IntType(8), b"d\0")
    answer = b.call(externals.load(b, "PyObject_CallFunction"), [function, double, x])
    b.cbranch(b.icmp_unsigned("==", answer, null), failed, result)
    b.position_at_end(failed)
    b.call(externals.load(b, "PyGILState_Release"), [state])
    b.ret(nan)
    b.position_at_end(result)
    y = b.call(externals.load(b, "PyFloat_AsDouble"), [answer])
    b.call(externals.load(b, "Py_DecRef"), [answer])
    b.call(externals.load(b, "PyGILState_Release"), [state])
    b.ret(y)


_ATTEMPTS: Final = {"activation": _activation, "derivative": _derivative, "stable_derivative": _stable_derivative}

ONES: Final[Mapping[str, One]] = {
    name: _one(number, attempt) for number, (name, attempt) in enumerate(_ATTEMPTS.items())
}
"""The functions by name; the n-th asks the n-th of the functions that the code is given (see `native.load`)."""
