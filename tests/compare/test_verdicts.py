"""The verdict: what could not run outranks what differs, a cause is blamed once, and no file widens parity."""

from __future__ import annotations

import dataclasses
import shutil
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console

from sigmoid_parity import resources
from sigmoid_parity.cases import Kind, load_all, load_limits
from sigmoid_parity.cases.document import LARGEST
from sigmoid_parity.compare import terminal
from sigmoid_parity.compare.comparison import Report, compare
from sigmoid_parity.compare.exercises import of_functions
from sigmoid_parity.compare.verify import verify
from sigmoid_parity.errors import FixtureError, HostError
from sigmoid_parity.implementations import Role
from sigmoid_parity.implementations.port import PythonArray

Doubles = NDArray[np.float64]


class Original(PythonArray):
    """An original that hangs in one function and is a hair off in another."""

    name = "original"
    role = Role.ORIGINAL

    def apply(self, function: str, inputs: Doubles) -> Doubles:
        if function in ("activation", "derivative"):
            raise HostError(self.name, "hang", "Activation took longer than 1 s")
        return np.nextafter(super().apply(function, inputs), 1.0)


def report() -> Report:
    functions = ["activation", "d_activation", "derivative"]
    return compare(of_functions(load_all(functions=functions)), [PythonArray(), Original()], load_limits())


def test_what_could_not_run_outranks_what_differs() -> None:
    """The verdict is that something could not run, and says besides that something differs."""
    found = report()
    assert found.verdict == "error"
    assert any(result.kind is Kind.PARITY for result in found.failed)
    text = terminal.verdict(found, {}, alone=True).plain
    assert text.startswith("COULD NOT RUN: not everything was compared, failures: 1; the first: original (")
    assert "besides, differences: d_activation in 1,609 of 1,610 cases, 1,435 of them at ordinary inputs by" in text


def test_the_verdict_does_not_repeat_what_is_printed_above() -> None:
    """Below the screen the verdict counts the failures; the screen has each once."""
    console = Console(file=StringIO(), width=200, record=True)
    found = report()
    terminal.screen(found, console)
    console.print(terminal.verdict(found, {}))
    assert console.export_text().count("Activation took longer than 1 s") == 1


def test_one_cause_is_one_failure() -> None:
    """A method that hangs is reported once, with the functions that could not be compared for it."""
    (failure,) = report().failures
    assert (failure.runtime, failure.functions) == ("original", ("activation", "derivative"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures, to be changed."""
    return Path(shutil.copytree(resources.fixtures_dir(), tmp_path / "fixtures"))


class Doubled(PythonArray):
    """A candidate with alpha = 2."""

    name = "alpha-2"
    role = Role.ORIGINAL

    def apply(self, function: str, inputs: Doubles) -> Doubles:
        with np.errstate(over="ignore"):
            return super().apply(function, 2.0 * inputs)


def test_no_file_widens_parity(folder: Path) -> None:
    """With bounds that allow everything, an original with alpha = 2 still differs; the wider bounds are named."""
    path = folder / "limits.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("max_ulp: 2\n", "max_ulp: 9223372036854775807\n"), "utf-8")
    found = verify([PythonArray(), Doubled()], ["activation"], folder)
    assert found.verdict == "differ"
    assert any(line.startswith("activation against formula: 9,223,372,036,854,775,807 ULP") for line in found.widened)
    assert "wider than the package's own: activation against formula" in terminal.verdict(found, {}).plain


def test_the_own_bounds_are_not_widened(folder: Path) -> None:
    """The package's own bounds, or tighter ones, are not worth a word."""
    assert verify([PythonArray()], ["d_activation"], folder).widened == []
    tighter = [dataclasses.replace(limit, max_ulp=0) for limit in load_limits().limits]
    assert dataclasses.replace(load_limits(), limits=tighter).wider_than(load_limits()) == []


def test_a_file_too_large_is_refused_before_it_is_parsed(folder: Path) -> None:
    """The error names the size and the limit."""
    with (folder / "activation.yaml").open("ab") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(FixtureError, match=r"activation\.yaml: has 16,777,217 bytes; .* has at most 16,777,216"):
        list(load_all(folder, ["activation"]))
