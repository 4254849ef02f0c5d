"""False statements about limits: neither checker, alone, may take a value from one side for the limit."""

from __future__ import annotations

import pytest

from sigmoid_parity.lesson import checking, numeric, symbolic
from sigmoid_parity.lesson.formulas import Scope

SCOPE = Scope({"x": (0.5, 2.0)}, {}, frozenset({"f"}))
FALSE = [
    ("Limit(1/(1 + exp(-1/h))*x, h, 0)", "x"),
    ("Limit((h**2)**(1/2)/h, h, 0)", "1"),
    ("Limit((h**2)**(1/2)/h*f(x + h), h, 0)", "f(x)"),
    ("Limit(f(x + (h**2)**(1/2))/h - f(x)/h, h, 0)", "Derivative(f(x), x)"),
    ("Limit(0**h*f(x + h), h, 0)", "f(x)"),
    ("Limit(1/h**2, h, 0)", "Limit(2/h**2, h, 0)"),
]


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_sympy_alone_proves_no_limit_from_one_side(left: str, right: str) -> None:
    """SymPy's limits from both sides differ, or are none: nothing is proved of them."""
    assert not symbolic.equal(SCOPE.read(left), SCOPE.read(right), SCOPE)


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_mpmath_alone_finds_no_limit_from_one_side(left: str, right: str) -> None:
    """The values from the left go elsewhere, or there are none: the formula has no value."""
    found = checking.difference(SCOPE.read(left), SCOPE.read(right), SCOPE)
    assert found is not None
    assert found.left.startswith("without a value")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Limit(1/(1 + exp(-1/h)), h, 0)", "a limit has another value from the left: 0.0, not 1.0"),
        ("Limit((h**2)**(1/2)/h, h, 0)", "a limit has another value from the left: -1.0, not 1.0"),
        ("Limit(h**(1/2), h, 0)", "a limit does not settle"),
        ("Limit(1/h, h, 0)", "a limit does not settle"),
    ],
)
def test_the_message_says_what_the_two_sides_do(text: str, message: str) -> None:
    """Each kind of limit that does not exist is named."""
    point = numeric.points(SCOPE)[0]
    with pytest.raises(ArithmeticError, match=message):
        numeric.evaluate(SCOPE.read(text), SCOPE, point)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Limit(1/(1 + exp(-1/h**2))*x, h, 0)", "x"), ("Limit((h**2)**(1/2)*x, h, 0)", "0"), ("Limit(h, h, 0)", "0")],
)
def test_a_limit_that_both_sides_have_is_proved(left: str, right: str) -> None:
    """Both sides agree: limits of the same shape, which do exist, pass in both ways."""
    assert symbolic.equal(SCOPE.read(left), SCOPE.read(right), SCOPE)
    assert checking.difference(SCOPE.read(left), SCOPE.read(right), SCOPE) is None
