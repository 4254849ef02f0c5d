"""The derivations: every step proved, every planted mistake found and named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import mpmath
import pytest
import sympy
import yaml

from sigmoid_parity import activation, resources
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson import Check, check, numeric, symbolic
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.numeric import Point
from sigmoid_parity.notation import Minus, plain
from tests.lesson.proofs import DERIVATIONS, alone, checked

SIGMOID = DERIVATIONS["reciprocal-rule"]
NO_TEXT: Texts = dict.fromkeys(("en", "ja", "zh"), "-")


def in_x(text: str, before: str) -> Check:
    """Check one step between two formulas in x, sigma and any f."""
    scope = Scope({"x": (-2.0, 2.0)}, SIGMOID.scope.definitions, {"f"})
    step = Step(1, scope.read(text), "signs", NO_TEXT, NO_TEXT)
    (checked,) = check(replace(SIGMOID, scope=scope, left=scope.read(before), steps=[step]))
    return checked


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_every_step_is_proved(derivation: Derivation) -> None:
    """Each step equals the one before it, by SymPy and at 50 digits, and is an instance of the rule that it names."""
    assert [one.problem for one in checked(derivation.id)] == [None] * len(derivation.steps)


def test_they_are_the_documents() -> None:
    """At least 45 steps; D0's seven lines and D3's sixteen steps; the chain rule for both of D4's weights."""
    counts = {name: len(one.steps) for name, one in DERIVATIONS.items()}
    assert sum(counts.values()) >= 45
    assert [len(lines(name)) for name in ("quotient-rule", "reciprocal-rule")] == [7, 16]
    assert {key for one in DERIVATIONS.values() for key in one.sources} == {"D0", "D1", "D2", "D3", "D4"}
    assert {"network-output-weight", "network-hidden-weight", "reciprocal-rule-from-limits"} < counts.keys()


def lines(name: str) -> list[str]:
    """The document's own lines of a derivation."""
    return [plain(step.formula) for step in DERIVATIONS[name].steps if step.line is not None]


def test_lines_are_as_the_documents_write_them() -> None:
    """Between the lines of D0 and D3 stand steps of ours; the lines themselves are these, in this order."""
    u = "(1 + exp(-a))"
    assert lines("quotient-rule") == [
        f"((d/da 1) · {u} - 1 · d/da {u})/{u}^2",
        f"(0 - (-exp(-a)))/{u}^2",
        f"1/{u} · (exp(-a)/{u})",
        f"σ(a) · (exp(-a)/{u})",
        f"σ(a) · ((1 + exp(-a) - 1)/{u})",
        f"σ(a) · (1 - 1/{u})",
        "σ(a) · (1 - σ(a))",
    ]
    u = "(1 + exp(-x))"
    assert lines("reciprocal-rule") == [
        f"d/dx (1/{u})",
        f"d/dx {u}^(-1)",
        f"-{u}^(-2) · d/dx {u}",
        f"-{u}^(-2) · (d/dx 1 + d/dx exp(-x))",
        f"-{u}^(-2) · (0 + d/dx exp(-x))",
        f"-{u}^(-2) · (exp(-x) · d/dx (-x))",
        f"-{u}^(-2) · (exp(-x) · (-d/dx x))",
        f"-{u}^(-2) · (exp(-x) · (-1))",
        f"{u}^(-2) · exp(-x)",
        f"exp(-x)/{u}^2",
        f"1 · exp(-x)/({u} · {u})",
        f"1/{u} · (exp(-x)/{u})",
        f"1/{u} · ((exp(-x) + 1 - 1)/{u})",
        f"1/{u} · ({u}/{u} - 1/{u})",
        f"1/{u} · (1 - 1/{u})",
        "σ(x) · (1 - σ(x))",
    ]


def test_limits_state_their_conditions() -> None:
    """What needs a continuous f that is not zero says so; no other rule has conditions."""
    stated = {(one.id, step.rule_id) for one in DERIVATIONS.values() for step in one.steps if step.conditions}
    rules = ("derivative-as-limit", "product-of-limits", "continuity")
    assert stated == {("reciprocal-rule-from-limits", rule) for rule in rules}


def test_a_wrong_step_is_named() -> None:
    """Its number, both sides, and a point with both values, which are right there."""
    wrong = alone(SIGMOID, 10, Minus(SIGMOID.steps[9].formula))
    found = re.fullmatch(
        r"step 10: (.*) is not shown to equal (.*); at x = (\S+) the first is (\S+), the second (\S+)",
        wrong.problem or "",
    )
    assert found
    before, after, x, left, right = found.groups()
    assert before == "-(1 + exp(-x))^(-2) · (exp(-x) · (-1))"
    assert after == "-(1 + exp(-x))^(-2) · exp(-x)"
    slope = activation(float(x)) * (1.0 - activation(float(x)))
    assert (float(left), float(right)) == pytest.approx((slope, -slope), rel=1e-14)


def test_one_wrong_step_among_all() -> None:
    """The step with the mistake is the first that is named, and the ones before it stand."""
    steps = [replace(one, formula=Minus(one.formula)) if one.number == 5 else one for one in SIGMOID.steps]
    verdicts = [one.verdict for one in check(replace(SIGMOID, steps=steps))]
    assert verdicts == ["proved"] * 4 + ["wrong"] * 2 + ["proved"] * 12


def test_no_proof_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the values agree and SymPy finds no proof, the step is unproved, and says so."""
    monkeypatch.setattr(symbolic, "equal", lambda *_: False)
    checked = alone(SIGMOID, 1, SIGMOID.steps[0].formula)
    assert checked.verdict == "unproved"
    assert "the values agree, but SymPy finds no proof" in (checked.problem or "")


def test_a_false_proof_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are independent of SymPy: where it proved everything, a wrong step would still be wrong."""
    monkeypatch.setattr(symbolic, "equal", lambda *_: True)
    assert alone(SIGMOID, 1, Minus(SIGMOID.steps[0].formula)).verdict == "wrong"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Limit((exp(h) - 1)/h, h, 0)", "1"),
        ("Limit((sigma(x + h) - sigma(x - h))/(2*h), h, 0)", "sigma(x)*(1 - sigma(x))"),
        ("Limit((f(x + h) - f(x - h))/h, h, 0)", "2*Derivative(f(x), x)"),
        ("Limit(f(x + h)*f(x - 3*h), h, 0)", "f(x)**2"),
        ("Subs(Derivative(exp(2*u), u), u, x)", "2*exp(x)**2"),
    ],
)
def test_limits_and_derivatives_that_are_known(before: str, after: str) -> None:
    """Both ways take limits and derivatives as they are known to be, also of unknown functions."""
    found = in_x(after, before)
    assert (found.symbolic, found.difference) == (True, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Limit((f(x + h) - f(x))/h, h, 0)", "f(x)"),
        ("Limit((f(x + h) + f(x))/h, h, 0)", "Derivative(f(x), x)"),
        ("Limit(1/h, h, 0)", "0"),
        ("x**2", "x**2 + 1/(1 - 1)"),
        ("x/x", "1 + (x - x)**3*exp(x) + 1/1000"),
    ],
)
def test_what_is_not_so_is_not_proved(before: str, after: str) -> None:
    """A limit that does not exist, a division by zero or a small difference is neither proved nor passed."""
    checked = in_x(after, before)
    assert (checked.verdict, checked.symbolic) == ("wrong", False)


def test_values_have_fifty_digits() -> None:
    """Derivatives and limits agree with closed forms, computed apart, to 50 digits."""
    scope = SIGMOID.scope
    point = Point({"x": "1.25"}, {})
    with mpmath.workdps(70):
        z = mpmath.exp(mpmath.mpf("-1.25"))
        slope = z / (1 + z) ** 2
        second = -slope * (1 - z) / (1 + z)
        for text, true in (
            ("Derivative(sigma(x), x)", slope),
            ("Derivative(Derivative(sigma(x), x), x)", second),
            ("Limit((sigma(x + h) - sigma(x))/h, h, 0)", slope),
        ):
            value = numeric.evaluate(scope.read(text), scope, point)
            assert abs(mpmath.mpf(value) / true - 1) < mpmath.mpf(10) ** -50, text


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_sympy_reads_the_same(derivation: Derivation) -> None:
    """SymPy's own reader makes of each expression in the file what ours makes of it."""
    path = resources.fixtures_dir() / "derivations" / derivation.file
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    local: dict[str, Any] = {name: sympy.Symbol(name, real=True) for name in [*derivation.scope.variables, "h", "u"]}
    local |= {name: sympy.Function(name, real=True) for name in derivation.scope.unknowns}
    for name, one in derivation.scope.definitions.items():
        argument = sympy.Symbol(one.argument, real=True)
        body = symbolic.expression(
            one.formula, replace(derivation.scope, variables={**derivation.scope.variables, one.argument: (0, 1)})
        )
        local[name] = sympy.Lambda(argument, body)
    for step, entry in zip(derivation.steps, content["steps"], strict=True):
        difference = sympy.sympify(entry["expression"], locals=local) - symbolic.expression(
            step.formula, derivation.scope
        )
        numerator, _ = sympy.fraction(sympy.together(sympy.expand_power_exp(difference)))
        assert sympy.expand(numerator) == 0, entry["expression"]


def test_the_words_are_in_their_languages() -> None:
    """Japanese summaries have kana, Chinese has none, English neither; no sentence stands untranslated."""
    kana, han = re.compile("[\u3040-\u30ff]"), re.compile("[\u4e00-\u9fff]")
    for derivation in DERIVATIONS.values():
        texts = [derivation.title, derivation.summary]
        texts += [text for step in derivation.steps for text in (step.rule, step.why)]
        for text in texts:
            assert not kana.search(text["zh"])
            assert not kana.search(text["en"])
            assert not han.search(text["en"])
            assert text["ja"] != text["en"] != text["zh"] or not re.search("[a-z]{4}", text["en"])
        assert kana.search(derivation.summary["ja"])
        assert han.search(derivation.summary["zh"])


def test_points_are_the_same_every_time() -> None:
    """The points are seeded, and within the variables' ranges."""
    scope = DERIVATIONS["network-hidden-weight"].scope
    drawn = numeric.points(scope)
    assert list(map(str, drawn)) == list(map(str, numeric.points(replace(scope))))
    assert len({str(one) for one in drawn}) == numeric.POINTS
    for one in drawn:
        for name, value in one.values.items():
            assert scope.variables[name][0] <= float(value) <= scope.variables[name][1]
