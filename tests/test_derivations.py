"""The derivations: every step proved, every planted mistake found and named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
import yaml
from numpy.typing import NDArray

from sigmoid_parity import activation, resources
from sigmoid_parity.derivations import Check, check, numeric, symbolic
from sigmoid_parity.derivations.numeric import Point
from sigmoid_parity.fixtures.derivations import Derivation, Step, load_derivations
from sigmoid_parity.fixtures.formulas import Scope
from sigmoid_parity.fixtures.texts import Texts
from sigmoid_parity.notation import Minus, Node, plain
from tests.equal_flips import EQUAL
from tests.signs import flips

DERIVATIONS = {derivation.id: derivation for derivation in load_derivations()}
SIGMOID = DERIVATIONS["reciprocal-rule"]
NO_TEXT: Texts = dict.fromkeys(("en", "ja", "zh"), "-")


def alone(derivation: Derivation, number: int, formula: Node) -> Check:
    """Check one step with another formula, against the step before it."""
    before = derivation.left if number == 1 else derivation.steps[number - 2].formula
    step = replace(derivation.steps[number - 1], formula=formula)
    (checked,) = check(replace(derivation, left=before, steps=[step]))
    return checked


def in_x(text: str, before: str) -> Check:
    """Check one step between two formulas in x, sigma and any f."""
    scope = Scope({"x": (-2.0, 2.0)}, SIGMOID.scope.definitions, {"f"})
    step = Step(1, scope.read(text), NO_TEXT, NO_TEXT)
    (checked,) = check(replace(SIGMOID, scope=scope, left=scope.read(before), steps=[step]))
    return checked


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_every_step_is_proved(derivation: Derivation) -> None:
    """Each step equals the one before it, by SymPy and at 50 digits."""
    assert [one.problem for one in check(derivation)] == [None] * len(derivation.steps)


def test_they_are_the_documents() -> None:
    """At least 45 steps; D0's seven lines and D3's sixteen steps; the chain rule for both of D4's weights."""
    counts = {name: len(one.steps) for name, one in DERIVATIONS.items()}
    assert sum(counts.values()) >= 45
    assert (counts["quotient-rule"], counts["reciprocal-rule"]) == (7, 16)
    assert {key for one in DERIVATIONS.values() for key in one.sources} == {"D0", "D1", "D2", "D3", "D4"}
    assert {"network-output-weight", "network-hidden-weight", "reciprocal-rule-from-limits"} < counts.keys()


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)
def test_every_flipped_sign_is_caught(derivation: Derivation) -> None:
    """Each sign of each step, flipped: the step is found wrong, by its number, at a point, and SymPy proves nothing.

    The flips that leave it right (the sign of zero, of a constant under a derivative, ...) are listed, and are proved.
    """
    right = {(number, text) for group in EQUAL.values() for name, number, text in group if name == derivation.id}
    found = set()
    for step in derivation.steps:
        for flipped in dict.fromkeys(flips(step.formula)):
            checked = alone(derivation, step.number, flipped)
            if checked.verdict == "proved":
                found.add((step.number, plain(flipped)))
                continue
            assert (checked.verdict, checked.symbolic) == ("wrong", False), plain(flipped)
            assert (checked.problem or "").startswith(f"step {step.number}: ")
    assert found == right


def test_flips_reach_every_sign() -> None:
    """The tester, tested: each + and - of a formula is flipped, and the terms that have no sign are given one."""
    formula = SIGMOID.scope.read("-(1 + exp(-x))**(-2)*(exp(-x)*(-1))")
    shown = {plain(one) for one in flips(formula)}
    assert shown == {
        "-(-(1 + exp(-x))^(-2) · (exp(-x) · (-1)))",
        "(1 + exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(1 - exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(-1 + exp(-x))^(-2) · (exp(-x) · (-1))",
        "-(1 + exp(x))^(-2) · (exp(-x) · (-1))",
        "-(1 + exp(-x))^2 · (exp(-x) · (-1))",
        "-(1 + exp(-x))^(-2) · (exp(x) · (-1))",
        "-(1 + exp(-x))^(-2) · (exp(-x) · 1)",
    }


def test_a_wrong_step_is_named() -> None:
    """Its number, both sides, and a point with both values, which are right there."""
    wrong = alone(SIGMOID, 9, Minus(SIGMOID.steps[8].formula))
    found = re.fullmatch(
        r"step 9: (.*) is not shown to equal (.*); at x = (\S+) the first is (\S+), the second (\S+)",
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
    assert verdicts == ["proved"] * 4 + ["wrong"] * 2 + ["proved"] * 10


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
    assert in_x(after, before).problem is None


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


def network(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """D4's network, without its mistakes: the error 1/2 |target - prediction|^2, and all outputs."""
    first, second = weights[:12].reshape(3, 4), weights[12:].reshape(4, 2)
    hidden = activation(np.array([0.5, 0.7, 0.9]) @ first)
    prediction = activation(hidden @ second)
    return float(((np.array([0.1, 0.8]) - prediction) ** 2).sum() / 2), np.concatenate([hidden, prediction])


def test_the_chain_rule_holds_in_the_whole_network() -> None:
    """The two derivations give the error's derivative for each of D4's 20 weights, as central differences find it."""
    weights = np.random.default_rng(4).normal(size=20)
    inputs, targets = [0.5, 0.7, 0.9], [0.1, 0.8]
    outputs = network(weights)[1]
    hidden, prediction = outputs[:4], outputs[4:]
    second = weights[12:].reshape(4, 2)
    found = []
    for i, j in np.ndindex(3, 4):
        rest = sum(inputs[k] * weights[4 * k + j] for k in range(3) if k != i)
        values = {"w": weights[4 * i + j], "x": inputs[i], "r": rest}
        for k in (0, 1):
            others = sum(hidden[m] * second[m, k] for m in range(4) if m != j)
            values |= {f"v_{k + 1}": second[j, k], f"s_{k + 1}": others, f"t_{k + 1}": targets[k]}
        found.append(value_of("network-hidden-weight", values))
    for j, k in np.ndindex(4, 2):
        rest = sum(hidden[m] * second[m, k] for m in range(4) if m != j)
        remaining = (targets[1 - k] - prediction[1 - k]) ** 2 / 2
        found.append(
            value_of(
                "network-output-weight", {"v": second[j, k], "h": hidden[j], "r": rest, "t": targets[k], "R": remaining}
            )
        )
    steps = 1e-5 * np.eye(20)
    differences = [(network(weights + step)[0] - network(weights - step)[0]) / 2e-5 for step in steps]
    np.testing.assert_allclose(found, differences, rtol=0, atol=1e-10)


def value_of(name: str, values: dict[str, Any]) -> float:
    derivation = DERIVATIONS[name]
    point = Point({name: repr(float(value)) for name, value in values.items()}, {})
    return float(numeric.evaluate(derivation.right, derivation.scope, point))


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
    drawn = list(numeric.points(scope))
    assert drawn == list(numeric.points(scope))
    assert len({str(one) for one in drawn}) == numeric.POINTS
    for one in drawn:
        assert all(
            scope.variables[name][0] <= float(value) <= scope.variables[name][1] for name, value in one.values.items()
        )
