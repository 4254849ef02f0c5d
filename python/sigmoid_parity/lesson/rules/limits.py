"""The rules of limits."""

from __future__ import annotations

from collections.abc import Set

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import calls, depends, factors, lead, multiply, put, replaced, same, signed, walk
from sigmoid_parity.notation import Call, Name, Node, Number, Operation


def derivative_as_limit(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: F'(x) is the limit of (F(x + h) - F(x))/h as h goes to 0; read in either direction."""
    match before, after:
        case (Call("Derivative", (formula, Name(x))), Call("Limit", (quotient, Name(h), Number(0)))) | (
            Call("Limit", (quotient, Name(h), Number(0))),
            Call("Derivative", (formula, Name(x))),
        ):
            hidden = depends(put(formula, x, Number(0)), x, scope)  # Through a definition, where nothing is put for it.
            if hidden or any(calls(formula, binder) for binder in ("Derivative", "Limit", "Subs")):
                return False
            moved = put(formula, x, Operation("+", Name(x), Name(h)))
            return same(quotient, Operation("/", Operation("-", moved, formula), Name(h)))
        case _:
            return False


def product_of_limits(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: the limit of a product is the product of the limits, where these exist."""
    match before:
        case Call("Limit", (formula, bound, point)):
            parts = factors(after)
            limits = [part for part in parts if isinstance(part, Call) and part.function == "Limit"]
            alike = len(parts) == len(limits) > 1 and all(one.arguments[1:] == (bound, point) for one in limits)
            return alike and same(formula, multiply([one.arguments[0] for one in limits]))
        case _:
            return False


def multiple_of_a_limit(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: what does not depend on the bound variable comes out of a limit: a factor or a sign."""
    match before:
        case Call("Limit", (formula, Name(bound), _)):
            sign, rest = lead(after)
            parts = factors(rest)
            limits = [part for part in parts if isinstance(part, Call) and part.function == "Limit"]
            if len(limits) != 1 or limits[0].arguments[1:] != before.arguments[1:] or after == limits[0]:
                return False
            inner = multiply([one.arguments[0] if one is limits[0] else one for one in parts])
            fixed = not any(depends(one, bound, scope) for one in parts if one is not limits[0])
            return fixed and same(formula, signed(sign, inner))
        case _:
            return False


def limit_of_exponential(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (exp(h) - 1)/h has the limit 1 as h goes to 0."""
    match before:
        case Call("Limit", (quotient, Name(h), Number(0))):
            chord = Operation("-", Call("exp", (Name(h),)), Number(1))
            return after == Number(1) and same(quotient, Operation("/", chord, Name(h)))
        case _:
            return False


def continuity(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: the limit of what depends on h through f(x + h) alone is its value at h = 0; f is continuous at x."""
    match before:
        case Call("Limit", (formula, Name(h), Number(0))):
            moving = {one for name in scope.unknowns for one in calls(formula, name) if depends(one, h, scope)}
            values: dict[Node, Node] = {
                one: Call(one.function, (value,)) for one in moving if (value := _at_zero(one, h, scope)) is not None
            }
            still = replaced(formula, {one: Number(0) for one in moving})
            through_f = bool(moving) and values.keys() == moving and not depends(still, h, scope)
            return through_f and _has_value(formula, moving) and same(after, replaced(formula, values))
        case _:
            return False


def _at_zero(call: Call, h: str, scope: Scope) -> Node | None:
    match call.arguments[0]:
        case Operation("+", x, Name(name)) if name == h and not depends(x, h, scope):
            return x
        case _:
            return None


def _has_value(formula: Node, moving: Set[Node]) -> bool:
    """Tell whether what moves stands in denominators and powers as a factor alone: f is not zero, f - f may be."""
    for node in walk(formula):
        match node:
            case Operation("/", _, bottom):
                parts = factors(bottom)
            case Operation("**", base, exponent):
                parts = (base, exponent)
            case _:
                continue
        if any(part not in moving and any(one in moving for one in walk(part)) for part in parts):
            return False
    return True
