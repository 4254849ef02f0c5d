"""Formulas: what is read, what is refused, and that each way of writing says the same."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sigmoid_parity import notation
from sigmoid_parity.notation import OPERATORS, Call, Minus, Name, Node, Number, Operation, latex, mathml, parse, plain

VALUES = {"x": Fraction(3, 7), "t_1": Fraction(-5, 3)}
LEAVES: st.SearchStrategy[Node] = st.sampled_from([Number(2), Number(13), Name("x"), Name("t_1")])


def grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    joined = st.builds(Operation, st.sampled_from(["+", "-", "*", "/"]), inner, inner)
    return st.one_of(st.builds(Minus, inner), joined, st.builds(Operation, st.just("**"), inner, st.just(Number(2))))


TREES = st.recursive(LEAVES, grow, max_leaves=12)


def value(node: Node) -> Fraction:
    """The exact value of a formula of numbers, names and operators."""
    match node:
        case Number(number):
            return Fraction(number)
        case Name(name):
            return VALUES[name]
        case Minus(operand):
            return -value(operand)
        case Operation(operator, left, right):
            found: Fraction = OPERATORS[operator](value(left), int(value(right)) if operator == "**" else value(right))
            return found
        case Call():
            raise AssertionError(node)


def reread(text: str, node: Node) -> None:
    """A formula, written and put back into SymPy's way of writing, has the value that it had."""
    try:
        true = value(node)
    except ZeroDivisionError:
        assume(False)
    assert value(parse(text, VALUES)) == true, text


def from_latex(text: str) -> str:
    """Undo LaTeX by its own rules, not by ours: braces group, a thin space or a dot multiplies."""
    text = text.replace(r"\left", "").replace(r"\right", "").replace(r"\cdot", "*").replace(r"\,", "*")
    text = re.sub(r"_\{(\d)\}", r"_\1", text)
    while found := re.search(r"\\frac(\{[^{}]*\})(\{[^{}]*\})|\^(\{[^{}]*\})", text):
        top, bottom, power = (part and f"({part[1:-1]})" for part in found.groups())
        text = text[: found.start()] + (f"**{power}" if power else f"({top}/{bottom})") + text[found.end() :]
    return text


def from_mathml(element: ET.Element) -> str:
    """Undo MathML by its own rules: rows stand in a row, fractions and powers keep their parts apart."""
    parts = [from_mathml(child) for child in element]
    match element.tag:
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            return f"{parts[0]}**({parts[1]})"
        case "msub":
            return f"{parts[0]}_{parts[1]}"
        case "mo":
            signs = {"\u2062": "*", "·": "*", "\u2212": "-"}
            return signs.get(element.text or "", element.text or "")
        case _:
            return "".join(parts) or element.text or ""


@given(TREES)
def test_plain_text_says_the_same(node: Node) -> None:
    """Brackets stand where they are needed: the text, read again, has the same value."""
    reread(re.sub(r"\bt1\b", "t_1", plain(node)).replace("·", "*").replace("^", "**"), node)


@given(TREES)
def test_latex_says_the_same(node: Node) -> None:
    """The same of LaTeX, undone by a reader of its own."""
    reread(from_latex(latex(node)), node)


@given(TREES)
def test_mathml_says_the_same(node: Node) -> None:
    """The same of MathML, which is well-formed XML."""
    reread(from_mathml(ET.fromstring(f"<math>{mathml(node)}</math>")), node)  # noqa: S314 - our own


@given(TREES)
def test_no_sign_stands_behind_a_sign(node: Node) -> None:
    """Brackets keep signs apart."""
    for text in (plain(node), latex(node).replace(r"\cdot", "·")):
        assert not re.search(r"[-+·/] ?-", text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "exp.__class__",
        "x.real",
        "x[0]",
        "'x'",
        "lambda: x",
        "[x for x in x]",
        "x if x else x",
        "(x := 2)",
        "x and x",
        "x < 2",
        "x // 2",
        "x @ x",
        "+x",
        "~x",
        "1.5",
        "1e3",
        "1j",
        "True",
        "None",
        "1001",
        "2**x**x",
        "2**(1 + x**2)",
        "exp",
        "exp()",
        "exp(x, x)",
        "exp(*x)",
        "exp(x, evaluate=False)",
        "exp(x)(x)",
        "sin(x)",
        "y",
        "Derivative(x)",
        "Derivative(x, 2)",
        "Derivative(x, y)",
        "Limit(h, h, h)",
        "Subs(x, x, 1)",
        "",
        "x +",
        "x; x",
        "import os",
        "\0",
        "x" * 401,
        "(" * 300 + "x" + ")" * 300,
    ],
)
def test_all_else_is_refused(text: str) -> None:
    """Nothing but numbers, declared names, operators and known calls is read; the message shows what was written."""
    with pytest.raises(ValueError, match=r"does not parse|at column \d+ of|has \d+ characters"):
        parse(text, {"x"})


def test_nothing_is_run(tmp_path: Any) -> None:
    """A call that is planted in a formula is refused, and has not been made."""
    mark = tmp_path / "made"
    with pytest.raises(ValueError, match="there is no such function"):
        parse(f"__import__('pathlib').Path({str(mark)!r}).touch()", {"x"})
    assert not mark.exists()


@pytest.mark.parametrize(
    ("text", "as_plain", "as_latex"),
    [
        ("Derivative(1, x)*x", "(d/dx 1) · x", r"\left(\frac{d}{dx} 1\right) \, x"),
        ("x*Derivative(x + 1, x)", "x · d/dx (x + 1)", r"x \, \frac{d}{dx} \left(x + 1\right)"),
        ("Limit(x/h, h, 0)*x", "(lim[h → 0] x/h) · x", r"\left(\lim_{h \to 0} \frac{x}{h}\right) \, x"),
        ("Subs(-u**2, u, x)", "[-u^2 at u = x]", r"\left. -u^{2} \right|_{u = x}"),
        ("exp(-x)**2", "exp(-x)^2", r"\left(e^{-x}\right)^{2}"),
        ("sigma(x)*2", "σ(x) · 2", r"\sigma\left(x\right) \cdot 2"),
        ("epsilon*x", "ε · x", r"\epsilon \, x"),
        ("x - (x - 1)", "x - (x - 1)", r"x - \left(x - 1\right)"),
        ("x + (-1)", "x + (-1)", r"x + \left(-1\right)"),
    ],
)
def test_what_has_no_other_reader(text: str, as_plain: str, as_latex: str) -> None:
    """Derivatives, limits and functions are written as in the documents, brackets included."""
    node = parse(text, {"x", "epsilon"}, {"sigma"})
    assert (plain(node), latex(node)) == (as_plain, as_latex)
    ET.fromstring(f"<math>{mathml(node)}</math>")  # noqa: S314 - our own


NUMERIC = {"select": 3, "max": 2, "tanh": 1}


@pytest.mark.parametrize(
    ("text", "as_plain", "as_latex"),
    [
        ("select(x <= -0.50, max(x, 1), 1.702*x)", "select(x <= -0.50, max(x, 1), 1.702 · x)", r"x \le -0.50"),
        ("select(x - 1 > tanh(x), 0.05, 2)", "select(x - 1 > tanh(x), 0.05, 2)", r"x - 1 > tanh"),
    ],
)
def test_what_a_caller_declares_besides(text: str, as_plain: str, as_latex: str) -> None:
    """Decimals, functions of several arguments, and a comparison in select; the derivations refuse it all."""
    node = parse(text, {"x"}, NUMERIC, decimals=True)
    assert plain(node) == as_plain
    assert as_latex in latex(node)
    ET.fromstring(f"<math>{mathml(node)}</math>")  # noqa: S314 - our own
    with pytest.raises(ValueError, match=r"at column \d+ of"):
        parse(text, {"x"}, {"select", "max", "tanh"})


@pytest.mark.parametrize(
    "text",
    [
        *("x < 2", "max(x < 2, 1)", "select(x, 1, 2)", "select(x < 1 < 2, 1, 2)", "select(x == 1, 1, 2)"),
        *(
            "select(1, x < 2, 2)",
            "select(x < 1, 1)",
            "tanh(x, x)",
            "max(x)",
            "1e5",
            "1_0.5",
            ".5",
            "5.",
            "0.123456789012345678",
        ),
    ],
)
def test_all_else_is_refused_there_too(text: str) -> None:
    """A comparison stands nowhere but in a condition, and a number has digits on both sides of its point."""
    with pytest.raises(ValueError, match=r"at column \d+ of"):
        parse(text, {"x"}, NUMERIC, decimals=True)


def test_decimals_are_written_as_they_were() -> None:
    """A number is its digits and the place of its point, and has the value of the decimal."""
    node = parse("0.050", (), decimals=True)
    assert node == Number(50, 3)
    assert isinstance(node, Number)
    assert (node.text, node.value / 10**node.places) == ("0.050", 0.05)


def test_every_name_is_exported() -> None:
    """The package's list of names is complete."""
    assert all(hasattr(notation, name) for name in notation.__all__)
