"""The rule that a step names must be what was done: instances and near misses, and what each rule states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson import rules, symbolic
from sigmoid_parity.lesson.checking import difference
from sigmoid_parity.lesson.derivations import Earlier, Step
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rulebook import Statement, load_rules
from sigmoid_parity.lesson.rules import RULES
from sigmoid_parity.lesson.rules.trees import put, replaced
from sigmoid_parity.notation import Call, Minus, Name, Node, Number
from tests.lesson.proofs import DERIVATIONS

TEXT: Texts = dict.fromkeys(("en", "ja", "zh"), "-")

NAMES = load_rules()

SIGMOID = DERIVATIONS["reciprocal-rule"]

SCOPE = Scope(dict.fromkeys("abcx", (1.0, 2.0)), SIGMOID.scope.definitions, frozenset({"f"}))


def misnamed(left: str, rule: str, right: str) -> str | None:
    """Name a rule for the step from one formula to another."""
    step = Step(1, SCOPE.read(right), rule, TEXT, TEXT, conditions=TEXT)
    return rules.misnamed(SCOPE.read(left), step, SCOPE)


@pytest.mark.parametrize(
    ("left", "rule", "right"),
    [
        ("a*(0 + b)", "adding-zero", "b*a"),
        ("(c*0*a + b)/c", "multiplying-by-zero", "(0 + b)/c"),
        ("a/b", "multiplying-by-one", "1*a/b"),
        ("a*(3 - 2*2)", "arithmetic", "a*(-1)"),
        ("a*(-b)*(-c)", "signs", "a*b*c"),
        ("a - (b - c)", "signs", "a + c - b"),
        ("a*b**3/c", "power-as-product", "b*b*b*a/c"),
        ("a*b**(-2)", "negative-exponent", "a/b**2"),
        ("a/exp(-x)", "exponent-laws", "a*exp(x)"),
        ("exp(x)**2*exp(a - x)", "exponent-laws", "exp(a + x)"),
        ("a*b/(c*x)", "product-of-fractions", "a/x*(b/c)"),
        ("a/(b/c)", "product-of-fractions", "a*c/b"),
        ("a*b**2/(b*c)", "cancelling", "a*b/c"),
        ("a/b", "extending", "a*c/(c*b)"),
        ("(a - b + c)/x", "term-by-term", "(a + c)/x - b/x"),
        ("a/b - 1/c", "common-denominator", "(a*c - b)/(b*c)"),
        ("a/(1 + b)", "add-and-subtract-one", "(1 + a - 1)/(1 + b)"),
        ("2*a*b - (b*a - c)", "like-terms", "a*b + c"),
        ("(a + b)**2", "expansion", "a**2 + a*b + a*b + b**2"),
        ("a*b - 2*a*c", "factoring", "a*(b - 2*c)"),
        ("a + Derivative(b*c, x)", "constant-rule", "a + 0"),
        ("Derivative(x, x)*a", "variable-rule", "1*a"),
        (
            "Derivative(a*x**2/b - x + c, x)",
            "linearity",
            "a*Derivative(x**2, x)/b - Derivative(x, x) + Derivative(c, x)",
        ),
        ("Derivative(x**(-3), x)", "power-rule", "-3*x**(-4)"),
        ("Derivative(exp(a*x), x)", "exponential-rule", "exp(a*x)*Derivative(a*x, x)"),
        ("Derivative(f(x**2), x)", "chain-rule", "Subs(Derivative(f(u), u), u, x**2)*Derivative(x**2, x)"),
        ("Derivative(a/x, x)", "quotient-rule", "(Derivative(a, x)*x - a*Derivative(x, x))/x**2"),
        ("Derivative(a*f(x), x)", "product-rule", "a*Derivative(f(x), x) + Derivative(a, x)*f(x)"),
        ("Limit((exp(h) - 1)/h, h, 0)", "limit-of-exponential", "1"),
        ("Derivative(1/f(x), x)", "reciprocal-rule", "-Derivative(f(x), x)/f(x)**2"),
        ("Derivative(sigma(a*x), x)", "sigmoid-rule", "sigma(a*x)*(1 - sigma(a*x))*Derivative(a*x, x)"),
        ("Limit((f(x + h) - f(x))/h, h, 0)", "derivative-as-limit", "Derivative(f(x), x)"),
        ("Limit(f(x + h)*exp(h), h, 0)", "product-of-limits", "Limit(exp(h), h, 0)*Limit(f(x + h), h, 0)"),
        ("Limit(-a*(h/x), h, 0)", "multiple-of-a-limit", "-a*Limit(h/x, h, 0)"),
        ("Limit(a/f(x + h), h, 0)", "continuity", "a/f(x)"),
        ("Subs(a*u**2, u, x + 1)", "substitution", "a*(x + 1)**2"),
        ("a*(1/(1 + exp(-b)))", "definition", "a*sigma(b)"),
    ],
)
def test_an_instance_is_one(left: str, rule: str, right: str) -> None:
    """At any place in a formula, in any order of terms and factors; and of no other rule."""
    assert misnamed(left, rule, right) is None
    others = [name for name in NAMES if name != rule and misnamed(left, name, right) is None]
    assert others == []


@pytest.mark.parametrize(
    ("left", "rule", "right"),
    [
        ("0 + a + b", "adding-zero", "a"),
        ("0 + 1*a", "adding-zero", "a"),
        ("a*b", "multiplying-by-one", "b*a"),
        ("a - (b - c)", "signs", "a - b - c"),
        ("a*(-b)", "signs", "a*b"),
        ("a*b**3", "power-as-product", "a*b*b"),
        ("a*b**(-2)", "negative-exponent", "a/b"),
        ("exp(a)*exp(b)", "exponent-laws", "exp(a*b)"),
        ("a*b/(c*x)", "product-of-fractions", "a/c*(b/c)"),
        ("(a + b)/(a + c)", "cancelling", "b/c"),
        ("0*a/(0*b)", "cancelling", "a/b"),
        ("(a + b)/x", "term-by-term", "a/x + b"),
        ("1/b - 1/c", "common-denominator", "(b - c)/(b*c)"),
        ("a", "add-and-subtract-one", "a + 1"),
        ("(a + b)**2", "expansion", "a**2 + 2*a*b + b**2"),
        ("a*b - a*c", "factoring", "a*(b + c)"),
        ("Derivative(a*x, x)", "constant-rule", "0"),
        ("Derivative(sigma(x), x)", "constant-rule", "0"),
        ("Derivative(a, x)", "variable-rule", "1"),
        ("Derivative(x*f(x), x)", "linearity", "x*Derivative(f(x), x)"),
        ("Derivative(x**(-3), x)", "power-rule", "-3*x**(-2)"),
        ("Derivative(f(x)**2, x)", "power-rule", "2*f(x)"),
        ("Derivative(exp(a*x), x)", "exponential-rule", "exp(a*x)"),
        ("Derivative(x*f(a*x), x)", "chain-rule", "Subs(Derivative(x*f(u), u), u, a*x)*Derivative(a*x, x)"),
        ("Derivative(f(x**2), x)", "chain-rule", "Subs(Derivative(f(u), u), u, x**2)*Derivative(x, x)"),
        ("Derivative(a/x, x)", "quotient-rule", "(a*Derivative(x, x) - Derivative(a, x)*x)/x**2"),
        ("Derivative(x*f(x), x)", "product-rule", "x*Derivative(f(x), x) - Derivative(x, x)*f(x)"),
        ("Limit((exp(2*h) - 1)/h, h, 0)", "limit-of-exponential", "1"),
        ("Derivative(1/f(x), x)", "reciprocal-rule", "Derivative(f(x), x)/f(x)**2"),
        ("Derivative(f(a*x), x)", "sigmoid-rule", "f(a*x)*(1 - f(a*x))*Derivative(a*x, x)"),
        ("Limit((f(x + h) - f(x))/h, h, 0)", "derivative-as-limit", "Derivative(f(a), a)"),
        ("Limit(f(x + h) + exp(h), h, 0)", "product-of-limits", "Limit(exp(h), h, 0)*Limit(f(x + h), h, 0)"),
        ("Limit(h*f(x + h), h, 0)", "multiple-of-a-limit", "a*Limit(f(x + h), h, 0)"),
        ("Limit((f(x + h) - f(x))/h, h, 0)", "continuity", "(f(x) - f(x))/x"),
        ("Limit(f(x + h)*h, h, 0)", "continuity", "f(x)*0"),
        ("Limit(f(x + 2*h), h, 0)", "continuity", "f(x)"),
        ("Limit(a/(f(x + h) - f(x)), h, 0)", "continuity", "a/(f(x) - f(x))"),
        ("Limit((f(x + h) - f(x))**(-2), h, 0)", "continuity", "(f(x) - f(x))**(-2)"),
        ("Subs(Derivative(u**2, u), u, x)", "substitution", "Derivative(x**2, x)"),
        ("a/(1 + exp(-b))", "definition", "a*sigma(b)"),
        ("a", "signs", "a"),
    ],
)
def test_a_near_miss_is_none(left: str, rule: str, right: str) -> None:
    """One letter, sign or term off, or a second rule used silently: not an instance."""
    assert misnamed(left, rule, right) is not None


@pytest.mark.parametrize("name", [one.id for one in NAMES.values() if isinstance(one.states, Statement)])
def test_a_rule_states_what_is_so(name: str) -> None:
    """Every statement agrees in 50 digits at every point, and SymPy proves it; the power rule for whole exponents."""
    states = NAMES[name].states
    assert isinstance(states, Statement)
    assert difference(states.left, states.right, states.scope) is None
    for n in range(-3, 5) if name == "power-rule" else (0,):
        left, right = (put(one, "n", Number(n) if n >= 0 else Minus(Number(-n))) for one in (states.left, states.right))
        assert symbolic.equal(left, right, states.scope)


def test_what_is_called_proved_is_proved() -> None:
    """The derivation that a rule names has its statement, or the one with f(x) = x, and does not use the rule."""
    proved = {rule.id: rule for rule in NAMES.values() if rule.proof is not None}
    assert proved.keys() == {"exponential-rule", "quotient-rule", "reciprocal-rule", "sigmoid-rule"}
    for rule in proved.values():
        derivation = DERIVATIONS[rule.proof or ""]
        assert rule.id not in {step.rule_id for step in derivation.steps}
        states = rule.states
        assert isinstance(states, Statement)
        same_scope = replace(derivation.scope, definitions=states.scope.definitions, unknowns=states.scope.unknowns)
        taken = states if derivation.scope.unknowns else Statement(same_scope, *map(_of_x, (states.left, states.right)))
        for one, other in ((taken.left, derivation.left), (taken.right, derivation.right)):
            assert symbolic.equal(one, other, taken.scope)


def _of_x(node: Node) -> Node:
    """Put x for f(x)."""
    return replaced(node, {Call("f", (Name("x"),)): Name("x")})


def test_an_earlier_result_is_not_stretched() -> None:
    """Another name for its one variable is an instance; one name for two of its variables is not, nor a false side."""
    scope = Scope({"x": (1.0, 2.0), "a": (1.0, 2.0)}, {}, frozenset())
    of_two = Earlier("two", scope, scope.read("Derivative(x*a, x)"), scope.read("a"))
    one = Earlier("one", replace(scope, variables={"x": (1.0, 2.0)}), scope.read("exp(-x)"), scope.read("1/exp(x)"))
    for left, right, of, is_one in (
        ("b*Derivative(x*a, x)", "b*a", of_two, True),
        ("Derivative(b*b, b)", "b", of_two, False),
        ("1/exp(b)", "exp(-b)", one, True),
        ("exp(-b)", "1/exp(c)", one, False),
    ):
        step = Step(1, SCOPE.read(right), "earlier-result", TEXT, TEXT, of=of)
        assert (rules.misnamed(SCOPE.read(left), step, SCOPE) is None) is is_one, left


def test_every_rule_is_used_and_can_be_checked() -> None:
    """The rules that have names, those that can be recognised, and those that some step uses are the same."""
    used = {step.rule_id for one in DERIVATIONS.values() for step in one.steps}
    assert {*RULES, "definition", "earlier-result"} == NAMES.keys() == used
