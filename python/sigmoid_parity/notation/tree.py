"""What a formula is made of. Equal trees are the same formula, written the same way."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number or a decimal, zero or above.

    :ivar value: its digits as a whole number.
    :ivar places: how many of them stand behind the point; 0 for a whole number, which is at most `reading.LARGEST`.
    """

    value: int
    places: int = 0

    @property
    def text(self) -> str:
        """The number as it is written: ``2`` or ``1.702``."""
        digits = str(self.value).rjust(self.places + 1, "0")
        return f"{digits[: -self.places]}.{digits[-self.places :]}" if self.places else digits


@dataclass(frozen=True, slots=True)
class Name:
    """A variable.

    :ivar name: as declared; an underscore starts a subscript.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Minus:
    """A term with a minus sign before it.

    :ivar operand: the term.
    """

    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms and what joins them.

    :ivar operator: ``+``, ``-``, ``*``, ``/`` or ``**``, or one of `COMPARISONS` in the condition of `SELECT`.
    :ivar left: the first.
    :ivar right: the second.
    """

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments: exp, a declared function, or one of `BINDERS`.

    :ivar function: ``exp``, a declared name, or one of `BINDERS`.
    :ivar arguments: in order.
    """

    function: str
    arguments: tuple[Node, ...]


Node = Number | Name | Minus | Operation | Call

OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
"""What may join two terms, and what it does to two values."""

COMPARISONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What a condition may compare two terms with, and what it does to two values."""

SELECT: Final = "select"
"""The function whose first argument is a condition: ``select(x < 0, a, b)`` is a where x is below 0, elsewhere b."""

BINDERS: Final = {"Derivative": 2, "Limit": 3, "Subs": 3}
"""What takes a formula and a variable of it, with the number of arguments: ``Derivative(formula, x)`` and
``Limit(formula, h, 0)``, which are left unevaluated, and ``Subs(formula, u, value)``, the formula at u = value."""
