"""What the lesson says: every phrase in three languages, with the same values filled in."""

from __future__ import annotations

import re
import string
from typing import get_args

import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.lesson.checking import Verdict
from sigmoid_parity.lesson.refuting import Kind
from sigmoid_parity.lesson.words import MARKS, phrases, say


@pytest.mark.parametrize("name", phrases())
def test_every_phrase_has_three_languages_and_the_same_values(name: str) -> None:
    """No language lacks a phrase, or a value that another one fills in."""
    fields = {
        language: {field for _, field, _, _ in string.Formatter().parse(text) if field}
        for language, text in phrases()[name].items()
    }
    assert set(fields) == set(LANGUAGES)
    assert len({frozenset(names) for names in fields.values()}) == 1


def test_every_problem_has_words() -> None:
    """Whatever speaks against a witness can be said; Japanese and Chinese phrases hold no English words of ours."""
    assert set(get_args(Kind)) <= set(phrases())
    foreign = {
        "SymPy",
        "mpmath",
        "sigmoid",
        "JavaScript",
        "Activation",
        "DActivation",
        "stable_derivative",
        "exp",
        "arange",
        "file",
    }
    for name, texts in phrases().items():
        for language in ("ja", "zh"):
            words = re.findall(r"[A-Za-z_]{2,}", re.sub(r"{\w+}|`[^`]*`", "", texts[language]))
            assert set(words) <= foreign, name
    assert (
        say("no-value", "en", at="x = 0", why="division by zero") == "at x = 0 a formula has no value: division by zero"
    )


def test_every_verdict_has_a_mark_and_words() -> None:
    """The marks of steps have words in each language, which the page shows beside them."""
    assert set(get_args(Verdict)) == set(MARKS)
    assert all(say(name, language) for name in MARKS for language in LANGUAGES)
