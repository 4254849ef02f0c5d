"""Another rule named at a step, or a step left out, is caught at every step of every derivation."""

from __future__ import annotations

from dataclasses import replace

from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson import check, rules
from sigmoid_parity.lesson.derivations import Derivation, Earlier, Step
from sigmoid_parity.lesson.rules import RULES
from sigmoid_parity.notation import Node
from tests.lesson.proofs import DERIVATIONS, before

TEXT: Texts = dict.fromkeys(("en", "ja", "zh"), "-")

SIGMOID = DERIVATIONS["reciprocal-rule"]

# The mutants that are not caught, each with the reason: the step is an instance of the other rule too.
RENAMED = {
    "the derivative of exp(x) is a rule, and the derivation that proves it": {
        ("exponential-of-minus-x", 4, "earlier-result"),
    },
    "a product of the numbers 3 and 1 is worked out by either rule": {
        ("chain-rule-example", 8, "arithmetic"),
    },
}
"""Derivation, step, and the other rule that may be named there."""

LEFT_OUT = {
    "the factor 1 of a numerator need not be written before the fraction is split": {
        ("reciprocal-rule", 13),
    },
}
"""Derivation, and the step without which the next one is still an instance of its rule."""


def statements(derivation: Derivation) -> list[Earlier]:
    """What stands before a derivation."""
    ids = list(DERIVATIONS)
    earlier = [DERIVATIONS[name] for name in ids[: ids.index(derivation.id)]]
    return [Earlier(one.id, one.scope, one.left, one.right) for one in earlier]


def renamed(derivation: Derivation, step: Step) -> list[Step]:
    """A step with every other rule named, and with every other earlier result."""
    found = [replace(step, rule_id=name, of=None, conditions=TEXT) for name in RULES if name != step.rule_id]
    if step.rule_id != "definition":
        found.append(replace(step, rule_id="definition", of=None))
    others = (of for of in statements(derivation) if step.of is None or of.id != step.of.id)
    return found + [replace(step, rule_id="earlier-result", of=of) for of in others]


def test_every_exchanged_rule_is_caught() -> None:
    """Every rule's name, and every earlier result, named at every step in place of the right one."""
    mutants = [(one, step, other) for one in DERIVATIONS.values() for step in one.steps for other in renamed(one, step)]
    left = {
        (one.id, step.number, other.rule_id)
        for one, step, other in mutants
        if rules.misnamed(before(one, step), other, one.scope) is None
    }
    assert len(mutants) > 5000
    assert left == set().union(*RENAMED.values())


def test_every_step_left_out_is_caught() -> None:
    """The step after the gap names one rule, which does not do both; a last step left out ends elsewhere."""
    left = set()
    for one in DERIVATIONS.values():
        for step, following in zip(one.steps, one.steps[1:], strict=False):
            if rules.misnamed(before(one, step), following, one.scope) is None:
                left.add((one.id, step.number))
        end: Node = before(one, one.steps[-1])
        assert end != one.right
    assert left == set().union(*LEFT_OUT.values())


def test_sixteen_rules_renamed_continuity_are_not_proved() -> None:
    """The equalities stand, and no step is proved: each says what was done instead."""
    steps = [replace(step, rule_id="continuity") for step in SIGMOID.steps]
    found = list(check(replace(SIGMOID, steps=steps)))
    assert {(one.verdict, one.symbolic, one.difference) for one in found} == {("unproved", True, None)}
    changed = "what changed is d/dx 1 into 0"
    assert found[4].problem == f"step 5: the rule named is continuity, but {changed}"


def test_one_step_for_all_is_not_proved() -> None:
    """D3 cut to its last step, whatever rule it names."""
    for name in (*RULES, "definition"):
        step = replace(SIGMOID.steps[-1], number=1, rule_id=name)
        assert rules.misnamed(SIGMOID.left, step, SIGMOID.scope) is not None


def test_conditions_must_be_stated() -> None:
    """A rule that holds under conditions is not recognised where the step states none."""
    derivation = DERIVATIONS["reciprocal-rule-from-limits"]
    steps = {step.rule_id: step for step in derivation.steps}
    for name in ("product-of-limits", "continuity"):
        bare = replace(steps[name], conditions=None)
        assert "state them" in (rules.misnamed(before(derivation, bare), bare, derivation.scope) or "")
