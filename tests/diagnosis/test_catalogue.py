"""The catalogue: a convention is added by YAML alone, what is wrong in the file is named, and words are filled in."""

from __future__ import annotations

import math
import re
import shutil
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sigmoid_parity import activation, resources
from sigmoid_parity.cases import document
from sigmoid_parity.diagnosis import Catalogue, diagnose, load
from sigmoid_parity.errors import FixtureError
from tests.diagnosis.points import observe, scalar

CATALOGUE: Final = load()
ADDED: Final = """
  - id: cube-root-of-nothing
    takes: x
    forms: ["1/(1 + exp(-x*x*x))"]
    arithmetic: [binary64]
    title: {en: "the sigmoid of x cubed", ja: "x の三乗のシグモイド関数", zh: "x 立方的 sigmoid 函数"}
    met: {en: "this test", ja: "このテスト", zh: "本测试"}
    change: {en: "leave x alone", ja: "x をそのままにする", zh: "保留 x 原样"}
"""


def added(folder: Path, text: str) -> Catalogue:
    path = Path(shutil.copy(resources.fixtures_dir() / "conventions.yaml", folder))
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("conventions:\n", f"conventions:{text}", 1), encoding="utf-8")
    return load(path)


def test_a_convention_is_added_by_yaml_alone(tmp_path: Path) -> None:
    """What is unknown today is recognised with ten more lines in the file, in three languages."""

    def cubed(x: float) -> float:
        try:
            return 1.0 / (1.0 + math.exp(-x * x * x))
        except OverflowError:
            return 0.0

    observed = observe(scalar(cubed))
    assert all(one.sure == "approximation" for one in diagnose(observed, CATALOGUE).findings)
    (found,) = diagnose(observed, added(tmp_path, ADDED)).findings
    assert (found.convention.id, found.sure, found.form) == ("cube-root-of-nothing", "exact", "1/(1 + exp(-x · x · x))")
    assert (found.title("zh"), found.met("en")) == ("x 立方的 sigmoid 函数", "this test")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("-x*x*x", "-sin(x)", "cube-root-of-nothing, forms: 'sin(x)'"),
        ("-x*x*x", "-y", "'y', at column 13 of '1/(1 + exp(-y))': the name is not declared"),
        ("-x*x*x", "-Limit(h, h, 0)", "has Limit, which has no value at a point"),
        ("-x*x*x", "-(x < 0)", "only whole numbers, declared names"),
        ("[binary64]", "[binary65]", "'binary65' is no arithmetic of this file; there are binary64, "),
        ("takes: x", "takes: z", "takes"),
        ("cube-root-of-nothing", "sigmoid", "sigmoid: stands twice in this file"),
        ("    met: {", "    meet: {", "cube-root-of-nothing: must contain"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, was: str, now: str, said: str) -> None:
    """An error names the file, the convention, the field and the reason."""
    with pytest.raises(FixtureError, match=re.escape(said)) as caught:
        added(tmp_path, ADDED.replace(was, now, 1))
    assert str(caught.value).startswith("conventions.yaml")


def test_the_words_are_filled_in() -> None:
    """The parameter stands in the words without braces, in all languages, and every convention has its words."""
    (found,) = diagnose(observe(lambda x: np.asarray(activation(2.0 * np.clip(x, -1e300, 1e300)))), CATALOGUE).findings
    assert found.title("en") == "the sigmoid with alpha = 2"
    assert "2" in found.title("ja")
    assert found.form == "1/(1 + exp(-2 · x))"
    for one in document.load(resources.fixtures_dir() / "conventions.yaml")["conventions"]:
        for words in (one["title"], one["met"], one["change"]):
            assert all("{" not in text.replace("{parameter}", "") for text in words.values())
        assert "parameter" in one or "{parameter}" not in str(one["title"])
