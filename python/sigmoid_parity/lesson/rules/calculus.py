"""The rules of derivatives: each is a pattern that the second formula must be."""

from __future__ import annotations

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.trees import (
    add,
    calls,
    depends,
    factors,
    is_sum,
    lead,
    multiply,
    put,
    replaced,
    same,
    signed,
    size,
    terms,
)
from sigmoid_parity.notation import Call, Minus, Name, Node, Number, Operation, parse

_SIGMOID = parse("1/(1 + exp(-z))", {"z"})


def constant(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: the derivative of what does not depend on the variable is 0."""
    match before:
        case Call("Derivative", (formula, Name(x))):
            return after == Number(0) and not depends(formula, x, scope)
        case _:
            return False


def variable(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: the derivative of the variable is 1."""
    match before:
        case Call("Derivative", (Name(x), Name(y))):
            return x == y and after == Number(1)
        case _:
            return False


def linearity(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: a derivative is taken term by term, and what does not depend on the variable comes out of it."""
    match before:
        case Call("Derivative", _):
            taken_apart = _differentiated(after) < _differentiated(before)
            return taken_apart and same(_spread(before, scope), _spread(after, scope))
        case _:
            return False


def power(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (x^n)' = n x^(n - 1), for a whole number n."""
    match before:
        case Call("Derivative", (Operation("**", Name(x), exponent), Name(y))) if x == y:
            n = _whole(exponent)
            return n is not None and n not in (0, 1) and same(after, _power_rule(x, n))
        case _:
            return False


def exponential(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (exp(u))' = exp(u) u'; (exp(x))' = exp(x)."""
    match before:
        case Call("Derivative", (Call("exp", (inner,)) as formula, x)):
            chained = Operation("*", formula, Call("Derivative", (inner, x)))
            return same(after, chained) or (inner == x and same(after, formula))
        case _:
            return False


def chain(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: (F(g))' is F'(u) at u = g, times g'."""
    match before, factors(after):
        case Call("Derivative", (formula, Name(x))), (
            (Call("Subs", (Call("Derivative", (outer, Name(v))), Name(u), g)), Call("Derivative", (inner, Name(y))))
            | (Call("Derivative", (inner, Name(y))), Call("Subs", (Call("Derivative", (outer, Name(v))), Name(u), g)))
        ):
            one_name = u == v and x == y and not depends(outer, x, scope) and depends(outer, u, scope)
            return one_name and same(g, inner) and g != Name(x) and same(put(outer, u, g), formula)
        case _:
            return False


def product(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (f g)' = f' g + f g'."""
    match before:
        case Call("Derivative", (Operation("*", first, second), _)):
            one = Operation("*", _derivative(first, before), second)
            other = Operation("*", first, _derivative(second, before))
            return same(after, Operation("+", one, other))
        case _:
            return False


def quotient(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (n/d)' = (n' d - n d')/d^2."""
    match before:
        case Call("Derivative", (Operation("/", top, bottom), _)):
            first = Operation("*", _derivative(top, before), bottom)
            second = Operation("*", top, _derivative(bottom, before))
            return same(after, Operation("/", Operation("-", first, second), _square(bottom)))
        case _:
            return False


def reciprocal(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: (1/u)' = -u'/u^2, and the same of u^-1."""
    match before:
        case Call("Derivative", (Operation("/", Number(1), u), _)):
            return same(after, Minus(Operation("/", _derivative(u, before), _square(u))))
        case Call("Derivative", (Operation("**", u, Minus(Number(1))), _)):
            power = Operation("**", u, Minus(Number(2)))
            return same(after, Minus(Operation("*", power, _derivative(u, before))))
        case _:
            return False


def sigmoid(before: Node, after: Node, scope: Scope) -> bool:
    """Recognise: s(u)' = s(u) (1 - s(u)) u', where s is defined as the sigmoid."""
    match before:
        case Call("Derivative", (Call(name, (inner,)) as s, _)) if name in scope.definitions:
            definition = scope.definitions[name]
            is_sigmoid = put(definition.formula, definition.argument, Name("z")) == _SIGMOID
            slope = Operation("*", s, Operation("-", Number(1), s))
            return is_sigmoid and same(after, Operation("*", slope, _derivative(inner, before)))
        case _:
            return False


def _derivative(formula: Node, like: Call) -> Call:
    return Call("Derivative", (formula, like.arguments[1]))


def _square(base: Node) -> Node:
    return Operation("**", base, Number(2))


def _whole(exponent: Node) -> int | None:
    match exponent:
        case Number(value):
            return value
        case Minus(Number(value)):
            return -value
        case _:
            return None


def _power_rule(x: str, n: int) -> Node:
    exponent = n - 1
    raised = Number(exponent) if exponent > 0 else Minus(Number(-exponent))
    power = Name(x) if exponent == 1 else Operation("**", Name(x), raised)
    product = power if abs(n) == 1 else Operation("*", Number(abs(n)), power)
    return signed(1 if n > 0 else -1, product)


def _differentiated(node: Node) -> int:
    """Count what stands under derivatives."""
    return sum(size(one.arguments[0]) for one in calls(node, "Derivative"))


def _spread(node: Node, scope: Scope) -> Node:
    """Take every derivative apart as far as linearity goes."""
    spread: dict[Node, Node] = {}
    for one in calls(node, "Derivative"):
        match one.arguments:
            case formula, Name() as x:
                spread[one] = _apart(formula, x, scope)
    return replaced(node, spread)


def _apart(formula: Node, x: Name, scope: Scope) -> Node:
    sign, rest = lead(formula)
    if is_sum(rest):
        return signed(sign, add([(one, _apart(term, x, scope)) for one, term in terms(rest)]))
    if isinstance(rest, Operation) and rest.operator == "/" and not depends(rest.right, x.name, scope):
        return signed(sign, Operation("/", _apart(rest.left, x, scope), rest.right))
    fixed, moving = _split(factors(rest), x.name, scope)
    if fixed and moving:
        return signed(sign, multiply([*fixed, _apart(multiply(moving), x, scope)]))
    return signed(sign, Call("Derivative", (rest, x)))


def _split(parts: tuple[Node, ...], x: str, scope: Scope) -> tuple[list[Node], list[Node]]:
    moves = [depends(part, x, scope) for part in parts]
    fixed = [part for part, moving in zip(parts, moves, strict=True) if not moving]
    return fixed, [part for part, moving in zip(parts, moves, strict=True) if moving]
