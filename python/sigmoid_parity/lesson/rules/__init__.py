"""Was the rule that a step names what was done? Decided on the two trees alone, without SymPy and without numbers.

What changed between the trees must be an instance of the rule, at one place or more, and nothing else may have changed
but the order and grouping of terms and factors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sigmoid_parity.lesson.derivations import Step
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rules import algebra, calculus, limits, powers, references, signs, sums
from sigmoid_parity.lesson.rules.places import Relation, explained, smallest
from sigmoid_parity.notation import Node, plain

RULES: Final[Mapping[str, Callable[[Node, Node, Scope], bool]]] = {
    "substitution": references.substitution,
    "adding-zero": algebra.adding_zero,
    "multiplying-by-zero": algebra.multiplying_by_zero,
    "multiplying-by-one": algebra.multiplying_by_one,
    "arithmetic": algebra.arithmetic,
    "signs": signs.signs,
    "power-as-product": powers.power_as_product,
    "negative-exponent": powers.negative_exponent,
    "exponent-laws": powers.exponent_laws,
    "product-of-fractions": algebra.product_of_fractions,
    "cancelling": algebra.cancelling,
    "extending": algebra.extending,
    "term-by-term": algebra.term_by_term,
    "common-denominator": algebra.common_denominator,
    "add-and-subtract-one": sums.add_and_subtract_one,
    "like-terms": sums.like_terms,
    "expansion": sums.expansion,
    "factoring": sums.factoring,
    "constant-rule": calculus.constant,
    "variable-rule": calculus.variable,
    "linearity": calculus.linearity,
    "power-rule": calculus.power,
    "exponential-rule": calculus.exponential,
    "chain-rule": calculus.chain,
    "product-rule": calculus.product,
    "quotient-rule": calculus.quotient,
    "reciprocal-rule": calculus.reciprocal,
    "sigmoid-rule": calculus.sigmoid,
    "derivative-as-limit": limits.derivative_as_limit,
    "product-of-limits": limits.product_of_limits,
    "multiple-of-a-limit": limits.multiple_of_a_limit,
    "continuity": limits.continuity,
    "limit-of-exponential": limits.limit_of_exponential,
}
"""Each rule by its id; beside them are ``definition`` and ``earlier-result``, which refer to something else."""

CONDITIONAL: Final = ("product-of-limits", "continuity")
"""The rules that hold under conditions, which the step must state."""


def misnamed(before: Node, step: Step, scope: Scope) -> str | None:
    """Say what changed in a step, where it is no instance of the rule that the step names; None where it is.

    :param before: the formula before the step.
    :param step: the step whose rule is asked for.
    :param scope: what the names mean.
    """
    if any(explained(before, step.formula, relation) for relation in _relations(step, scope)):
        stated = step.conditions is not None or step.rule_id not in CONDITIONAL
        return None if stated else f"the rule named is {step.rule_id}, which holds under conditions: state them"
    if before == step.formula:
        return f"the rule named is {step.rule_id}, but nothing changed"
    one, other = smallest(before, step.formula)
    return f"the rule named is {step.rule_id}, but what changed is {plain(one)} into {plain(other)}"


def _relations(step: Step, scope: Scope) -> Iterator[Relation]:
    if step.rule_id == "definition":
        yield from references.definitions(scope)
    elif step.of is not None and step.rule_id == "earlier-result":
        yield references.earlier_result(step.of, scope)
    elif step.rule_id in RULES:
        rule = RULES[step.rule_id]
        yield lambda before, after: rule(before, after, scope)
