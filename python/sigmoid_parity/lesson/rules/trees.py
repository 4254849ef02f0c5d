"""What a tree holds, trees with parts exchanged, and when two trees are one formula but for order and grouping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce

from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.notation import Call, Minus, Name, Node, Number, Operation

Term = tuple[int, Node]
"""A term of a sum, with its sign: 1 or -1."""

Parts = Counter[Hashable]
"""Terms or factors, each with how often it stands there; order and grouping forgotten."""


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


@lru_cache(maxsize=4096)
def put(node: Node, variable: str, value: Node) -> Node:
    """Put a value for a variable."""
    return replaced(node, {Name(variable): value})


@cache
def canonical(node: Node) -> tuple[int, Hashable]:
    """Write a formula so that equal results mean: the same but for order and grouping.

    Nothing is computed: ``a - (-b)``, ``0 + a`` and ``1*a`` stay as they are.

    :returns: the sign in front, and what stands behind it.
    """
    sign, rest = lead(node)
    match rest:
        case Minus(operand):
            return sign, ("-", canonical(operand))
        case Operation("+" | "-", _, _):
            return sign, ("+", multiset((one, canonical(term)) for one, term in terms(rest)))
        case Operation("*", _, _):
            return sign, ("*", multiset(canonical(factor) for factor in factors(rest)))
        case Operation(operator, left, right):
            return sign, (operator, canonical(left), canonical(right))
        case Call(function, arguments):
            return sign, (function, *map(canonical, arguments))
        case _:
            return sign, rest


def same(one: Node, other: Node) -> bool:
    """Tell whether two formulas differ in the order and grouping of terms and factors at most."""
    return canonical(one) == canonical(other)


def multiset(items: Iterable[Hashable]) -> frozenset[tuple[Hashable, int]]:
    """Collect items, their order forgotten and their number kept."""
    return frozenset(Counter(items).items())


def lead(node: Node) -> Term:
    """Split off the sign at the very left: ``-a*b/c`` is written alike, whatever part of it the sign belongs to."""
    match node:
        case Minus(operand):
            return -1, operand
        case Operation("*" | "/" as operator, left, right):
            sign, rest = lead(left)
            return sign, Operation(operator, rest, right)
        case _:
            return 1, node


def is_sum(node: Node) -> bool:
    """Tell whether a formula is a sum or difference, no sign before it."""
    return isinstance(node, Operation) and node.operator in ("+", "-")


def terms(node: Node) -> tuple[Term, ...]:
    """Return the terms of a sum, or a formula as the one term of itself."""
    match node:
        case Operation("+", left, right):
            return terms(left) + (terms(right) if is_sum(right) else ((1, right),))
        case Operation("-", left, right):
            return (*terms(left), (-1, right))
        case _:
            return (lead(node),)


def factors(node: Node) -> tuple[Node, ...]:
    """Return the factors of a product, or a formula as the one factor of itself; a fraction is one factor."""
    match node:
        case Operation("*", left, Operation("*", _, _) as right) if lead(right)[0] == 1:
            return factors(left) + factors(right)
        case Operation("*", left, right):
            return (*factors(left), right)
        case _:
            return (node,)


def add(parts: Sequence[Term]) -> Node:
    """Make one sum of terms; of none, 0."""
    if not parts:
        return Number(0)
    (sign, first), *rest = parts
    return reduce(lambda left, part: Operation("+" if part[0] == 1 else "-", left, part[1]), rest, signed(sign, first))


def multiply(parts: Sequence[Node]) -> Node:
    """Make one product of factors; of none, 1."""
    return reduce(lambda product, part: Operation("*", product, part), parts) if parts else Number(1)


def signed(sign: int, node: Node) -> Node:
    """Put a sign before a formula: none for 1."""
    return node if sign == 1 else Minus(node)


def one_left_out(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Return the factors that are not the number 1."""
    return tuple(part for part in parts if part != Number(1))


def bag(parts: Iterable[Node]) -> Parts:
    """Collect factors."""
    return Counter(map(canonical, parts))


def term_bag(parts: Iterable[Term]) -> Parts:
    """Collect terms with their signs."""
    return Counter((sign, canonical(term)) for sign, term in parts)
