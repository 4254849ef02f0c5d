"""Run the witness of a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sigmoid_parity.lesson import checking, numeric, programs, symbolic
from sigmoid_parity.lesson.errata import Erratum, FailingProgram, Value, WrongFormula, WrongText
from sigmoid_parity.lesson.numeric import Point
from sigmoid_parity.notation import plain

Kind = Literal[
    "says-is-proved", "says-is-equal", "no-value", "other-digits", "right-unproved", "right-differs",
    "wrong-runs", "raises-another", "right-fails",
]  # fmt: skip
"""What can speak against a witness."""


@dataclass(frozen=True)
class Problem:
    """What speaks against a witness, or against what it calls right; `phrases/lesson.yaml` has the words.

    :ivar kind: what.
    :ivar values: formulas, points, numbers and exceptions that the words name.
    """

    kind: Kind
    values: Mapping[str, str]


@dataclass(frozen=True)
class Refutation:
    """What became of a witness.

    :ivar erratum: the mistake whose witness was run.
    :ivar problems: what speaks against it, or against what it calls right.
    """

    erratum: Erratum
    problems: tuple[Problem, ...]

    @property
    def verdict(self) -> Literal["refuted", "stands", "noted"]:
        """``noted`` where nothing can be run, ``stands`` where there are problems, else ``refuted``."""
        if isinstance(self.erratum.witness, WrongText):
            return "noted"
        return "stands" if self.problems else "refuted"


def refute(erratum: Erratum) -> Refutation:
    """Run a witness: refute what the document says, and prove what is right.

    :raises MissingError: SymPy or mpmath is not installed.
    """
    match erratum.witness:
        case FailingProgram() as program:
            return Refutation(erratum, tuple(_run(program)))
        case WrongFormula() as formula:
            return Refutation(erratum, (*_refuted(formula), *_proved(formula)))
        case WrongText():
            return Refutation(erratum, ())


def _refuted(formula: WrongFormula) -> Iterator[Problem]:
    if symbolic.equal(formula.of, formula.says, formula.scope):
        yield Problem("says-is-proved", {"of": plain(formula.of), "says": plain(formula.says)})
    for value in formula.points:
        yield from _differs(formula, value)


def _differs(formula: WrongFormula, value: Value) -> Iterator[Problem]:
    point = Point(value.at, {})
    at = str(point)
    try:
        of, says, right = (
            numeric.evaluate(node, formula.scope, point) for node in (formula.of, formula.says, formula.right)
        )
    except ArithmeticError as error:
        yield Problem("no-value", {"at": at, "why": str(error)})
        return
    if numeric.same(of, says):
        yield Problem("says-is-equal", {"at": at, "says": plain(formula.says), "value": numeric.digits(says)})
    for field, written, found in (("says", value.says, says), ("right", value.right, right)):
        if numeric.digits(found) != written:
            values = {"at": at, "field": field, "written": written, "value": numeric.digits(found)}
            yield Problem("other-digits", values)


def _proved(formula: WrongFormula) -> Iterator[Problem]:
    right = plain(formula.right)
    if not symbolic.equal(formula.of, formula.right, formula.scope):
        yield Problem("right-unproved", {"of": plain(formula.of), "right": right})
    if found := checking.difference(formula.of, formula.right, formula.scope):
        values = {"right": right, "at": str(found.at), "value": found.right, "true": found.left}
        yield Problem("right-differs", values)


def _run(program: FailingProgram) -> Iterator[Problem]:
    wrong, right = programs.run(program.wrong, program.right)
    wanted = {"type": program.type, "message": program.message}
    if wrong.error is None:
        yield Problem("wrong-runs", wanted)
    elif wrong.type != program.type or program.message not in wrong.message:
        yield Problem("raises-another", {"found": wrong.error, **wanted})
    if right.error is not None:
        yield Problem("right-fails", {"found": right.error})
