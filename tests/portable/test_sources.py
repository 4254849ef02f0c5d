"""The constants in the sources of every language: those of the generator, and any other are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sigmoid_parity import resources
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle.files import SourceFile, read_sources
from sigmoid_parity.oracle.portable import sources

FOLDER = resources.fixtures_dir()
DOCS = FOLDER.parent / "python" / "docs"


def test_every_language_has_them() -> None:
    """Python, C#, JavaScript, Java, Go and C, none with a digit of its own."""
    found = list(read_sources(FOLDER))
    names = {"constants.py", "Constants.cs", "portable.js", "PortableSigmoid.java", "portable.go", "portable.c"}
    assert {file.path.name for file in found} == names
    assert {file.path.suffix for file in found} == set(sources.LANGUAGES)
    for file in found:
        assert file.drift() == []


@pytest.mark.parametrize("file", list(read_sources(FOLDER)), ids=lambda file: file.path.suffix[1:])
def test_a_changed_digit_is_found(file: SourceFile) -> None:
    """In any of the constants."""
    for digits in (
        "6497320848556798",
        "23816355775",
        "7988006341064857",
        "67108864",
        "-489761709120485",
        "fb4afa1b10ed",
    ):
        changed = file.text.replace(digits, digits[:-1] + ("0" if digits[-1] != "0" else "1"))
        assert changed != file.text
        assert len(SourceFile(file.path, changed).drift()) == 2


def test_a_file_without_the_comments_is_refused(tmp_path: Path) -> None:
    """Rather than left as it is: its constants would be nobody's."""
    with pytest.raises(FixtureError, match=r"portable\.js: needs a line with `begin of the constants"):
        SourceFile(tmp_path / "portable.js", "const STEPS = 1;\n").composed()


def test_the_page_counts_the_cases() -> None:
    """The page on the portable pair says how many inputs portable.yaml has."""
    count = len(re.findall(r"^- id: ", (FOLDER / "portable.yaml").read_text(encoding="utf-8"), re.MULTILINE))
    assert f"for {count} inputs" in (DOCS / "portable.md").read_text(encoding="utf-8")
