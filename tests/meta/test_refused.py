"""Deliberately wrong fixture files: each must be refused, with the message that its first line gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sigmoid_parity import resources
from sigmoid_parity.cases import document, load_languages, load_layer, load_limits, load_portable, load_trainings
from sigmoid_parity.cases import load as load_cases
from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.diagnosis import load as load_conventions
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.lesson.derivations import load_derivation
from sigmoid_parity.lesson.rulebook import Rule

HERE = Path(__file__).parent
REFUSED = sorted((HERE / "refused").glob("*.yaml"))
# What no JSON Schema can see: YAML itself, ids and flags across cases, decimals against bits, shapes that must fit; and
# a newline at the end, where JSON Schema asks for ECMA's regular expressions and this validator uses Python's.
BEYOND_A_SCHEMA = {
    "conventions-derivative-has-no-value",
    "conventions-duplicate-id",
    "conventions-results-missing",
    "conventions-undeclared-name",
    "conventions-unknown-arithmetic",
    "decimal-and-bits-disagree",
    "derivation-does-not-parse",
    "derivation-earlier-is-none",
    "derivation-earlier-not-named",
    "derivation-empty-range",
    "derivation-ends-elsewhere",
    "derivation-hidden-code",
    "derivation-latex-disagrees",
    "derivation-lines-do-not-count",
    "derivation-name-twice",
    "derivation-of-with-another-rule",
    "derivation-other-id",
    "derivation-undeclared-name",
    "derivation-unknown-rule",
    "duplicate-id",
    "duplicate-key",
    "duplicate-key-in-case",
    "languages-twice",
    "layer-decimal-and-bits-disagree",
    "layer-duplicate-id",
    "layer-sign-of-zero-disagrees",
    "layer-unexplained-flag",
    "limits-without-reason",
    "nan-with-payload",
    "network-amplification-missing",
    "network-bits-of-another-shape",
    "network-checkpoint-without-values",
    "network-checkpoints-fall",
    "network-decimal-and-bits-disagree",
    "network-digest-disagrees",
    "network-duplicate-key",
    "network-exact-of-another-shape",
    "network-inputs-do-not-fit",
    "network-learning-rate-zero",
    "network-nan-weight",
    "network-ragged",
    "network-twice",
    "network-weights-do-not-chain",
    "not-utf8",
    "not-yaml",
    "number-with-newline",
    "portable-constant-twice",
    "portable-step-disagrees",
    "python-object",
    "sign-of-zero-disagrees",
    "two-documents",
    "unexplained-flag",
}


def load_derivation_alone(path: Path) -> object:
    words = dict.fromkeys(LANGUAGES, "-")
    return load_derivation(path, {name: Rule(name, words, words) for name in ("signs", "earlier-result")})


LOADERS: dict[str, Callable[[Path], object]] = {
    "conventions": load_conventions,
    "derivation": load_derivation_alone,
    "languages": load_languages,
    "layer": load_layer,
    "limits": load_limits,
    "network": load_trainings,
    "portable": load_portable,
}


def load(path: Path) -> None:
    LOADERS.get(path.stem.partition("-")[0], load_cases)(path)


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_is_refused_for_the_stated_reason(path: Path) -> None:
    """The error names the file and says what its first line expects."""
    expected = path.read_bytes().partition(b"\n")[0].decode().removeprefix("# refused: ")
    with pytest.raises(FixtureError) as caught:
        load(path)
    assert str(caught.value).startswith(path.name)
    assert expected in str(caught.value)


@pytest.mark.parametrize("path", sorted((HERE / "accepted").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_they_are_made_from_is_accepted(path: Path) -> None:
    """Without the one thing wrong, the file loads: the others are refused for that one thing."""
    load(path)


def test_there_are_wrong_files() -> None:
    """An empty folder would pass all of the above."""
    assert len(REFUSED) >= 60


@pytest.mark.parametrize(
    "path", [path for path in REFUSED if path.stem not in BEYOND_A_SCHEMA], ids=lambda path: path.stem
)
def test_the_schema_alone_says_the_same_in_another_reader(path: Path) -> None:
    """What is refused for its form is refused by an independent JSON Schema validator too."""
    schema = json.loads((resources.fixtures_dir() / "schema.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def few(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Choose, of the cases with the same fields, some ten."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for case in cases:
        alike.setdefault(tuple(case), []).append(case)
    return [case for group in alike.values() for case in group[:: 1 + len(group) // 10]]


def test_the_schema_is_a_valid_schema() -> None:
    """schema.json is valid draft-07, and accepts every fixture file of the project in another validator.

    Of the thousands of cases with the same fields it is given ten; our own validator reads them all.
    """
    schema = json.loads((resources.fixtures_dir() / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    for path in resources.fixtures_dir().rglob("*.yaml"):
        content = document.load(path)
        content |= {key: few(content[key]) for key in ("cases", "layer_cases", "portable_cases") if key in content}
        jsonschema.Draft7Validator(schema).validate(content)
