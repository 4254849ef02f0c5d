"""Are two formulas equal as expressions? SymPy's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sigmoid_parity import extras
from sigmoid_parity.lesson.formulas import Scope
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

    A limit is taken from both sides. False says that it finds no proof, not that they differ.

    :raises MissingError: SymPy is not installed.
    """
    sympy = library()
    difference = expression(one, scope) - expression(other, scope)
    # From the inside out, and none left to doit(), which would take it from one side.
    taken = difference.replace(sympy.Limit, lambda formula, h, point, _: _limit(formula, h, point))
    return _vanishes(taken.doit())


def expression(node: Node, scope: Scope) -> Any:
    """Build a formula in SymPy: definitions written out, derivatives, limits and substitutions left to be carried out.

    :raises MissingError: SymPy is not installed.
    """
    return _Builder(library(), scope).build(node, {name: _symbol(name) for name in scope.variables})


def _symbol(name: str) -> Any:
    return library().Symbol(name, real=True)


def _limit(formula: Any, h: Any, point: Any) -> Any:
    """Take a limit from both sides; ``nan``, of which nothing is proved, where they differ or SymPy finds none."""
    sympy = library()
    formula = formula.doit()
    if moving := [one for one in formula.atoms(sympy.core.function.AppliedUndef) if h in one.free_symbols]:
        return _limit_of_unknowns(formula, h, moving) if point == 0 else sympy.nan
    try:
        right, left = (sympy.limit(formula, h, point, side) for side in "+-")
    except (ValueError, NotImplementedError):
        return sympy.nan
    return right if right == left and right.is_finite is not False and not right.has(sympy.Limit) else sympy.nan


def _limit_of_unknowns(formula: Any, h: Any, moving: list[Any]) -> Any:
    """Take the limit, at h = 0, of a quotient that holds unknown functions; ``nan`` where this does not find it.

    An unknown f is differentiable, so (Caratheodory) f(a(h)) = f(a(0)) + (a(h) - a(0)) phi(h), with phi continuous
    at 0 and phi(0) = f'(a(0)). What is left when h has been cancelled is a quotient of polynomials in h, phi and
    exp of polynomials: continuous, and so with this limit from both sides, unless its denominator is zero.
    """
    sympy = library()
    if any(h in one.free_symbols for one in formula.atoms(sympy.Derivative)):
        return sympy.nan
    slopes = {}
    for one in moving:
        phi, (argument,), here = sympy.Dummy(real=True), one.args, one.subs(h, 0)
        if not argument.is_polynomial(h):
            return sympy.nan
        formula = formula.xreplace({one: here + (argument - argument.subs(h, 0)) * phi})
        slopes[phi] = _slope(one.func, argument.subs(h, 0))
    numerator, denominator = sympy.fraction(sympy.cancel(sympy.together(formula)))
    if not (_continuous(numerator, h) and _continuous(denominator, h)) or (below := denominator.subs(h, 0)) == 0:
        return sympy.nan
    return (numerator.subs(h, 0) / below).xreplace(slopes)


def _continuous(formula: Any, h: Any) -> bool:
    powers = [one for one in formula.atoms(library().exp) if one.args[0].is_polynomial(h)]
    return bool(formula.xreplace({one: library().Dummy() for one in powers}).is_polynomial(h))


def _slope(function: Any, at: Any) -> Any:
    variable = library().Dummy(real=True)
    return function(variable).diff(variable).subs(variable, at)


def _vanishes(difference: Any) -> bool:
    sympy = library()
    # One fraction of polynomials in exp(x) and the like: zero exactly when a factor of its numerator expands to zero.
    numerator, _ = sympy.fraction(sympy.together(sympy.expand_power_exp(difference)))
    return any(sympy.expand(factor) == 0 for factor in sympy.Mul.make_args(numerator))


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
