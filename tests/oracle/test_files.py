"""The files of cases: permanent ids, kept cases, found drift, generated inputs, and a writer whose YAML reads back."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import resources
from sigmoid_parity.cases import document, load_all, load_trainings
from sigmoid_parity.cases import load as load_cases
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import form, inputs, mpfr
from sigmoid_parity.oracle.files import NAMES, CaseFile

XOR_STARTS = """mode: full-batch
  seed: 20261121
  checkpoints: [1, 10, 100, 1000]
  amplifications: [16, 2, 32, 64, 64]
  learning_rate:
    value: "2.0\""""


def changed(name: str, old: str, new: str) -> CaseFile:
    """The file with a change in its text, in memory."""
    path = resources.fixtures_dir() / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    return CaseFile(path, text, document.parse(name, text))


def copied(name: str, folder: Path, more: str) -> Path:
    """A copy of the file, with something added at its end."""
    path = Path(shutil.copy(resources.fixtures_dir() / name, folder))
    with path.open("a", encoding="utf-8") as file:
        file.write(more)
    return path


def test_a_case_of_one_s_own_is_completed_and_kept(tmp_path: Path) -> None:
    """A line with id, input and flags is enough: writing adds the rest, and writing again changes nothing."""
    own = '  - {id: my-own, input: "0.1", flags: [interior], note: "half of \\"0.2\\": mine"}\n'
    path = copied("d_activation.yaml", tmp_path, own)
    assert CaseFile.read(path).write()
    case = load_cases(path).cases[-1]
    assert (case.id, case.input, case.formula, case.note) == ("my-own", 0.1, (1.0 - 0.1) * 0.1, 'half of "0.2": mine')
    assert not CaseFile.read(path).write()


def test_a_note_beside_a_generated_case_is_kept() -> None:
    """The inputs are generated, the notes are not: they stay where they are."""
    file = changed("d_activation.yaml", "flags: [special]}", 'flags: [special], note: "of its own"}')
    assert file.drift() == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("derivative.yaml", 'formula: "0.006648056670790155", formula_bits: "3f7b3afe1fba5c7b"',
         'formula: "0.006648056670790156", formula_bits: "3f7b3afe1fba5c7c"'),
        ("derivative.yaml", 'leftover_ulp: "+0.3588"', 'leftover_ulp: "+0.3589"'),
        ("derivative.yaml", "flags: [plot]", "flags: [interior]"),
        ("derivative.yaml", "seed: 20261121", "seed: 20261122"),
        ("derivative.yaml", "  - {id: plot-007", "  # - {id: plot-007"),
        ("layer.yaml", 'grad_x_exact: "0.25"', 'grad_x_exact: "0.26"'),
        ("layer.yaml", "flags: [special, cancellation, order]", "flags: [special, cancellation]"),
        ("layer.yaml", "  - {id: interior-007", "  # - {id: interior-007"),
        ("network.yaml", '"0.4168167573725833"', '"0.4168167573725834"'),
        ("network.yaml", '"-1.54151407495636925274169876895064952276147298982"',
         '"-1.54151407495636925274169876895064952276147298983"'),
        ("network.yaml", "checkpoints: [1, 10, 100, 1000]", "checkpoints: [1, 10, 1000]"),
        ("network.yaml", XOR_STARTS, XOR_STARTS.replace("full-batch", "one-by-one")),
    ],
    ids=["value", "leftover", "flag", "seed", "case-removed", "layer-exact", "layer-flag", "layer-case-removed",
         "network-value", "network-digit", "checkpoint", "mode"],
)  # fmt: skip
def test_drift_is_found(name: str, old: str, new: str) -> None:
    """One changed digit in 50, a changed flag or seed, a missing case or checkpoint: found, and the line is shown."""
    lines = changed(name, old, new).drift()
    assert lines
    assert any(new in line for line in lines if line.startswith("-")) or any(one in new for one in ("#", "ch"))


def test_a_training_of_one_s_own_is_completed_and_kept(tmp_path: Path) -> None:
    """Decimals up to the weights are enough: writing adds bits and expected values, writing again changes nothing."""
    own = (
        "- {id: my-own, shows: one weight, catches: nothing else, mode: full-batch, checkpoints: [2],\n"
        "  amplifications: [1, 1],\n"
        '  learning_rate: {value: "0.5"}, inputs: {value: [["1.0"]]}, targets: {value: [["1.0"]]},\n'
        '  weights: [{value: [["0.0"]]}]}\n'
    )
    path = copied("network.yaml", tmp_path, own)
    assert CaseFile.read(path).write()
    mine = load_trainings(path)[-1]
    assert (mine.id, float(mine.first.outputs[0].formula[0, 0])) == ("my-own", 0.5)
    assert float(mine.first.gradients[0].formula[0, 0]) == -0.125
    assert not CaseFile.read(path).write()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("network.yaml", "  mode: full-batch\n", "", r"network\.yaml, case d4: needs mode, checkpoints, ampl"),
        ("derivative.yaml", 'id: plot-007, input: "-', 'id: plot-007, input: "',
         r"case plot-007, input: .* give your case an id of its own"),
        ("derivative.yaml", 'id: plot-007, input: "-4.3', 'id: plot-007, inputs: "-4.3',
         r"case plot-007: needs at least id, input \(quoted\) and flags: 'input'"),
        ("derivative.yaml", "function: derivative", "function: tangent", r"field|function: is 'tangent', not one of"),
    ],
    ids=["training-without-a-field", "id-of-another-input", "case-without-input", "function"],
)  # fmt: skip
def test_what_cannot_be_composed_is_refused(name: str, old: str, new: str, message: str) -> None:
    """The error names the file, the case and what is needed; an id names one input for good."""
    with pytest.raises(FixtureError, match=message):
        changed(name, old, new).composed()


def test_two_cases_of_one_id_are_refused(tmp_path: Path) -> None:
    """Writing does not choose between two inputs of the same id."""
    own = '  - {id: my-own, input: "0.1", flags: [interior]}\n'
    path = copied("d_activation.yaml", tmp_path, own + own.replace("0.1", "0.2"))
    with pytest.raises(FixtureError, match=r"case my-own, input: is 0\.2, but this id stands for 0\.1"):
        CaseFile.read(path).composed()


def test_a_file_of_another_function_is_refused(tmp_path: Path) -> None:
    """A fixture under another function's name is an error, not a silent swap."""
    shutil.copy(resources.fixtures_dir() / "derivative.yaml", tmp_path / "activation.yaml")
    with pytest.raises(FixtureError, match=r"function: is 'derivative', which belongs in derivative\.yaml"):
        list(load_all(tmp_path))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_generated_ids_are_unique(function: str) -> None:
    """No two generated inputs share an id."""
    ids = [entry.id for entry in inputs.of(function)]
    assert len(set(ids)) == len(ids)


def from_midpoint(x: float) -> float:
    """How far exp(x), a normal double, is from the nearest midpoint of two doubles, in ULP."""
    with mpfr.precise(256):
        true = mpfr.exp(mpfr.number(x))
        steps = true / math.ulp(float(true))
        return float(abs(steps - mpfr.library().floor(steps) - 0.5))


def test_the_hard_cases_are_hard() -> None:
    """64 cases are within 10^-4 ULP of a midpoint; and 64 published ones, beyond 40 on both sides, within 2^-44."""
    assert from_midpoint(0.0) == 0.5
    (fixture,) = load_all(functions=["activation"])
    hard = {case.id: case.input for case in fixture.cases if case.id.startswith("hard-exp-")}
    wide = [x for name, x in hard.items() if "wide" in name]
    near = [x for name, x in hard.items() if "wide" not in name]
    assert len(wide) == len(near) == 64
    assert max(from_midpoint(-x) for x in near) < 1e-4
    assert max(from_midpoint(-x) for x in wide) < 2.0**-44
    assert min(map(abs, wide)) > 40.0
    assert min(wide) < 0.0 < max(wide)


def test_regions_follow_from_the_input() -> None:
    """The flags that say where a formula cannot be accurate."""
    assert inputs.region("activation", -709.7827128933841) == ("overflow",)
    assert inputs.region("activation", -709.782712893384) == ()
    assert inputs.region("derivative", 36.73680056967711) == ("saturated",)
    assert inputs.region("derivative", 36.7368005696771) == ("cancellation",)
    assert inputs.region("activation", -37.0) == inputs.region("derivative", -37.0) == ("sum-tie",)
    assert inputs.region("derivative", 36.0) == ("cancellation",)
    assert inputs.region("derivative", math.nan) == inputs.region("stable_derivative", 40.0) == ()
    assert {flag for name in FUNCTIONS for x in (-710.0, -37.0, 1.0, 40.0) for flag in inputs.region(name, x)} == set(
        inputs.REGIONS
    )


WORDS = st.sampled_from(["no", "yes", "null", "y", "1e5", "nan", "-", "a: b", "x, y]", "'", "on", "d4", "a-b-1"])
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])) | WORDS
NUMBERS = st.lists(st.lists(st.floats(), min_size=1), min_size=1)


@given(TEXT, st.lists(TEXT), st.integers(), st.floats(), NUMBERS)
def test_what_is_written_reads_back(text: str, texts: list[str], number: int, double: float, matrix: Any) -> None:
    """On one line or over several: every text, list, number and matrix."""
    case = {"id": text, **form.pair("input", double), "flags": texts, "amplification": number}
    training = case | form.pair("value", matrix) | {"first": [case, {"loss": case, "rows": [form.pair("x", matrix)]}]}
    for written in (form.line(case), form.item(case)):
        assert document.parse("written", f"top:\n{written}") == {"top": [case]}
    assert document.parse("written", f"top:\n{form.item(training)}") == {"top": [training]}


@pytest.mark.parametrize("name", NAMES)
def test_only_what_no_parser_takes_for_something_else_is_unquoted(name: str) -> None:
    """YAML 1.1 and 1.2 read the same: a truth value, a number or a null in plain style there is none."""
    assert form.line({"id": "no", "mode": "y", "flags": ["1e5", "null"]}) == (
        '  - {id: "no", mode: "y", flags: ["1e5", "null"]}\n'
    )
    text = (resources.fixtures_dir() / name).read_text(encoding="utf-8")
    assert not [line for line in text.splitlines() if line.endswith((": no", ": yes", ": y", ": n", ": null", ": ~"))]
