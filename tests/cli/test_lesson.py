"""derive, errata and plot, as a user runs them: what they show, their exit codes, and what they say to bad input."""

from __future__ import annotations

import importlib
import re
import shutil
from pathlib import Path

import pytest

from sigmoid_parity.lesson import refuting
from sigmoid_parity.lesson.derivations import load_derivations
from sigmoid_parity.lesson.errata import Erratum
from tests.cli.running import run

DERIVATIONS = load_derivations()
REFUTED: dict[str, refuting.Refutation] = {}
STEPS = sum(len(one.steps) for one in DERIVATIONS)


def spoil(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def refuted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refute a mistake once for all languages: the refutation has no words."""
    monkeypatch.setattr(importlib.import_module("sigmoid_parity.cli.errata"), "refute", _refuted)


def _refuted(erratum: Erratum) -> refuting.Refutation:
    known = repr(erratum)
    if known not in REFUTED:
        REFUTED[known] = refuting.refute(erratum)
    return REFUTED[known]


def test_derive_lists() -> None:
    """Without an id: a line per derivation, in the order in which to read them."""
    done = run("derive")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [one.id for one in DERIVATIONS]


@pytest.mark.parametrize("language", ["en", "ja", "zh"])
def test_derive_shows_and_checks(language: str) -> None:
    """Each step with its number, its rule, its reason and a mark; the verdict."""
    done = run("derive", "reciprocal-rule", "--check", "--language", language)
    assert done.returncode == 0
    assert re.findall(r"^  ✓ +(\d+)  = ", done.stdout, re.MULTILINE) == [str(number) for number in range(1, 19)]
    (derivation,) = (one for one in DERIVATIONS if one.id == "reciprocal-rule")
    assert derivation.title[language] in done.stdout
    for step in derivation.steps:
        assert f"{step.rule[language]}{': ' if language == 'en' else '：'}{step.why[language]}" in done.stdout
    assert re.findall(r"\[D3-(\d+)\]$", done.stdout, re.MULTILINE) == [str(number) for number in range(1, 17)]
    assert "PROVED: 18 steps" in done.stdout
    assert "✓" not in run("derive", "reciprocal-rule").stdout


def test_derive_writes(tmp_path: Path) -> None:
    """A notebook and a page, to files and to standard output, where nothing else is then."""
    done = run("derive", "quotient-rule", "--html", tmp_path / "a.html", "--notebook", tmp_path / "a.ipynb")
    assert (done.returncode, done.stdout) == (0, "")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    piped = run("derive", "quotient-rule", "--html", "-", "--check")
    assert piped.stdout.startswith("<!DOCTYPE html>")
    assert (page.count("✓"), piped.stdout.count("✓"), piped.stderr.count("✓")) == (0, 17, 17)
    assert (tmp_path / "a.ipynb").read_text(encoding="utf-8").startswith("{")


def test_a_wrong_step_is_an_exit_of_1(folder: Path) -> None:
    """A sign flipped in both forms of a step: exit 1; the step, both sides and a point are named."""
    file = folder / "derivations" / "exponential-of-minus-x.yaml"
    spoil(file, ('expression: "-exp(x)**(-2)*exp(x)"', 'expression: "exp(x)**(-2)*exp(x)"'))
    refused = run("derive", "--fixtures", folder, "--check")
    assert refused.returncode == 2
    assert "error: exponential-of-minus-x.yaml, case step 5, latex: is -\\left(e^{x}" in refused.stderr
    spoil(file, (r"latex: '-\left(e^{x}\right)^{-2} \, e^{x}'", r"latex: '\left(e^{x}\right)^{-2} \, e^{x}'"))
    done = run("derive", "--fixtures", folder, "--check")
    assert done.returncode == 1
    assert re.search(r"WRONG exponential-of-minus-x, step 5: .* is not shown to equal .*; at x = \S+ the", done.stdout)
    assert f"NOT PROVED: 2 wrong, 0 without a proof, of {STEPS} steps" in done.stdout
    assert STEPS >= 45
    assert done.stdout.count("PASS") == len(DERIVATIONS) - 1


def test_a_misnamed_rule_is_an_exit_of_2(folder: Path) -> None:
    """Another rule's name, an equality that stands: the step is not proved, and what was done is said."""
    spoil(folder / "derivations" / "exponential-of-minus-x.yaml", ("rule: power-rule", "rule: continuity"))
    done = run("derive", "exponential-of-minus-x", "--fixtures", folder, "--check")
    assert done.returncode == 2
    said = "step 3: the rule named is continuity, but what changed is d/du u^(-1) into -u^(-2)"
    assert f"UNPROVED exponential-of-minus-x, {said}" in done.stdout
    assert "NOT PROVED: 0 wrong, 1 without a proof, of 6 steps" in done.stdout


def test_one_step_is_no_plural(folder: Path) -> None:
    """Of one step, "1 step"; of one derivation, "1 derivation"."""
    single = Path(__file__).parent.parent / "meta" / "accepted" / "derivation.yaml"
    shutil.rmtree(folder / "derivations")
    (folder / "derivations").mkdir()
    shutil.copy(single, folder / "derivations")
    ids = "".join(f"  - {one.id}\n" for one in DERIVATIONS)
    spoil(folder / "rules.yaml", (ids, "  - derivation\n"))
    assert "  1 step  A sum" in run("derive", "--fixtures", folder).stdout
    done = run("derive", "--fixtures", folder, "--check")
    assert "derivation: 1 step\n" in done.stdout
    assert "PROVED: 1 step of 1 derivation, " in done.stdout


@pytest.mark.usefixtures("refuted_once")
def test_a_standing_mistake_is_an_exit_of_1(folder: Path) -> None:
    """A witness that shows nothing: exit 1, and what speaks against it, in the chosen language."""
    spoil(folder / "errata.yaml", ("raises: {type: SyntaxError", "raises: {type: TypeError"))
    done = run("errata", "--fixtures", folder)
    assert done.returncode == 1
    assert "STANDS  D1" in done.stdout
    assert "the wrong program raises SyntaxError: invalid syntax; the file says TypeError: ... invalid" in done.stdout
    assert "STANDS: 1 of 24 mistakes that can be run" in done.stdout
    japanese = run("errata", "--fixtures", folder, "--language", "ja")
    assert japanese.returncode == 1
    assert "反証できず  D1、クラス定義の文" in japanese.stdout
    assert "誤ったプログラムが送出する例外は SyntaxError: invalid syntax である" in japanese.stdout


ERRATA_LINES = {
    "en": (
        "REFUTED",
        "NOTED",
        "D3  The derivative of the sigmoid in 16 steps (Chinese, translation)",
        "at x = 40: the document's formula gives 0.19661193324148185292; the true value is 4.2483542552915889592e-18",
    ),
    "ja": (
        "反証済み",
        "指摘のみ",
        "D3  シグモイド関数の微分、16 ステップ（中国語、翻訳）",
        "x = 40 のとき、文書の式の値は 0.19661193324148185292、真の値は 4.2483542552915889592e-18",
    ),
    "zh": (
        "已证伪",
        "仅指出",
        "D3  sigmoid 函数求导的 16 步（中文，译文）",
        "x = 40 时，文档的公式得 0.19661193324148185292，真值为 4.2483542552915889592e-18",
    ),
}


@pytest.mark.usefixtures("refuted_once")
@pytest.mark.parametrize("language", ERRATA_LINES)
def test_errata_refutes_all(language: str) -> None:
    """Every mistake that can be run is refuted, the others are noted; every line is in the chosen language."""
    done = run("errata", "--language", language)
    assert done.returncode == 0
    refuted, noted, heading, values = ERRATA_LINES[language]
    assert len(re.findall(f"^{refuted}  D", done.stdout, re.MULTILINE)) == 24
    assert len(re.findall(f"^{noted}  D", done.stdout, re.MULTILINE)) == 5
    assert heading in done.stdout
    assert values in done.stdout
    for word in ("REFUTED", "NOTED", "said to be", "but is", "raises", "mended", "the document"):
        assert (word in done.stdout) == (language == "en")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('expression: "-exp(-x)"\n', 'expression: "-exp(-x"\n', "case step 6, expression: '-exp(-x' does not parse"),
        ('expression: "-exp(-x)"\n', "expression: \"__import__('os')\"\n", "there is no such function"),
        ("rule: chain-rule", "rule: chian-rule", "'chian-rule' is not in rules.yaml; did you mean chain-rule?"),
    ],
)
def test_a_malformed_step_is_named(old: str, new: str, message: str, folder: Path) -> None:
    """A step that does not parse, or asks for code: exit 2, with file and step; fixtures check says the same."""
    spoil(folder / "derivations" / "exponential-of-minus-x.yaml", (old, new))
    for arguments in (["derive"], ["fixtures", "check"]):
        done = run(*arguments, "--fixtures", folder)
        assert done.returncode == 2
        assert done.stderr.startswith("error: exponential-of-minus-x.yaml, case step ")
        assert message in done.stderr
