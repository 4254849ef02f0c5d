"""The rules that refer to something written elsewhere: a definition, a substitution, an earlier result."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from sigmoid_parity.lesson.derivations import Earlier
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules.places import Relation
from sigmoid_parity.lesson.rules.trees import calls, put, rebuilt, same, walk
from sigmoid_parity.lesson.rules.trees import parts as parts_of
from sigmoid_parity.notation import Call, Name, Node

Statement = tuple[Node, Node]
"""Two formulas that are equal."""


def definitions(scope: Scope) -> Iterator[Relation]:
    """Yield, for each definition, what writes it out, and what folds it; p_1 and p_2 count as one."""
    for stem in dict.fromkeys(map(_stem, scope.definitions)):
        yield partial(_unfolded, scope, stem)
        yield partial(_folded, scope, stem)


def _stem(name: str) -> str:
    return name.partition("_")[0]


def _unfolded(scope: Scope, stem: str, before: Node, after: Node) -> bool:
    match before:
        case Call(name, _) if name in scope.definitions and _stem(name) == stem:
            return same(_written_out(before, scope), after)
        case _:
            return False


def _folded(scope: Scope, stem: str, before: Node, after: Node) -> bool:
    return _unfolded(scope, stem, after, before)


def substitution(before: Node, after: Node, _: Scope) -> bool:
    """Recognise: a formula at u = value is the formula with the value for u; a derivative by u is taken first."""
    match before:
        case Call("Subs", (formula, Name(u), value)):
            taken = not any(one.arguments[1] == Name(u) for one in calls(formula, "Derivative"))
            return taken and same(put(formula, u, value), after)
        case _:
            return False


def earlier_result(earlier: Earlier, scope: Scope) -> Relation:
    """Return what recognises both sides of an earlier statement, in either direction.

    Its variable may have another name, if it is the only one.
    """
    return partial(_stated, earlier.scope.variables, list(_as_known(earlier, scope)))


def _stated(variables: Collection[str], statements: Sequence[Statement], before: Node, after: Node) -> bool:
    return any(
        (same(before, left) and same(after, right)) or (same(before, right) and same(after, left))
        for statement in statements
        for left, right in _renamed(statement, variables, before)
    )


def _as_known(earlier: Earlier, scope: Scope) -> Iterator[Statement]:
    """Yield an earlier statement with its definitions written out, and as it is where they are the same here."""
    yield _all_written_out(earlier.left, earlier.scope), _all_written_out(earlier.right, earlier.scope)
    if all(scope.definitions.get(name) == one for name, one in earlier.scope.definitions.items()):
        yield earlier.left, earlier.right


def _renamed(statement: Statement, variables: Collection[str], node: Node) -> Iterator[Statement]:
    yield statement
    # Two variables could be given one name, of which the statement need not hold: only a single one is renamed.
    if len(variables) == 1:
        (variable,) = variables
        for name in dict.fromkeys(walk(node)):
            if isinstance(name, Name):
                yield put(statement[0], variable, name), put(statement[1], variable, name)


def _written_out(call: Call, scope: Scope) -> Node:
    definition = scope.definitions[call.function]
    return put(definition.formula, definition.argument, call.arguments[0])


def _all_written_out(node: Node, scope: Scope) -> Node:
    inner = rebuilt(node, tuple(_all_written_out(part, scope) for part in parts_of(node)))
    if isinstance(inner, Call) and inner.function in scope.definitions:
        return _all_written_out(_written_out(inner, scope), scope)
    return inner
