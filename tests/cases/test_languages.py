"""The programs in other languages: every one is named, short, and answers the protocol."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import Fixture, Program, load_all, load_languages
from tests.cases import foreign

FOLDER = resources.fixtures_dir() / "consumers"
LANGUAGES = load_languages()
HERE = [program for program in LANGUAGES.programs if foreign.here(program)]
ALWAYS = {"c", "perl", "python"}  # What any machine has that can build Python packages.


def test_every_file_is_named() -> None:
    """The programs and readers that languages.yaml names are the files of the two folders, none more and none less."""
    for folder, named in ((FOLDER, LANGUAGES.programs), (FOLDER / "readers", LANGUAGES.readers)):
        files = {path for path in folder.iterdir() if path.is_file() and path.suffix not in {".yaml", ".md"}}
        assert files == {source.path for source in named}


def test_a_program_has_at_most_25_lines() -> None:
    """Each is a model for a reader, which fits on a screen."""
    for program in LANGUAGES.programs:
        lines = program.path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 25, program.path.name
        assert max(map(len, lines)) <= 132, program.path.name


def test_a_language_has_one_ordinary_row() -> None:
    """What is no variant and runs on no emulated processor is the language's own row."""
    ordinary = [one.name for one in LANGUAGES.programs if one.variant is None and one.processor is None]
    assert len(ordinary) == len(set(ordinary))
    assert set(ordinary) == {program.name for program in LANGUAGES.programs}


def test_the_pair_is_in_every_language() -> None:
    """A program may leave out stable_derivative, which C# has not, and nothing else."""
    for program in LANGUAGES.programs:
        assert {"activation", "d_activation", "derivative"} <= set(program.functions), program.id


def test_words_are_filled_in() -> None:
    """A command has the function, or the folder, where the file has its placeholder; tools are named once each."""
    c = next(program for program in LANGUAGES.programs if program.id == "c")
    assert c.command("derivative") == ["./sigmoid", "derivative"]
    assert c.tools() == ["gcc"]
    java = next(reader for reader in LANGUAGES.readers if reader.id == "java")
    assert "FIXTURES=/some/where" in java.command(Path("/some/where"))
    assert java.tools() == ["java", "javac"]  # Not env, which gives it a variable.


def test_some_toolchains_are_here() -> None:
    """The tests below run what is found; on a machine without even these they would test nothing."""
    missing = [one for one in LANGUAGES.programs if one.id in ALWAYS and one not in HERE]
    assert not missing, f"install {', '.join(package for one in missing for package in one.packages)}"


@pytest.mark.processes
@pytest.mark.parametrize("program", HERE, ids=lambda program: program.id)
def test_a_program_answers_every_case(program: Program, tmp_path: Path) -> None:
    """One well-formed line a case, near the formula; skipped is only what is not finite; nothing is left behind.

    An unknown function is refused: exit code 2, a message on standard error, nothing on standard output.
    """
    before = sorted(FOLDER.rglob("*"))
    foreign.prepare(program, tmp_path)
    for fixture in load_all(functions=program.functions):
        _answers(program, fixture, tmp_path)
    _refuses(program, tmp_path)
    assert sorted(FOLDER.rglob("*")) == before


def _refuses(program: Program, folder: Path) -> None:
    refused = foreign.run(program.command("relu"), folder)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip()


def _answers(program: Program, fixture: Fixture, folder: Path) -> None:
    write = floats.decimal if program.decimal else floats.hexadecimal
    arguments = "".join(f"{write(x)}\n" for x in fixture.inputs.tolist())
    answered = foreign.run(program.command(fixture.function), folder, arguments)
    assert answered.returncode == 0, answered.stderr
    assert answered.stdout.endswith("\n")
    lines = answered.stdout.removesuffix("\n").split("\n")
    assert len(lines) == len(fixture.cases)
    left_out = np.array([line == "skip" for line in lines])
    assert not np.any(left_out & np.isfinite(fixture.inputs) & np.isfinite(fixture.formula))
    results = np.array([_read(program, line) for line in lines if line != "skip"])
    # y may be 2^-53 away where it rounds to 1, and with it the derivative; a flushed subnormal is no more either.
    np.testing.assert_allclose(results, fixture.formula[~left_out], rtol=1e-13, atol=2.3e-16)


def _read(program: Program, line: str) -> float:
    if program.decimal:
        return floats.parse_decimal(line)
    assert re.fullmatch("[0-9a-fA-F]{16}", line)  # Fortran writes capitals.
    return float(floats.from_bits(np.array([int(line, 16)], np.uint64))[0])
