"""The generator of the golden values: permanent ids, kept cases, found drift, a search that finds."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from sigmoid_parity import resources
from sigmoid_parity.cases import load as load_cases
from sigmoid_parity.cases import load_all, load_trainings
from sigmoid_parity.cases.functions import FUNCTIONS
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import exact, files, inputs, regions, search

XOR_STARTS = """mode: full-batch
  seed: 20261121
  checkpoints: [1, 10, 100, 1000]
  amplifications: [16, 2, 32, 64, 64]
  learning_rate:
    value: "2.0\""""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures, to be changed."""
    return Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_case_of_one_s_own_is_completed_and_kept(folder: Path) -> None:
    """A line with id, input and flags is enough: writing adds the rest, and writing again changes nothing."""
    path = folder / "d_activation.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write('  - {id: my-own, input: "0.1", flags: [interior], note: "half of \\"0.2\\": mine"}\n')
    assert files.write(folder, []) == ["d_activation.yaml"]
    case = load_cases(path).cases[-1]
    assert (case.id, case.input, case.formula, case.note) == ("my-own", 0.1, (1.0 - 0.1) * 0.1, 'half of "0.2": mine')
    assert files.write(folder, []) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('formula: "0.6224593312018546", formula_bits: "3fe3eb2fd4d34391"',
         'formula: "0.6224593312018547", formula_bits: "3fe3eb2fd4d34392"'),
        ('leftover_ulp: "+0.1401"', 'leftover_ulp: "+0.1402"'),
        ("flags: [plot]", "flags: [interior]"),
        ("seed: 20261121", "seed: 20261122"),
        ("  - {id: plot-007", "  # - {id: plot-007"),
    ],
    ids=["value", "leftover", "flag", "seed", "case-removed"],
)  # fmt: skip
def test_drift_is_found(folder: Path, old: str, new: str) -> None:
    """One changed value, flag or missing case in thousands is found, and the line is shown."""
    change(folder / "activation.yaml", old, new)
    ((name, lines),) = files.drift(folder)
    assert name == "activation.yaml"
    assert any(new.strip() in line for line in lines if line.startswith("-")) or "#" in new


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("layer.yaml", 'grad_x_exact: "0.25"', 'grad_x_exact: "0.26"'),
        ("layer.yaml", "flags: [special, cancellation, order]", "flags: [special, cancellation]"),
        ("layer.yaml", "  - {id: interior-007", "  # - {id: interior-007"),
        ("network.yaml", '"0.4168167573725833"', '"0.4168167573725834"'),
        ("network.yaml", '"-1.54151407495636925274169876895064952276147298982"',
         '"-1.54151407495636925274169876895064952276147298983"'),
        ("network.yaml", "checkpoints: [1, 10, 100, 1000]", "checkpoints: [1, 10, 1000]"),
        ("network.yaml", XOR_STARTS, XOR_STARTS.replace("full-batch", "one-by-one")),
    ],
    ids=["layer-exact", "layer-flag", "layer-case-removed", "network-value", "network-digit", "checkpoint", "mode"],
)  # fmt: skip
def test_drift_of_layer_and_network_is_found(folder: Path, file: str, old: str, new: str) -> None:
    """One changed digit in 50, a changed flag, a missing case or checkpoint, another mode: found, in its file."""
    change(folder / file, old, new)
    ((name, lines),) = files.drift(folder)
    assert name == file
    assert lines


def test_a_training_of_one_s_own_is_completed_and_kept(folder: Path) -> None:
    """Decimals up to the weights are enough: writing adds bits and expected values, writing again changes nothing."""
    path = folder / "network.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "- {id: my-own, shows: one weight, catches: nothing else, mode: full-batch, checkpoints: [2],\n"
            "  amplifications: [1, 1],\n"
            '  learning_rate: {value: "0.5"}, inputs: {value: [["1.0"]]}, targets: {value: [["1.0"]]},\n'
            '  weights: [{value: [["0.0"]]}]}\n'
        )
    assert files.write(folder, []) == ["network.yaml"]
    mine = load_trainings(path)[-1]
    assert (mine.id, float(mine.first.outputs[0].formula[0, 0])) == ("my-own", 0.5)
    assert float(mine.first.gradients[0].formula[0, 0]) == -0.125
    assert files.write(folder, []) == []


def test_a_training_without_a_field_is_refused(folder: Path) -> None:
    """The error names the file, the training and what is needed."""
    change(folder / "network.yaml", "  mode: full-batch\n", "")
    with pytest.raises(FixtureError, match=r"network\.yaml, case d4: needs mode, checkpoints, amplifications"):
        list(files.drift(folder))


def test_an_id_is_permanent(folder: Path) -> None:
    """A generated id cannot be given another input."""
    change(folder / "activation.yaml", 'id: plot-007, input: "-', 'id: plot-007, input: "')
    with pytest.raises(FixtureError, match=r"case plot-007, input: .* give your case an id of its own"):
        list(files.drift(folder))


def test_a_file_of_another_function_is_refused(folder: Path) -> None:
    """A fixture under another function's name is an error, not a silent swap."""
    shutil.copy(folder / "derivative.yaml", folder / "activation.yaml")
    with pytest.raises(FixtureError, match=r"function: is 'derivative', which belongs in derivative\.yaml"):
        list(load_all(folder))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_generated_ids_are_unique(function: str) -> None:
    """No two generated inputs share an id."""
    ids = [entry.id for entry in inputs.of(function)]
    assert len(set(ids)) == len(ids)


def test_search_keeps_the_hardest() -> None:
    """Of the samples searched, the kept ones are nearest to a rounding boundary, hardest first."""
    kept = search.hard_to_round(samples=3_000, kept=10)
    distances = [exact.rounding_distance(-entry.value) for entry in kept]
    assert distances == sorted(distances)
    others = search.hard_to_round(samples=3_000, kept=3_000)
    assert [entry.value for entry in others[:10]] == [entry.value for entry in kept]
    assert distances[-1] < 10 / 3_000


def test_the_fixture_s_hard_cases_are_hard() -> None:
    """The 64 kept of the seeded million are within 10^-4 ULP of a rounding boundary."""
    (fixture,) = load_all(functions=["activation"])
    hard = [case.input for case in fixture.cases if case.id.startswith("hard-exp-") and "wide" not in case.id]
    assert len(hard) == search.KEPT
    assert max(exact.rounding_distance(-x) for x in hard) < 1e-4


def test_the_published_worst_cases_are_hard() -> None:
    """Behind the rounding bit of exp(-x) stand at least 44 equal bits, opposite to it; beyond 40 on both sides."""
    (fixture,) = load_all(functions=["activation"])
    wide = [case.input for case in fixture.cases if case.id.startswith("hard-exp-wide-")]
    assert len(wide) == 64
    assert min(map(abs, wide)) > 40.0
    assert min(wide) < 0.0 < max(wide)
    assert max(exact.rounding_distance(-x) for x in wide) < 2.0**-44


def test_regions_follow_from_the_input() -> None:
    """The flags that say where a formula cannot be accurate."""
    assert regions.flags("activation", -709.7827128933841) == ("overflow",)
    assert regions.flags("activation", -709.782712893384) == ()
    assert regions.flags("derivative", 36.73680056967711) == ("saturated",)
    assert regions.flags("derivative", 36.7368005696771) == ("cancellation",)
    assert regions.flags("activation", -37.0) == regions.flags("derivative", -37.0) == ("sum-tie",)
    assert regions.flags("derivative", 36.0) == ("cancellation",)
    assert regions.flags("derivative", math.nan) == regions.flags("stable_derivative", 40.0) == ()
