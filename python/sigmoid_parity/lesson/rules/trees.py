"""What a tree holds, and trees with parts of them exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.notation import Call, Minus, Name, Node, Number, Operation


def parts(node: Node) -> tuple[Node, ...]:
    """Return what a formula is made of, directly."""
    match node:
        case Minus(operand):
            return (operand,)
        case Operation(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a formula and all that is in it."""
    yield node
    for part in parts(node):
        yield from walk(part)


def size(node: Node) -> int:
    """Count the parts of a formula."""
    return sum(1 for _ in walk(node))


def calls(node: Node, function: str) -> list[Call]:
    """Return the calls of a function in a formula."""
    return [one for one in walk(node) if isinstance(one, Call) and one.function == function]


def is_number(node: Node) -> bool:
    """Tell whether a formula holds numbers alone."""
    return not any(isinstance(one, Name | Call) for one in walk(node))


def depends(node: Node, variable: str, scope: Scope) -> bool:
    """Tell whether a formula depends on a variable, by its name or through a definition."""
    match node:
        case Name(name):
            return name == variable
        case Call("Limit" | "Subs", (formula, Name(bound), value)):
            return depends(value, variable, scope) or (bound != variable and depends(formula, variable, scope))
        case Call(function, arguments) if function in scope.definitions:
            definition = scope.definitions[function]
            within = definition.argument != variable and depends(definition.formula, variable, scope)
            return within or any(depends(one, variable, scope) for one in arguments)
        case _:
            return any(depends(one, variable, scope) for one in parts(node))


def rebuilt(node: Node, inner: tuple[Node, ...]) -> Node:
    """Make the same kind of formula of other parts."""
    match node:
        case Minus():
            return Minus(*inner)
        case Operation(operator, _, _):
            return Operation(operator, *inner)
        case Call(function, _):
            return Call(function, inner)
        case Name() | Number():
            return node


def replaced(node: Node, changes: Mapping[Node, Node]) -> Node:
    """Exchange parts, the outermost first."""
    if node in changes:
        return changes[node]
    return rebuilt(node, tuple(replaced(part, changes) for part in parts(node)))


def put(node: Node, variable: str, value: Node) -> Node:
    """Put a value for a variable."""
    return replaced(node, {Name(variable): value})
