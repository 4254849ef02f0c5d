"""The rules, and the order of the derivations: ``fixtures/rules.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson import formulas
from sigmoid_parity.lesson.formulas import Scope
from sigmoid_parity.notation import Node

FILE: Final = "rules.yaml"


@dataclass(frozen=True)
class Statement:
    """A rule as a formula.

    :ivar scope: what the names in it mean.
    :ivar left: the one side.
    :ivar right: the other.
    """

    scope: Scope
    left: Node
    right: Node


@dataclass(frozen=True)
class Rule:
    """A rule that steps may name.

    :ivar id: a permanent, unique slug.
    :ivar name: what it is called.
    :ivar states: what it states: a formula, or words where none would say it.
    :ivar conditions: what must hold, or None where nothing must.
    :ivar proof: the id of the derivation that proves it; None where it is taken as given.
    """

    id: str
    name: Texts
    states: Statement | Texts
    conditions: Texts | None = None
    proof: str | None = None


@dataclass(frozen=True)
class Rulebook:
    """What the file holds.

    :ivar derivations: their ids, in the order in which to read them.
    :ivar rules: by their ids.
    """

    derivations: Sequence[str]
    rules: Mapping[str, Rule]


def load_rules(folder: Path | None = None) -> Mapping[str, Rule]:
    """Read the rules, by their ids.

    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: another form; or a statement that does not parse.
    """
    return load_rulebook(folder).rules


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """Read the rules and the order of the derivations.

    :param folder: the fixtures; the package's own by default.
    :raises FixtureError: another form; or a statement that does not parse.
    """
    path = (folder or resources.fixtures_dir()) / FILE
    content = schema.read(path, "rules", "this file holds no rules")
    scope = formulas.read_scope(path.name, content)
    rules = {name: _rule(path.name, name, entry, scope) for name, entry in content["rules"].items()}
    return Rulebook(content["derivations"], rules)


def _rule(file: str, name: str, entry: Mapping[str, Any], scope: Scope) -> Rule:
    states = entry.get("says") or Statement(
        scope, *(formulas.read_formula(file, entry[side], scope, f"{name}, {side}") for side in ("left", "right"))
    )
    return Rule(name, entry["name"], states, entry.get("conditions"), entry.get("proof"))
