"""The mistakes in the documents: each refuted, what is right proved, and a witness that shows nothing found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sigmoid_parity import activation, d_activation
from sigmoid_parity.errata import programs, refute
from sigmoid_parity.fixtures.errata import Erratum, FailingProgram, WrongFormula, load_errata

ERRATA = {erratum.id: erratum for erratum in load_errata()}
FORMULAS = {name: one.witness for name, one in ERRATA.items() if isinstance(one.witness, WrongFormula)}


@pytest.mark.parametrize("erratum", ERRATA.values(), ids=ERRATA)
def test_every_mistake_is_refuted(erratum: Erratum) -> None:
    """Its witness shows the mistake, and what is right is proved."""
    assert refute(erratum).problems == ()


def test_they_are_all_there() -> None:
    """Three mistakes of D1, six of D2, where two are in one place, five of D4, where one is in two lines."""
    sources = [erratum.source for erratum in ERRATA.values()]
    assert {key: sources.count(key) for key in sources} == {"D1": 3, "D2": 6, "D4": 5}


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_right_cannot_be_called_wrong(name: str) -> None:
    """With the right formula in the place of the wrong one, the witness fails: it would refute nothing true."""
    witness = FORMULAS[name]
    found = refute(replace(ERRATA[name], witness=replace(witness, says=witness.right)))
    assert any(problem.startswith("SymPy proves") for problem in found.problems)
    assert any("is right: " in problem for problem in found.problems)


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_wrong_cannot_be_called_right(name: str) -> None:
    """With the wrong formula in the place of the right one, the witness fails, in both ways."""
    witness = FORMULAS[name]
    found = refute(replace(ERRATA[name], witness=replace(witness, right=witness.says)))
    assert any(problem.startswith("SymPy finds no proof") for problem in found.problems)
    assert any("is called right, but at" in problem for problem in found.problems)


def test_a_wrong_number_is_found() -> None:
    """The values that stand in the file are held to the formulas, to their last digit."""
    witness = FORMULAS["double-sigmoid"]
    point = replace(witness.points[0], says=witness.points[0].says[:-1] + "8")
    (problem,) = refute(replace(ERRATA["double-sigmoid"], witness=replace(witness, points=[point]))).problems
    assert f"the file has {point.says} for 'says'" in problem


def test_the_double_sigmoid_s_numbers_are_the_port_s() -> None:
    """The port gives the same numbers: the right ones from y, the double sigmoid's where y is passed as x."""
    for value in FORMULAS["double-sigmoid"].points:
        y = activation(float(value.at["x"]))
        assert d_activation(activation(y)) == pytest.approx(float(value.says), rel=1e-14)
        if abs(float(value.at["x"])) < 30:
            assert d_activation(y) == pytest.approx(float(value.right), rel=1e-11)


@pytest.mark.parametrize(
    ("witness", "problem"),
    [
        (FailingProgram("backward-before-forward", "AttributeError", "no attribute 'x'"), "the wrong code raises Attr"),
        (
            FailingProgram("backward-before-forward", "TypeError", "no attribute"),
            "the wrong code raises AttributeError",
        ),
        (FailingProgram("backward", "TypeError", "no attribute"), "there is no program 'backward'"),
    ],
)
def test_another_exception_is_no_witness(witness: FailingProgram, problem: str) -> None:
    """Type and message must be those that the file names."""
    (found,) = refute(replace(ERRATA["backward-before-forward"], witness=witness)).problems
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("x = 1", "holds = True", "the wrong code runs"),
        ("raise TypeError('no')", "holds = False", "the mended code does not do what it is for"),
        ("raise TypeError('no')", "x = 1", "the mended code does not do what it is for"),
    ],
)
def test_programs_are_really_run(wrong: str, right: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that raises nothing, and a mended one that does not hold, are found."""
    monkeypatch.setattr(programs, "PROGRAMS", {"one": programs.Program(wrong, right)})
    witness = FailingProgram("one", "TypeError", "no")
    (found,) = refute(replace(ERRATA["backward-before-forward"], witness=witness)).problems
    assert found.startswith(problem)
