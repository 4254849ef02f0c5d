"""What is said of differences: every phrase in three languages, with the same values filled in."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Final

import pytest

import sigmoid_parity
from sigmoid_parity.cases import document
from sigmoid_parity.cases.texts import LANGUAGES, Texts
from sigmoid_parity.diagnosis import words
from sigmoid_parity.diagnosis.differences import Kind
from sigmoid_parity.figures import distances

TOP: Final = Path(sigmoid_parity.__path__[0])
PHRASES: Final[dict[str, Texts]] = {
    f"{file}: {name}": texts
    for file in ("compare/words.yaml", "diagnosis/differences.yaml")
    for name, texts in document.load(TOP / file).items()
} | {f"distances: {name}": texts for name, texts in distances._WORDS.items()}


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_has_three_languages_and_the_same_values(name: str) -> None:
    """No language lacks a phrase, or a value that another one fills in; and none is left in English."""
    texts = PHRASES[name]
    assert tuple(texts) == LANGUAGES
    fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts.values()]
    assert fields[0] == fields[1] == fields[2]
    assert texts["en"] not in (texts["ja"], texts["zh"])


def test_every_kind_has_words() -> None:
    """In each language, and no two kinds the same."""
    for language in LANGUAGES:
        assert len({words.kind(kind, language) for kind in Kind}) == len(Kind)
