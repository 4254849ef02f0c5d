"""Conventions as code: in Python, C# and C. A printer of trees for each, which shares nothing with the evaluation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sigmoid_parity.diagnosis.arithmetic import FORMATS, OWN, Arithmetic
from sigmoid_parity.diagnosis.catalogue import Convention, Form
from sigmoid_parity.notation import SELECT, Call, Minus, Name, Node, Number, Operation

# A parameter's value for the tests: what is met, or a number of many digits.
VALUES = {
    "sigmoid-alpha": (2.0, 1.702, 4.9, 0.5, 0.1234567890123456, -3.0),
    "sigmoid-temperature": (3.0,),
    "sigmoid-base": (2.71828, 2.0),
    "sigmoid-cut-off": (20.0, 45.0, 8.333333333333334),
    "sigmoid-argument-clamped": (500.0, 50.0),
    "sigmoid-result-clamped": (1e-7, 1e-15),
    "sigmoid-scaled": (1.9, 0.5),
    "tanh-cut-off": (10.0,),
    "derivative-of-y-alpha": (1.9, 2.0),
    "derivative-of-y-offset": (0.1,),
    "derivative-of-x-scaled": (1.9, 0.5),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A convention as it is put into code.

    :ivar convention: which.
    :ivar form: its order of operations.
    :ivar arithmetic: its formats.
    :ivar parameter: the value of its parameter, if it has one.
    """

    convention: Convention
    form: Form
    arithmetic: Arithmetic
    parameter: float | None


def every(convention: Convention) -> list[Printed]:
    """All forms of a convention in all its arithmetics, each with one value; the first form with all the values."""
    values = VALUES.get(convention.id, (1.75,)) if convention.parameter else (None,)
    return [
        Printed(convention, form, arithmetic, value)
        for form in convention.forms
        for arithmetic in convention.arithmetics
        if arithmetic.possible
        for value in (values if form is convention.forms[0] and arithmetic.id == "binary64" else values[:1])
    ]


class Python:
    """Prints a tree as Python."""

    def write(self, node: Node) -> str:  # noqa: C901, PLR0911 - a case a kind of node
        match node:
            case Number(value, places):
                return repr(value / 10**places)
            case Name(name):
                return name
            case Minus(operand):
                return f"(-{self.write(operand)})"
            case Operation("**", left, right):
                return f"pow_({self.write(left)}, {self.write(right)})"
            case Operation("/", left, right):
                return f"divide({self.write(left)}, {self.write(right)})"
            case Operation(operator, left, right):
                return f"({self.write(left)} {operator} {self.write(right)})"
            case Call(function, (condition, one, other)) if function == SELECT:
                return f"({self.write(one)} if {self.write(condition)} else {self.write(other)})"
            case Call(function, arguments):
                return f"{function}_({', '.join(map(self.write, arguments))})"


def _divide(one: float, other: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(one) / np.float64(other))


def _guarded(function: Callable[..., float]) -> Callable[..., float]:
    def call(*values: float) -> float:
        try:
            return function(*values)
        except OverflowError:
            return -math.inf if function is math.pow and values[0] < 0.0 and values[1] % 2.0 == 1.0 else math.inf
        except ValueError:
            return -math.inf if (function, values[0]) in ((math.log, 0.0), (math.log1p, -1.0)) else math.nan

    return call


def _greater(one: float, other: float) -> float:
    if math.isnan(one) or math.isnan(other):
        return math.nan
    return one + other if one == other == 0.0 else max(one, other)


NAMES: Final[dict[str, Callable[..., float]]] = {
    "divide": _divide,
    "min_": lambda one, other: -_greater(-one, -other),
    "max_": _greater,
    "abs_": abs,
    **{
        f"{name}_": _guarded(getattr(math, name))
        for name in ("exp", "expm1", "log", "log1p", "tanh", "cosh", "atan", "erf", "sqrt", "pow")
    },
}


def python(printed: Printed) -> Callable[[float], float]:
    """Compile a convention in binary64 as a Python function of a float."""
    parameter = printed.convention.parameter
    names: dict[str, Any] = dict(NAMES) | ({parameter.name: printed.parameter} if parameter else {})
    source = f"lambda {printed.convention.takes}: {Python().write(printed.form.node)}"
    return eval(source, names)  # type: ignore[no-any-return]  # noqa: S307 - printed from our own tree


@dataclass(frozen=True, slots=True)
class _Typed:
    """Prints a tree in a language with types.

    :ivar type: of operations.
    :ivar wide: of the functions' arguments.
    :ivar names: what functions are called.
    :ivar suffix: what their names end in.
    :ivar parameter: its name and value, if there is one.
    :ivar cast: whether the results of operations are cast, so that they are rounded; x87 keeps them as they are.
    """

    type: str
    wide: str
    names: dict[str, str]
    suffix: str
    parameter: tuple[str, float] | None
    cast: bool = True

    def write(self, node: Node) -> str:  # noqa: C901, PLR0911 - a case a kind of node
        match node:
            case Number(value, places):
                return f"(({self.type}){value / 10**places!r})"
            case Name(name):
                return f"(({self.type}){self.parameter[1]!r})" if self.parameter and name == self.parameter[0] else name
            case Minus(operand):
                return f"(-{self.write(operand)})"
            case Operation("**", left, right):
                return self.call("pow", left, right)
            case Operation("<" | "<=" | ">" | ">=" as operator, left, right):
                return f"({self.write(left)} {operator} {self.write(right)})"
            case Operation(operator, left, right):
                whole = f"({self.write(left)} {operator} {self.write(right)})"
                return f"(({self.type}){whole})" if self.cast else whole
            case Call(function, (condition, one, other)) if function == SELECT:
                return f"({self.write(condition)} ? {self.write(one)} : {self.write(other)})"
            case Call(function, arguments):
                return self.call(function, *arguments)

    def call(self, function: str, *arguments: Node) -> str:
        name = self.names.get(function, function) + self.suffix
        return f"(({self.type}){name}({', '.join(f'({self.wide}){self.write(one)}' for one in arguments)}))"


_CSHARP = {
    **{
        name: f"Math.{name.capitalize()}"
        for name in ("exp", "log", "tanh", "cosh", "atan", "abs", "sqrt", "min", "max")
    },
    "pow": "Math.Pow",
}
_C = {"abs": "fabs", "min": "lesser", "max": "greater"}
_C_TYPES = {"binary64": "double", "binary32": "float", "extended": "long double", "binary16": "_Float16"}
_SUFFIXES = {"double": "", "float": "f", "long double": "l"}
_IDS = {dtype: name for name, dtype in FORMATS.items() if name != OWN}
LACKING = frozenset({"log1p", "expm1", "erf"})
"""What C#'s Math does not have."""


def _parameter(printed: Printed) -> tuple[str, float] | None:
    parameter = printed.convention.parameter
    return (parameter.name, printed.parameter) if parameter and printed.parameter is not None else None


def csharp(printed: Printed, name: str) -> str:
    """Print a convention as a C# method; exp and its like are those of Math, in binary64."""
    arithmetic = printed.arithmetic
    kind = "float" if arithmetic.operations == np.float32 else "double"
    tree = _Typed(kind, "double", _CSHARP, "", _parameter(printed)).write(printed.form.node)
    argument = "(float)value" if arithmetic.argument == np.float32 else "value"
    result = f"(float)({tree})" if arithmetic.result == np.float32 else tree
    takes = printed.convention.takes
    return f"public double {name}(double value) {{ {kind} {takes} = ({kind}){argument}; return {result}; }}"


def c(printed: Printed, name: str) -> str:
    """Print a convention as a C function; on x87 it is plain C, which the compiler's option makes x87's."""
    arithmetic = printed.arithmetic
    x87 = arithmetic.operations == FORMATS["extended"] and arithmetic.functions == np.float64
    kind = "double" if x87 else _C_TYPES[_IDS[arithmetic.operations]]
    wide = "double" if x87 else _C_TYPES[_IDS[arithmetic.functions]]
    tree = _Typed(kind, wide, _C, _SUFFIXES[wide], _parameter(printed), cast=not x87).write(printed.form.node)
    argument = f"({_C_TYPES[_IDS[arithmetic.argument]]})value" if arithmetic.argument is not None else "value"
    result = f"({_C_TYPES[_IDS[arithmetic.result]]})({tree})" if arithmetic.result is not None else tree
    takes = printed.convention.takes
    return f"static double {name}(double value) {{ {kind} {takes} = ({kind}){argument}; return (double){result}; }}"
