"""Are two formulas equal as expressions? SymPy's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sigmoid_parity import extras
from sigmoid_parity.fixtures.formulas import Scope
from sigmoid_parity.notation import OPERATORS, Call, Minus, Name, Node, Number, Operation


@cache
def library() -> Any:
    """Return SymPy.

    :raises MissingError: it is not installed.
    """
    with extras.needed("sympy", "proofs", "derive"):
        import sympy
    return sympy


def equal(one: Node, other: Node, scope: Scope) -> bool:
    """Tell whether SymPy proves that two formulas are equal, derivatives and limits carried out.

    False says that it finds no proof, not that they differ.

    :raises MissingError: SymPy is not installed.
    """
    difference = expression(one, scope) - expression(other, scope)
    limits = difference.atoms(library().Limit)
    return _vanishes(difference.xreplace({limit: _limit(limit) for limit in limits}).doit())


def expression(node: Node, scope: Scope) -> Any:
    """Build a formula in SymPy: definitions written out, derivatives, limits and substitutions left to be carried out.

    :raises MissingError: SymPy is not installed.
    """
    return _Builder(library(), scope).build(node, {name: _symbol(name) for name in scope.variables})


def _symbol(name: str) -> Any:
    return library().Symbol(name, real=True)


def _limit(limit: Any) -> Any:
    """Take the limit of a quotient that holds unknown functions; any other is left for SymPy to take.

    An unknown f is differentiable, so (Caratheodory) f(a(h)) = f(a(0)) + (a(h) - a(0)) phi(h), with phi continuous
    at 0 and phi(0) = f'(a(0)). What is left when h has been cancelled is continuous too, unless its denominator is
    zero: then the limit stays as it is, and proves nothing.
    """
    sympy = library()
    formula, h, point, _ = limit.args
    moving = [one for one in formula.atoms(sympy.core.function.AppliedUndef) if h in one.free_symbols]
    if not moving or point != 0:
        return limit
    slopes = {}
    for one in moving:
        phi, (argument,), here = sympy.Dummy(real=True), one.args, one.subs(h, 0)
        formula = formula.xreplace({one: here + (argument - argument.subs(h, 0)) * phi})
        slopes[phi] = _slope(one.func, argument.subs(h, 0))
    numerator, denominator = sympy.fraction(sympy.cancel(sympy.together(formula)))
    below = denominator.subs(h, 0)
    return limit if below == 0 else (numerator.subs(h, 0) / below).xreplace(slopes)


def _slope(function: Any, at: Any) -> Any:
    variable = library().Dummy(real=True)
    return function(variable).diff(variable).subs(variable, at)


def _vanishes(difference: Any) -> bool:
    sympy = library()
    # One fraction of polynomials in exp(x) and the like, which is zero exactly when its numerator expands to zero.
    numerator, _ = sympy.fraction(sympy.together(sympy.expand_power_exp(difference)))
    return bool(sympy.expand(numerator) == 0)


@dataclass(frozen=True)
class _Builder:
    sympy: Any
    scope: Scope

    def build(self, node: Node, values: Mapping[str, Any]) -> Any:
        match node:
            case Number(value):
                return self.sympy.Integer(value)
            case Name(name):
                return values[name]
            case Minus(operand):
                return -self.build(operand, values)
            case Operation(operator, left, right):
                return OPERATORS[operator](self.build(left, values), self.build(right, values))
            case Call():
                return self._call(node, values)

    def _call(self, node: Call, values: Mapping[str, Any]) -> Any:
        match node:
            case Call("Derivative", (formula, variable)):
                return self.sympy.Derivative(self.build(formula, values), self.build(variable, values))
            case Call("Limit", (formula, Name(bound), point)):
                symbol = _symbol(bound)
                inner = self.build(formula, {**values, bound: symbol})
                return self.sympy.Limit(inner, symbol, self.build(point, values))
            case Call("Subs", (formula, Name(bound), value)):
                symbol = _symbol(bound)
                return self.sympy.Subs(
                    self.build(formula, {**values, bound: symbol}), symbol, self.build(value, values)
                )
            case Call(function, (argument,)):
                return self._apply(function, self.build(argument, values), values)
            case _:
                raise AssertionError(f"no such call: {node}")

    def _apply(self, function: str, argument: Any, values: Mapping[str, Any]) -> Any:
        if function == "exp":
            return self.sympy.exp(argument)
        if function in self.scope.unknowns:
            return self.sympy.Function(function, real=True)(argument)
        definition = self.scope.definitions[function]
        return self.build(definition.formula, {**values, definition.argument: argument})
