"""Read a formula. Whatever is not on the list is refused; nothing is ever evaluated."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from sigmoid_parity.notation.tree import BINDERS, SELECT, Call, Minus, Name, Node, Number, Operation

LONGEST: Final = 400
"""The longest formula that is read, in characters."""

LARGEST: Final = 1000
"""The largest number that may be written."""

_DECIMAL: Final = re.compile(r"([0-9]+)\.([0-9]+)", re.ASCII)
_DIGITS: Final = 17
_COMPARISONS: Final = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OPERATORS: Final = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_TAKES: Final = "whole numbers, declared names, + - * / **, exp, Derivative, Limit, Subs and declared functions"


def parse(
    text: str,
    variables: Collection[str],
    functions: Collection[str] | Mapping[str, int] = (),
    *,
    decimals: bool = False,
) -> Node:
    """Read a formula.

    :param text: the formula, in Python's and SymPy's way of writing.
    :param variables: the names that may stand in it; Limit and Subs add the one that they bind.
    :param functions: the functions that it may call besides exp: a collection, of one argument each, or a mapping to
        the numbers of their arguments; where `SELECT` is among them, its first argument is a condition.
    :param decimals: whether decimals such as ``0.5`` may stand in it.
    :raises ValueError: what is wrong and where; anything but numbers, names, operators and calls is refused.
    """
    if len(text) > LONGEST:
        raise ValueError(f"has {len(text):,} characters; a formula has at most {LONGEST}")
    try:
        top = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{text!r} does not parse: {getattr(error, 'msg', error)}") from None
    arities = functions if isinstance(functions, Mapping) else dict.fromkeys(functions, 1)
    return _Reader(text, {"exp": 1, **arities}, decimals).read(top, frozenset(variables))


@dataclass(frozen=True)
class _Reader:
    text: str
    functions: Mapping[str, int]
    decimals: bool

    def read(self, node: ast.expr, names: frozenset[str]) -> Node:
        readers: dict[type[ast.expr], Callable[..., Node]] = {
            ast.Constant: self._number,
            ast.Name: self._name,
            ast.UnaryOp: self._minus,
            ast.BinOp: self._operation,
            ast.Call: self._call,
        }
        reader = readers.get(type(node))
        return reader(node, names) if reader else self._refuse(node, f"only {_TAKES} are taken")

    def _number(self, node: ast.Constant, _: frozenset[str]) -> Number:
        written = _DECIMAL.fullmatch(ast.get_source_segment(self.text, node) or "") if self.decimals else None
        if written and len(digits := written[1] + written[2]) <= _DIGITS:
            return Number(int(digits), len(written[2]))
        if type(node.value) is not int or node.value > LARGEST:
            self._refuse(node, f"a number is whole and at most {LARGEST}; write 1/2 for a half")
        return Number(node.value)

    def _name(self, node: ast.Name, names: frozenset[str]) -> Name:
        if node.id not in names:
            self._refuse(node, f"the name is not declared; declared are {', '.join(sorted(names)) or 'none'}")
        return Name(node.id)

    def _minus(self, node: ast.UnaryOp, names: frozenset[str]) -> Minus:
        if not isinstance(node.op, ast.USub):
            self._refuse(node, "minus is the only sign that stands before a term")
        return Minus(self.read(node.operand, names))

    def _operation(self, node: ast.BinOp, names: frozenset[str]) -> Operation:
        operator = _OPERATORS.get(type(node.op))
        if operator is None:
            self._refuse(node, "terms are joined by + - * / **")
        if operator == "**" and any(isinstance(inner, ast.Pow) for inner in ast.walk(node.right)):
            self._refuse(node, "an exponent holds no power")
        return Operation(operator, self.read(node.left, names), self.read(node.right, names))

    def _call(self, node: ast.Call, names: frozenset[str]) -> Call:
        function = node.func.id if isinstance(node.func, ast.Name) else None
        known = {**self.functions, **BINDERS}
        if function is None or function not in known:
            self._refuse(node, f"there is no such function; only {_TAKES} are taken")
        if node.keywords or len(node.args) != known[function]:
            self._refuse(node, f"{function} takes {known[function]} plain arguments")
        return self._binder(function, node, names) if function in BINDERS else self._plain(function, node, names)

    def _plain(self, function: str, node: ast.Call, names: frozenset[str]) -> Call:
        first = self._condition if function == SELECT else self.read
        return Call(function, (first(node.args[0], names), *(self.read(one, names) for one in node.args[1:])))

    def _condition(self, node: ast.expr, names: frozenset[str]) -> Operation:
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _COMPARISONS:
            self._refuse(node, f"the first argument of {SELECT} compares two terms by < <= > >=")
        sides = self.read(node.left, names), self.read(node.comparators[0], names)
        return Operation(_COMPARISONS[type(node.ops[0])], *sides)

    def _binder(self, function: str, node: ast.Call, names: frozenset[str]) -> Call:
        formula, variable, *rest = node.args
        if not isinstance(variable, ast.Name):
            self._refuse(node, f"the second argument of {function} is a variable")
        # A derivative is taken at a point, so its variable has a value; Limit and Subs bring a variable of their own.
        if function != "Derivative" and variable.id in names:
            self._refuse(node, f"{variable.id} means something already; give {function} a variable of its own")
        inner = names if function == "Derivative" else names | {variable.id}
        arguments = (self.read(formula, inner), self.read(variable, inner))
        return Call(function, arguments + tuple(self.read(one, names) for one in rest))

    def _refuse(self, node: ast.expr, why: str) -> NoReturn:
        piece = ast.get_source_segment(self.text, node) or self.text
        raise ValueError(f"{piece!r}, at column {node.col_offset + 1} of {self.text!r}: {why}")
