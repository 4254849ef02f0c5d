"""Readers of the fixtures in other languages: they pass on the fixtures, and fail on each error planted there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nan, nextafter
from pathlib import Path

import pytest

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import Reader, load_all, load_languages
from sigmoid_parity.cases.functions import FUNCTIONS
from tests.cases import foreign

FIXTURES = resources.fixtures_dir()
READERS = load_languages().readers
LINE = re.compile(
    r'  - \{id: [a-z0-9-]+, input: "[^"\\]+", input_bits: "[0-9a-f]{16}", formula: "[^"\\]+", '
    r'formula_bits: "[0-9a-f]{16}", exact: "[^"\\]+", exact_bits: "[0-9a-f]{16}", leftover_ulp: "[^"\\]+", '
    r"(amplification: [0-9]+, )?flags: \[[a-z0-9, -]*\](, note: .*)?\}"
)
KEPT = 40  # Cases of each file in the copy that errors are planted in, besides those with the flags below.
FLAGS = ("special", "sum-tie", "saturated", "cancellation")


@dataclass(frozen=True)
class Error:
    """An error to plant: in a case of a file, what to write for its fields."""

    function: str
    case: str
    fields: dict[str, str]


def formula(function: str, case: str, value: float) -> Error:
    """Both ways in which an expected value stands, in agreement."""
    return Error(function, case, {"formula": floats.decimal(value), "formula_bits": floats.hexadecimal(value)})


def up(value: float, steps: int) -> float:
    for _ in range(steps):
        value = nextafter(value, inf)
    return value


FIRST = next(iter(load_all(functions=["d_activation"]))).cases[0]
ERRORS = {
    "1 ULP where none is allowed": formula("d_activation", FIRST.id, up(FIRST.formula, 1)),
    "3 ULP where 2 are allowed": formula("activation", "zero-positive", up(0.5, 3)),
    "the sign of zero": formula("d_activation", "zero-negative", 0.0),
    "NaN for a number": formula("activation", "zero-positive", nan),
    "infinity for a number": formula("derivative", "zero-positive", inf),
    "a decimal beside other bits": Error("stable_derivative", "zero-positive", {"formula": "0.25000000000000006"}),
    "bits beside another decimal": Error("activation", "plot-000", {"input_bits": "c014000000000001"}),
}


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the fixtures with few cases, which a reader in a slow language reads fast; their counts are right."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copy(FIXTURES / "limits.yaml", folder)
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    for function in FUNCTIONS:
        head, cases = split(FIXTURES / f"{function}.yaml")
        kept = [line for number, line in enumerate(cases) if number < KEPT or any(flag in line for flag in FLAGS)][:200]
        (folder / f"{function}.yaml").write_text(head + "".join(kept), encoding="utf-8")
        readme = count(readme, function, len(kept))
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return folder


@pytest.fixture
def check(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Path], tuple[int, str]]:
    """The reader, built: give it a folder of fixtures, and it returns its exit code and what it wrote."""
    reader: Reader = request.param
    packages = " ".join(reader.packages)
    usable = foreign.here(reader) and foreign.run(reader.version, tmp_path).returncode == 0
    if not usable and reader.id != "c":
        pytest.skip(f"{reader.name} with {reader.parser} and {reader.runner} is not here: apt-get install {packages}")
    assert usable, f"apt-get install {packages}"
    foreign.prepare(reader, tmp_path)

    def run(fixtures: Path) -> tuple[int, str]:
        ended = foreign.run(reader.command(fixtures), tmp_path)
        return ended.returncode, ended.stdout + ended.stderr

    return run


def split(path: Path) -> tuple[str, list[str]]:
    """A file's head with the line `cases:`, and the lines after it."""
    head, mark, cases = path.read_text(encoding="utf-8").partition("\ncases:\n")
    return head + mark, cases.splitlines(keepends=True)


def count(readme: str, function: str, cases: int) -> str:
    """The README with another number of cases for a file."""
    changed, places = re.subn(rf"(\| `{function}\.yaml` \|.*\| )[0-9,]+( \|)", rf"\g<1>{cases:,}\g<2>", readme)
    assert places == 1
    return changed


def plant(folder: Path, error: Error) -> None:
    """Write other values into a case's line."""
    path = folder / f"{error.function}.yaml"
    head, cases = split(path)
    (number,) = (at for at, line in enumerate(cases) if f"id: {error.case}," in line)
    for field, text in error.fields.items():
        changed = re.sub(rf'\b{field}: "[^"]*"', f'{field}: "{text}"', cases[number])
        assert changed != cases[number]
        cases[number] = changed
    path.write_text(head + "".join(cases), encoding="utf-8")


def test_a_case_is_one_line_with_its_fields_in_order() -> None:
    """What README.md promises to a reader without a parser: every line after `cases:` has this form."""
    for function in FUNCTIONS:
        for line in split(FIXTURES / f"{function}.yaml")[1]:
            assert LINE.fullmatch(line.rstrip("\n")), line


@pytest.mark.processes
@pytest.mark.parametrize("check", READERS, ids=lambda reader: reader.id, indirect=True)
def test_a_reader_passes(check: Callable[[Path], tuple[int, str]]) -> None:
    """The language's own results are within the bounds, in all cases of the four functions."""
    code, output = check(FIXTURES)
    assert code == 0, output


@pytest.mark.processes
@pytest.mark.parametrize("check", READERS, ids=lambda reader: reader.id, indirect=True)
def test_a_reader_fails_on_planted_errors(
    check: Callable[[Path], tuple[int, str]], few: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each error alone makes it fail, and it names the case; without one, and for 2 ULP of 2, it passes."""
    top = tmp_path_factory.mktemp("planted")
    assert check(few)[0] == 0
    allowed = shutil.copytree(few, top / "allowed")
    plant(allowed, formula("activation", "zero-positive", up(0.5, 2)))
    assert check(allowed)[0] == 0
    for number, (name, error) in enumerate(ERRORS.items()):
        folder = shutil.copytree(few, top / str(number))
        plant(folder, error)
        code, output = check(folder)
        assert code == 1, name
        assert error.case in output, f"{name}: {output}"


@pytest.mark.processes
@pytest.mark.parametrize("check", READERS, ids=lambda reader: reader.id, indirect=True)
def test_a_reader_misses_a_lost_case(check: Callable[[Path], tuple[int, str]], few: Path, tmp_path: Path) -> None:
    """A file with a case less than README.md says is refused, whichever it is."""
    for function in FUNCTIONS:
        folder = shutil.copytree(few, tmp_path / function)
        head, cases = split(few / f"{function}.yaml")
        (folder / f"{function}.yaml").write_text(head + "".join(cases[:-1]), encoding="utf-8")
        code, output = check(folder)
        assert code == 1, output
