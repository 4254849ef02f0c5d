"""The mistakes in the documents: each refuted, what is right proved, and a witness that shows nothing found out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import exp
from pathlib import Path

import pytest
import yaml

from sigmoid_parity import activation, d_activation, resources
from sigmoid_parity.backprop.layer import SigmoidLayer
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.lesson import programs
from sigmoid_parity.lesson.errata import Erratum, FailingProgram, WrongFormula, WrongText, load_documents, load_errata
from sigmoid_parity.lesson.refuting import refute

ERRATA = {erratum.id: erratum for erratum in load_errata()}
FORMULAS = {name: one.witness for name, one in ERRATA.items() if isinstance(one.witness, WrongFormula)}
PROGRAMS = {name: one.witness for name, one in ERRATA.items() if isinstance(one.witness, FailingProgram)}


@pytest.mark.parametrize("erratum", ERRATA.values(), ids=ERRATA)
def test_every_mistake_is_refuted(erratum: Erratum) -> None:
    """Its witness shows the mistake, and what is right is proved; a wrong text is noted, and never called refuted."""
    found = refute(erratum)
    assert found.problems == ()
    assert found.verdict == ("noted" if isinstance(erratum.witness, WrongText) else "refuted")


def test_they_are_all_there() -> None:
    """Mistakes of each document, and kinds of witness: all but five can be run."""
    sources = [erratum.source for erratum in ERRATA.values()]
    assert {key: sources.count(key) for key in sources} == {"D0": 1, "D1": 4, "D2": 11, "D3": 1, "D4": 12}
    assert (len(FORMULAS), len(PROGRAMS), len(ERRATA)) == (16, 8, 29)
    folders = {path.name for path in (resources.fixtures_dir() / "errata").iterdir()}
    assert folders == set(PROGRAMS)


def test_the_documents_have_titles() -> None:
    """Each document that is cited has a title in three languages; of D3 it is said how its steps were read."""
    documents = {document.key: document for document in load_documents()}
    assert list(documents) == ["D0", "D1", "D2", "D3", "D4"]
    assert {document.language for document in documents.values()} == {"en", "ja", "zh"}
    assert "pictures" in (documents["D3"].note or {})["en"]


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_right_cannot_be_called_wrong(name: str) -> None:
    """With the right formula in the place of the wrong one, the witness fails: it would refute nothing true."""
    witness = FORMULAS[name]
    found = refute(replace(ERRATA[name], witness=replace(witness, says=witness.right)))
    assert found.verdict == "stands"
    assert {"says-is-proved", "says-is-equal"} <= {problem.kind for problem in found.problems}


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_wrong_cannot_be_called_right(name: str) -> None:
    """With the wrong formula in the place of the right one, the witness fails, in both ways."""
    witness = FORMULAS[name]
    found = refute(replace(ERRATA[name], witness=replace(witness, right=witness.says)))
    assert {"right-unproved", "right-differs"} <= {problem.kind for problem in found.problems}


def test_a_wrong_number_is_found() -> None:
    """The values that stand in the file are held to the formulas, to their last digit."""
    witness = FORMULAS["double-sigmoid"]
    point = replace(witness.points[0], says=witness.points[0].says[:-1] + "8")
    (problem,) = refute(replace(ERRATA["double-sigmoid"], witness=replace(witness, points=[point]))).problems
    assert (problem.kind, problem.values["field"], problem.values["written"]) == ("other-digits", "says", point.says)


def test_a_point_without_a_value_is_found() -> None:
    """Where a formula divides by 0, that is said, and nothing is raised."""
    witness = FORMULAS["one-name-for-two-derivatives"]
    point = replace(witness.points[0], at={"x": "0"})
    found = refute(replace(ERRATA["one-name-for-two-derivatives"], witness=replace(witness, points=[point])))
    assert [problem.kind for problem in found.problems] == ["no-value"]


def test_the_double_sigmoid_s_numbers_are_the_port_s() -> None:
    """The port gives the same numbers: the right ones from y, the double sigmoid's where y is passed as x."""
    for value in FORMULAS["double-sigmoid"].points:
        y = activation(float(value.at["x"]))
        assert d_activation(activation(y)) == pytest.approx(float(value.says), rel=1e-14)
        if abs(float(value.at["x"])) < 30:
            assert d_activation(y) == pytest.approx(float(value.right), rel=1e-11)


def test_the_general_chain_formula_s_numbers() -> None:
    """-0.0602 by D4's formula, -0.00723 by a central difference of the loss, on a chain of three units."""
    value = FORMULAS["general-chain-formula"].points[0]
    x, w1, w2, t = (float(value.at[name]) for name in ("x", "w_1", "w_2", "t"))

    def output(w: float) -> float:
        return 1.0 / (1.0 + exp(-w2 / (1.0 + exp(-w * x))))

    def loss(w: float) -> float:
        return 0.5 * (output(w) - t) ** 2

    y = output(w1)
    assert float(value.says) == pytest.approx(w2 * (y - t) * y * (1.0 - y), rel=1e-13)
    assert float(value.right) == pytest.approx((loss(w1 + 1e-5) - loss(w1 - 1e-5)) / 2e-5, rel=1e-8)
    assert (f"{float(value.says):.3g}", f"{float(value.right):.3g}") == ("-0.0602", "-0.00723")


def test_the_examples_numbers_are_exact() -> None:
    """D2's worked example in fractions: x2 read as 2 x, and as the square."""
    for value in FORMULAS["square-written-x2"].points:
        x = Fraction(value.at["x"])
        says, right = (4 * (square + 3 * x + 1) ** 3 * (2 * x + 3) for square in (2 * x, x * x))
        assert (Fraction(value.says), Fraction(value.right)) == (says, right)


def test_the_mended_layer_says_what_the_package_s_layer_says() -> None:
    """Where backward is called first, the mended program's message is `SigmoidLayer`'s own."""
    with pytest.raises(ValueError, match="call forward") as caught:
        SigmoidLayer().backward(1.0)
    assert f'"{caught.value}"' in PROGRAMS["backward-before-forward"].right.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("type_", "message"), [("AttributeError", "no attribute 'x'"), ("TypeError", "no attribute"), ("Error", "y")]
)
def test_another_exception_is_no_witness(type_: str, message: str) -> None:
    """Type and message must be those that the file names."""
    witness = replace(PROGRAMS["backward-before-forward"], type=type_, message=message)
    (problem,) = refute(replace(ERRATA["backward-before-forward"], witness=witness)).problems
    assert problem.kind == "raises-another"
    assert problem.values["found"].startswith("AttributeError: ")


@pytest.mark.parametrize(
    ("wrong", "right", "kind"),
    [
        ("x = 1", "assert True", "wrong-runs"),
        ("raise TypeError('no')", "assert False, 'it does not'", "right-fails"),
        ("raise TypeError('no')", "raise SystemExit(3)", "right-fails"),
        ("raise SystemExit('TypeErro: no')", "", "raises-another"),
        ("print('TypeError: no')", "", "wrong-runs"),
    ],
)
def test_programs_are_really_run(wrong: str, right: str, kind: str, tmp_path: Path) -> None:
    """A program that raises nothing, and a mended one that fails, are found."""
    files = tmp_path / "wrong.py", tmp_path / "right.py"
    for file, code in zip(files, (wrong, right), strict=True):
        file.write_text(code, encoding="utf-8")
    witness = FailingProgram(*files, "TypeError", "no")
    (problem,) = refute(replace(ERRATA["backward-before-forward"], witness=witness)).problems
    assert problem.kind == kind


def test_a_program_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    """It is not this process, assertions hold whatever PYTHONOPTIMIZE is, and one that hangs is ended."""
    file = tmp_path / "one.py"
    file.write_text("import os\nraise ValueError(os.getpid())", encoding="utf-8")
    one, other = programs.run(file, file)
    assert (one.type, other.type) == ("ValueError", "ValueError")
    assert one.message != other.message
    file.write_text("while True: pass", encoding="utf-8")
    (ended,) = programs.run(file, time_limit=0.2)
    assert ended.error == "TimeoutError: it ran longer than 0.2 s and was ended"


def test_assertions_are_not_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONOPTIMIZE would empty the mended programs; it does not reach them."""
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    file = tmp_path / "one.py"
    file.write_text("assert False", encoding="utf-8")
    assert programs.run(file)[0].type == "AssertionError"


def spoilt(tmp_path: Path, old: str, new: str, file: str = "errata.yaml") -> Path:
    for name in ("errata.yaml", "documents.yaml"):
        text = (resources.fixtures_dir() / name).read_text(encoding="utf-8")
        assert name != file or old in text
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    (tmp_path / "errata").symlink_to(resources.fixtures_dir() / "errata")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("raises: {type: SyntaxError", "raises: {typ: SyntaxError", "errata.yaml, case class-capitalised, raises"),
        ("witness: program", "witness: programme", "errata.yaml, case class-capitalised, witness: must be one of"),
        ("witness: program", "witness: text", "errata.yaml, case class-capitalised"),
        ("id: class-capitalised", "id: class-in-capitals", "errata.yaml, case class-in-capitals, witness: there is no"),
        ("id: np-without-import", "id: class-capitalised", "errata.yaml, case class-capitalised: stands twice"),
        ('at: {x: "0"}', 'at: {y: "0"}', "errata.yaml, case sigmoid-without-brackets, points.at: gives y; give each"),
    ],
)
def test_a_malformed_erratum_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    """The error names the file, the erratum and the field."""
    with pytest.raises(FixtureError) as caught:
        load_errata(spoilt(tmp_path, old, new))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: notebook", "kind: book", "documents.yaml, case D0, kind: must be one of"),
        ("key: D1", "key: D0", "documents.yaml, case D0: stands twice in this file"),
        ("language: en", "tongue: en", "documents.yaml, case D1"),
    ],
)
def test_a_malformed_document_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    """The error names the file, the document and the field."""
    with pytest.raises(FixtureError) as caught:
        load_documents(spoilt(tmp_path, old, new, "documents.yaml"))
    assert str(caught.value).startswith(message)


def test_a_source_without_a_document_is_named(tmp_path: Path) -> None:
    """An erratum of a document that documents.yaml lacks would be shown under no heading."""
    folder = spoilt(tmp_path, "", "", "documents.yaml")
    content = yaml.safe_load((folder / "documents.yaml").read_text(encoding="utf-8"))
    del content["documents"][3]
    (folder / "documents.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FixtureError, match=r"errata.yaml, case sigmoid-without-brackets, source: is D3, and documents"):
        load_errata(folder)
