"""Do two formulas have the same value? mpmath's answer, at 50 digits, at seeded points.

A derivative is mpmath's difference quotient at a precision that it raises for the purpose. A limit is extrapolated:
the values at h = 1/16, 1/32, ... are laid on a polynomial in h (Neville's scheme), whose value at 0 is the limit; those
at -1/16, -1/32, ... likewise, and both must give the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.notation import OPERATORS, Call, Minus, Name, Node, Number, Operation

DIGITS: Final = 50
"""Decimal digits that must agree."""

SEED: Final = 20260131
"""Of the points."""

POINTS: Final = 6
"""At how many points two formulas are compared."""

_WORKING: Final = 90  # Decimal digits computed with: the difference quotients of nested derivatives cost some.
_HALVINGS: Final = 26
_FIRST: Final = 0.0625

Values = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Point:
    """Where formulas are compared.

    :ivar values: of the variables, as decimals.
    :ivar unknowns: the coefficients a, b, c, d of what stands in for each unknown function: a + b exp(-(c t - d)^2).
    """

    values: Mapping[str, str]
    unknowns: Mapping[str, tuple[str, str, str, str]]

    def __str__(self) -> str:
        """Say it in words."""
        stand_ins = (f"{name}(t) = {a} + {b} exp(-({c} t - {d})^2)" for name, (a, b, c, d) in self.unknowns.items())
        return ", ".join([*(f"{name} = {value}" for name, value in self.values.items()), *stand_ins])


@cache
def context() -> Any:
    """Return an mpmath context of this room's own, so that its precision is nobody else's.

    :raises MissingError: mpmath is not installed.
    """
    with extras.needed("mpmath", "the values of formulas", "derive"):
        from mpmath import MPContext
    mp = MPContext()
    mp.dps = _WORKING
    return mp


@lru_cache(maxsize=64)
def points(scope: Scope) -> tuple[Point, ...]:
    """Draw the points at which formulas of a scope are compared: the same ones every time."""
    source = random.Random(SEED)
    return tuple(_point(scope, source) for _ in range(POINTS))


@lru_cache(maxsize=256)  # A formula is compared with the one before it, and with the one after it.
def evaluate(node: Node, scope: Scope, point: Point) -> Any:
    """Evaluate a formula at a point.

    :returns: an mpmath number, good to `DIGITS` digits and more.
    :raises MissingError: mpmath is not installed.
    :raises ArithmeticError: it has no value there, or a limit does not settle.
    """
    mp = context()
    return _Evaluator(mp, scope, point).value(node, {name: mp.mpf(value) for name, value in point.values.items()})


def same(one: Any, other: Any) -> bool:
    """Tell whether two values agree in `DIGITS` digits."""
    return bool(abs(one - other) <= max(abs(one), abs(other)) * context().mpf(10) ** -DIGITS)


def digits(value: Any, count: int = 20) -> str:
    """Write a value in decimal digits."""
    return str(context().nstr(value, count))


def _point(scope: Scope, source: random.Random) -> Point:
    values = {name: f"{source.uniform(*bounds):.5f}" for name, bounds in scope.variables.items()}
    return Point(values, {name: _coefficients(source) for name in sorted(scope.unknowns)})


def _coefficients(source: random.Random) -> tuple[str, str, str, str]:
    a, b, c, d = (f"{source.uniform(*bounds):.3f}" for bounds in ((1, 2), (0.5, 2), (0.5, 1), (-1, 1)))
    return a, b, c, d


@dataclass(frozen=True)
class _Evaluator:
    mp: Any
    scope: Scope
    point: Point

    def value(self, node: Node, values: Values) -> Any:
        match node:
            case Number(value):
                return self.mp.mpf(value)
            case Name(name):
                return values[name]
            case Minus(operand):
                return -self.value(operand, values)
            case Operation(operator, left, right):
                return OPERATORS[operator](self.value(left, values), self.value(right, values))
            case Call():
                return self._call(node, values)

    def _call(self, node: Call, values: Values) -> Any:
        match node:
            case Call("Derivative", (formula, Name(variable))):
                return self.mp.diff(self._of(formula, variable, values), values[variable])
            case Call("Limit", (formula, Name(bound), point)):
                return self._limit(self._of(formula, bound, values), self.value(point, values))
            case Call("Subs", (formula, Name(bound), value)):
                return self.value(formula, {**values, bound: self.value(value, values)})
            case Call(function, (argument,)):
                return self._apply(function, self.value(argument, values), values)
            case _:
                raise AssertionError(f"no such call: {node}")

    def _of(self, formula: Node, variable: str, values: Values) -> Callable[[Any], Any]:
        return lambda at: self.value(formula, {**values, variable: at})

    def _apply(self, function: str, argument: Any, values: Values) -> Any:
        if function == "exp":
            return self.mp.exp(argument)
        if function in self.point.unknowns:
            a, b, c, d = map(self.mp.mpf, self.point.unknowns[function])
            return a + b * self.mp.exp(-((c * argument - d) ** 2))
        definition = self.scope.definitions[function]
        return self.value(definition.formula, {**values, definition.argument: argument})

    def _limit(self, function: Callable[[Any], Any], point: Any) -> Any:
        right, left = (self._side(function, point, sign) for sign in (1, -1))
        if not same(right, left):
            raise ArithmeticError(f"a limit has another value from the left: {digits(left)}, not {digits(right)}")
        return right

    def _side(self, function: Callable[[Any], Any], point: Any, sign: int) -> Any:
        """Extrapolate from one side, above where the sign is 1, below where it is -1."""
        steps = [sign * self.mp.mpf(_FIRST) / 2**number for number in range(_HALVINGS)]
        row = [function(point + step) for step in steps]
        size = max(abs(value) for value in row)
        last = None
        for distance in range(1, len(steps)):
            last = row[0]
            row = [
                (steps[low] * row[low + 1] - steps[low + distance] * row[low]) / (steps[low] - steps[low + distance])
                for low in range(len(row) - 1)
            ]
        # Beside values of this size, what is below the last digit is nothing: a limit of 0 has no digits of its own.
        nothing = size * self.mp.mpf(10) ** -DIGITS
        if not abs(row[0] - last) <= nothing:
            raise ArithmeticError("a limit does not settle")
        return self.mp.mpf(0) if abs(row[0]) <= nothing else row[0]
