"""Derivations, step by step: ``fixtures/derivations``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.errors import FixtureError, UsageError, instead, nearest
from sigmoid_parity.lesson import formulas
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.lesson.rulebook import Rule, load_rulebook
from sigmoid_parity.notation import Node


@dataclass(frozen=True)
class Earlier:
    """What an earlier derivation shows: two formulas that are equal.

    :ivar id: the derivation's.
    :ivar scope: what the names in it mean.
    :ivar left: the one side of its statement.
    :ivar right: the other side, or another of its lines.
    :ivar step: the number of the step that is that line, or None for the whole statement.
    """

    id: str
    scope: Scope
    left: Node
    right: Node
    step: int | None = None


@dataclass(frozen=True)
class Step:
    """A formula that equals the one before it.

    :ivar number: from 1 on.
    :ivar formula: what the step arrives at.
    :ivar rule_id: by which rule, by its id in ``rules.yaml``.
    :ivar rule: the same, by its name.
    :ivar why: in a few words.
    :ivar of: what the rule ``earlier-result`` refers to.
    :ivar line: the number that the line has in the document; None where it is ours, put between two of the document's.
    :ivar conditions: what must hold for the rule, where that is something.
    """

    number: int
    formula: Node
    rule_id: str
    rule: Texts
    why: Texts
    of: Earlier | None = None
    line: int | None = None
    conditions: Texts | None = None


@dataclass(frozen=True)
class Derivation:
    """A statement, ``left = right``, and the steps that lead from the one side to the other.

    :ivar file: the file's name.
    :ivar id: a permanent, unique slug; the file is named after it.
    :ivar sources: the documents' keys.
    :ivar title: what it is called.
    :ivar summary: what it shows.
    :ivar scope: what the names in it mean.
    :ivar left: where it starts.
    :ivar right: where it ends; the last step is this very formula.
    :ivar steps: at least one; the first follows from ``left``.
    :ivar holds: for which values it holds, or None where the summary says it.
    """

    file: str
    id: str
    sources: Sequence[str]
    title: Texts
    summary: Texts
    scope: Scope
    left: Node
    right: Node
    steps: Sequence[Step]
    holds: Texts | None = None


Before = Mapping[str, Derivation]
"""The derivations that stand before one in ``rules.yaml``, by their ids."""


def load_derivation(path: Path, rules: Mapping[str, Rule], before: Before | None = None) -> Derivation:
    """Read a derivation, refusing whatever is not exactly of the format.

    :param path: the file.
    :param rules: by their ids, as `load_rules` gives them.
    :param before: the derivations to whose results its steps may refer; none by default.
    :raises FixtureError: names the file, the step and the field.
    """
    file, content = path.name, schema.read(path, "steps", "this file holds no derivation")
    if content["id"] != path.stem:
        raise FixtureError(file, f"is {content['id']!r}, which belongs in {content['id']}.yaml", field="id")
    scope = formulas.read_scope(file, content)
    left, right = (formulas.read_formula(file, content["statement"][side], scope, side) for side in ("left", "right"))
    steps = [_step(file, number, entry, scope, rules, before or {}) for number, entry in enumerate(content["steps"], 1)]
    _check_lines(file, steps)
    if steps[-1].formula != right:
        problem = "the last step is not the right side of the statement; end with that very formula"
        raise FixtureError(file, problem, case=f"step {len(steps)}")
    words: dict[str, Any] = {field: content.get(field) for field in ("id", "sources", "title", "summary", "holds")}
    return Derivation(file=file, scope=scope, left=left, right=right, steps=steps, **words)


def load_derivations(folder: Path | None = None) -> list[Derivation]:
    """Read every derivation, in the order of the list ``derivations`` in ``rules.yaml``.

    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: names the file, the step and the field; or a file is not in the list.
    """
    folder = folder or resources.fixtures_dir()
    book = load_rulebook(folder)
    have = {path.stem for path in folder.glob("derivations/*.yaml")}
    if unlisted := have.symmetric_difference(book.derivations):
        problem = f"the list and the folder derivations differ in {', '.join(sorted(unlisted))}; mend one of them"
        raise FixtureError("rules.yaml", problem, field="derivations")
    loaded: dict[str, Derivation] = {}
    for name in book.derivations:
        loaded[name] = load_derivation(folder / "derivations" / f"{name}.yaml", book.rules, loaded)
    return list(loaded.values())


def find_derivation(derivations: Sequence[Derivation], name: str) -> Derivation:
    """Return the derivation of that id.

    :raises UsageError: there is none; suggests one that is near, and what to type.
    """
    ids = [derivation.id for derivation in derivations]
    if name in ids:
        return derivations[ids.index(name)]
    near = nearest(name, ids)
    typed = "" if near is None else f"; type: sigmoid-parity derive {near}"
    raise UsageError(f"there is no derivation {name!r}; {instead(name, ids)}{typed}")


def _step(
    file: str, number: int, entry: dict[str, Any], scope: Scope, rules: Mapping[str, Rule], before: Before
) -> Step:
    where, rule = f"step {number}", entry["rule"]
    if rule not in rules:
        problem = f"{rule!r} is not in rules.yaml; {instead(rule, list(rules))}"
        raise FixtureError(file, problem, case=where, field="rule")
    formula = formulas.read_formula(file, entry, scope, where)
    of = _earlier(file, where, entry, before)
    return Step(number, formula, rule, rules[rule].name, entry["why"], of, entry.get("line"), entry.get("conditions"))


def _earlier(file: str, where: str, entry: dict[str, Any], before: Before) -> Earlier | None:
    """Find what a step refers to, which must stand before it."""
    refers = entry["rule"] == "earlier-result"
    if refers != ("of" in entry):
        problem = "name the earlier derivation" if refers else "belongs to the rule earlier-result alone; leave it out"
        raise FixtureError(file, problem, case=where, field="of")
    if not refers:
        return None
    name, line = entry["of"]["id"], entry["of"].get("line")
    if name not in before:
        known = f"; {instead(name, list(before))}" if before else ""
        problem = f"{name!r} is no derivation that stands before this one{known}"
        raise FixtureError(file, problem, case=where, field="of")
    earlier, lines = before[name], {step.line: step for step in before[name].steps}
    if line is not None and line not in lines:
        raise FixtureError(file, f"{name} has no step with the line {line}", case=where, field="of.line")
    if line is None:
        return Earlier(name, earlier.scope, earlier.left, earlier.right)
    return Earlier(name, earlier.scope, earlier.left, lines[line].formula, lines[line].number)


def _check_lines(file: str, steps: Sequence[Step]) -> None:
    lines = [step.line for step in steps if step.line is not None]
    if lines != list(range(1, len(lines) + 1)):
        problem = f"the document's lines are {', '.join(map(str, lines))}; number them from 1 on, each once"
        raise FixtureError(file, problem, field="steps")
