"""In which formats a convention is computed, and its values in them, each operation rounded once as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import formats
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.diagnosis import libm
from sigmoid_parity.notation import COMPARISONS, OPERATORS, Call, Minus, Name, Node, Number, Operation

Floats = NDArray[np.floating[Any]]

OWN: Final = "own"
"""What stands for the candidate's format, in an arithmetic for formats of 16 and 8 bits."""

FORMATS: Final[Mapping[str, np.dtype[Any]]] = {
    "binary16": np.dtype(np.float16),
    "binary32": np.dtype(np.float32),
    "binary64": np.dtype(np.float64),
    "extended": libm.EXTENDED,
    OWN: np.dtype(np.float16),  # Until `Arithmetic.of` puts the candidate's there.
}
"""The formats, by their names in the fixtures."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a result comes to a format of 16 or 8 bits.

    :ivar rounding: which neighbour it becomes.
    :ivar saturates: whether what is too large becomes the largest number, not infinity or NaN.
    :ivar flushes: whether what is subnormal in the format becomes zero.
    :ivar own: whether every operation is rounded to the format already.
    :ivar along: the arithmetic with which it is tried: for the same conventions.
    :ivar change: what makes it one rounding of C#'s result.
    """

    rounding: formats.Rounding
    saturates: bool
    flushes: bool
    own: bool
    along: str
    change: Texts


@dataclass(frozen=True, eq=False, slots=True)
class Arithmetic:
    """The formats of a computation.

    :ivar id: its name.
    :ivar title: the same in words.
    :ivar operations: the format to which every operation is rounded.
    :ivar functions: the format in which exp and its like are computed, before they are rounded to that.
    :ivar argument: a format to which the argument is rounded first, if any.
    :ivar result: a format to which the result is rounded, if any.
    :ivar flush: whether subnormal numbers are taken and given for zero.
    :ivar ending: how a result comes to a format of 16 or 8 bits; such an arithmetic is for candidates of these alone.
    """

    id: str
    title: Texts
    operations: np.dtype[Any]
    functions: np.dtype[Any]
    argument: np.dtype[Any] | None = None
    result: np.dtype[Any] | None = None
    flush: bool = False
    ending: Ending | None = None

    @property
    def ordinary(self) -> bool:
        """Whether it is that of the C# class: binary64 throughout."""
        narrowed = self.argument is not None or self.result is not None or self.ending is not None
        return {self.operations, self.functions} == {FORMATS["binary64"]} and not narrowed and not self.flush

    @property
    def possible(self) -> bool:
        """Whether this machine has the formats: x87's is not everywhere."""
        return libm.HAS_EXTENDED or libm.EXTENDED not in (self.operations, self.functions)

    @property
    def last(self) -> np.dtype[Any]:
        """The format of the results."""
        return self.operations if self.result is None else self.result

    def of(self, dtype: np.dtype[Any]) -> Arithmetic:
        """Return it as it is for candidates of a format."""
        return replace(self, operations=dtype) if self.ending is not None and self.ending.own else self

    def fits(self, dtype: np.dtype[Any]) -> bool:
        """Say whether it is for candidates of a format."""
        return self.ending is None or formats.is_narrow(dtype)

    def ended(self, values: Floats, dtype: np.dtype[Any]) -> Floats:
        """Round results to the candidate's format: of that dtype, same shape."""
        if self.ending is None:
            return formats.rounded(values, dtype)
        found = formats.rounded(values, dtype, self.ending.rounding, saturated=self.ending.saturates)
        if not self.ending.flushes:
            return found
        return np.where(np.abs(found) < formats.smallest_normal(dtype), np.copysign(found * 0, found), found)

    def taken(self, values: Floats) -> Floats:
        """Return arguments as the computation takes them: of `operations`, same shape."""
        rounded = values if self.argument is None else values.astype(self.argument)
        return self.flushed(rounded.astype(self.operations))

    def given(self, values: Floats) -> Floats:
        """Return results as the computation gives them: of `result`, if there is one, same shape."""
        return values if self.result is None else values.astype(self.result)

    def flushed(self, values: Floats) -> Floats:
        """Put zeros of the same sign for subnormal numbers, if this arithmetic does."""
        if not self.flush:
            return values
        return np.where(np.abs(values) < np.finfo(self.operations).tiny, np.copysign(0.0, values), values)


class Evaluator:
    """Values of expressions at some points, in one arithmetic; what two expressions share is computed once."""

    def __init__(
        self,
        arithmetic: Arithmetic,
        arguments: Mapping[str, Any],
        constants: Mapping[str, Any] | None = None,
        *,
        base: Evaluator | None = None,
        exp: Any = None,
    ) -> None:
        """Prepare; nothing is computed yet.

        :param arithmetic: the formats.
        :param arguments: by their names; floats, or arrays that broadcast.
        :param constants: by their names, likewise; the format of the argument is not theirs.
        :param base: an evaluator of the same arithmetic and points, for what needs none of these names.
        :param exp: a function of an array instead of libm's exp.
        """
        self._arithmetic = arithmetic
        taken = {name: arithmetic.taken(np.asarray(value)) for name, value in arguments.items()}
        given = {
            name: formats.rounded(np.asarray(value), arithmetic.operations) for name, value in (constants or {}).items()
        }
        self._names = taken | given
        self._base = base
        self._exp = exp
        self._known: dict[Node, Any] = {}

    def result(self, node: Node, dtype: np.dtype[Any]) -> Floats:
        """Compute an expression.

        :param node: the expression.
        :param dtype: the format of the results, to which they are rounded in the end.
        :returns: an array of that dtype.
        """
        with np.errstate(all="ignore"):
            return np.asarray(self._arithmetic.ended(np.asarray(self._arithmetic.given(self._value(node))), dtype))

    def condition(self, node: Node) -> NDArray[np.bool_]:
        """Say where a comparison holds."""
        with np.errstate(all="ignore"):
            return np.asarray(self._value(node), np.bool_)

    def _value(self, node: Node) -> Any:
        if self._base is not None and not names_in(node) & self._names.keys():
            return self._base._value(node)
        if node not in self._known:
            self._known[node] = self._compute(node)
        return self._known[node]

    def _compute(self, node: Node) -> Any:
        match node:
            case Number(value, places):
                return formats.rounded(np.asarray(value / 10**places), self._arithmetic.operations)
            case Name(name):
                return self._names[name]
            case Minus(operand):
                return -self._value(operand)
            case Operation(operator, left, right):
                return self._operation(operator, left, right)
            case Call(function, arguments):
                return self._call(function, arguments)

    def _operation(self, operator: str, left: Node, right: Node) -> Any:
        if operator == "**":
            return self._call("pow", (left, right))
        if operator in COMPARISONS:
            return COMPARISONS[operator](self._value(left), self._value(right))
        return self._arithmetic.flushed(OPERATORS[operator](self._value(left), self._value(right)))

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Any:
        values = tuple(self._value(one) for one in arguments)
        if function == "exp" and self._exp is not None:
            found = self._exp(*values)
        else:
            found = libm.call(function, values, self._arithmetic.functions)
        return self._arithmetic.flushed(formats.rounded(np.asarray(found), self._arithmetic.operations))


@cache
def names_in(node: Node) -> frozenset[str]:
    """Return the names that stand in an expression."""
    match node:
        case Name(name):
            return frozenset({name})
        case Minus(operand):
            return names_in(operand)
        case Operation(_, left, right):
            return names_in(left) | names_in(right)
        case Call(_, arguments):
            return frozenset().union(*map(names_in, arguments))
        case Number():
            return frozenset()
