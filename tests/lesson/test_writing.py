"""LaTeX is written from the expression beside it, and nothing else in a file changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from sigmoid_parity import resources
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.lesson import writing

FIXTURES = resources.fixtures_dir()
FILES = [*sorted(FIXTURES.glob("derivations/*.yaml")), FIXTURES / "errata.yaml"]
ONE = FIXTURES / "derivations" / "reciprocal-rule-from-limits.yaml"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_are_as_they_are_written(path: Path) -> None:
    """Written anew, each file of the project is the same, byte for byte."""
    assert writing.compose(path) == path.read_text(encoding="utf-8"), "write it anew: sigmoid-parity fixtures write"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("pattern", "instead"),
    [(r"latex: '[^'\n]*'", "latex: ''"), (r"(, |\n +)latex: '[^'\n]*'", "")],
    ids=["stale", "missing"],
)
def test_stale_and_missing_latex_is_written(path: Path, pattern: str, instead: str, tmp_path: Path) -> None:
    """Whether it is another formula's or not there at all, in a block or in braces: the file comes out as it was."""
    text = path.read_text(encoding="utf-8")
    file = tmp_path / path.name
    file.write_text(re.sub(pattern, instead, text), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != text
    assert writing.compose(file) == text


def test_comments_and_order_are_kept(tmp_path: Path) -> None:
    """Comments, empty lines and other ways to quote stay as their author wrote them."""
    own = ONE.read_text(encoding="utf-8").replace("steps:\n", "steps:  # mine\n\n  # and mine\n", 1)
    stale = own.replace(r"latex: '\lim", r"latex: '\lam").replace("latex: '", "# before it\n    latex: '", 3)
    file = tmp_path / ONE.name
    file.write_text(stale, encoding="utf-8")
    written = writing.compose(file)
    assert written.count("# before it") == 3
    assert written.replace("# before it\n    latex: '", "latex: '") == own


def test_only_what_changes_is_written(tmp_path: Path) -> None:
    """The names of the files that changed are returned, and the others are left alone."""
    folder = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    file = folder / "derivations" / ONE.name
    file.write_text(re.sub("latex: '.*'", "latex: ''", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert writing.write(folder) == [ONE.name]
    assert file.read_bytes() == ONE.read_bytes()
    assert writing.write(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"1/f(x)"', '"1/f(x"', "line 3: '1/f(x' does not parse"),
        ('"1/f(x)"', '"1/g(x)"', "line 3: 'g(x)', at column 3 of '1/g(x)': there is no such function"),
        ("[f]", "[f", "line 3, column 3: while parsing"),
    ],
)
def test_what_cannot_be_written_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    """An expression that does not parse: file, line and reason; a file that is no YAML likewise."""
    file = tmp_path / "one.yaml"
    file.write_text(
        'variables: {x: ["-1", "1"]}\nunknowns: [f]\nof: {expression: "1/f(x)"}\n'.replace(old, new), "utf-8"
    )
    with pytest.raises(FixtureError) as caught:
        writing.compose(file)
    assert str(caught.value).startswith("one.yaml")
    assert message in str(caught.value)


def test_quotes_in_what_is_written_are_yaml_s(tmp_path: Path) -> None:
    """What stands in the file is read back as LaTeX by a YAML parser."""
    file = tmp_path / "one.yaml"
    file.write_text('variables: {x: ["-1", "1"]}\nof:\n  expression: "exp(-x)"  # e\n', encoding="utf-8")
    assert yaml.safe_load(writing.compose(file))["of"] == {"expression": "exp(-x)", "latex": "e^{-x}"}
