"""Run the witness of a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sigmoid_parity.derivations import checking, numeric, symbolic
from sigmoid_parity.derivations.numeric import Point
from sigmoid_parity.errata import programs
from sigmoid_parity.fixtures.errata import Erratum, FailingProgram, Value, WrongFormula
from sigmoid_parity.notation import plain


@dataclass(frozen=True)
class Refutation:
    """What became of a witness.

    :ivar erratum: of which mistake.
    :ivar problems: what speaks against it, or for what it calls right; none where the mistake is refuted.
    """

    erratum: Erratum
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the wrong form is refuted and the right one proved."""
        return not self.problems


def refute(erratum: Erratum) -> Refutation:
    """Run a witness: refute what the document says, and prove what is right.

    :raises MissingError: SymPy or mpmath is not installed.
    """
    match erratum.witness:
        case FailingProgram() as program:
            return Refutation(erratum, tuple(_run(program)))
        case WrongFormula() as formula:
            return Refutation(erratum, (*_refuted(formula), *_proved(formula)))


def _refuted(formula: WrongFormula) -> Iterator[str]:
    if symbolic.equal(formula.of, formula.says, formula.scope):
        yield f"SymPy proves that {plain(formula.of)} is {plain(formula.says)}, which is called wrong"
    for value in formula.points:
        yield from _differs(formula, value)


def _differs(formula: WrongFormula, value: Value) -> Iterator[str]:
    point = Point(value.at, {})
    of, says, right = (
        numeric.evaluate(node, formula.scope, point) for node in (formula.of, formula.says, formula.right)
    )
    if numeric.same(of, says):
        yield f"at {point} {plain(formula.says)} is right: {numeric.digits(says)}"
    for name, written, found in (("says", value.says, says), ("right", value.right, right)):
        if numeric.digits(found) != written:
            yield f"at {point} the file has {written} for {name!r}, but its value is {numeric.digits(found)}"


def _proved(formula: WrongFormula) -> Iterator[str]:
    if not symbolic.equal(formula.of, formula.right, formula.scope):
        yield f"SymPy finds no proof that {plain(formula.of)} is {plain(formula.right)}, which is called right"
    if found := checking.difference(formula.of, formula.right, formula.scope):
        yield f"{plain(formula.right)} is called right, but at {found.at} it is {found.right}, not {found.left}"


def _run(witness: FailingProgram) -> Iterator[str]:
    program = programs.PROGRAMS.get(witness.program)
    if program is None:
        yield f"there is no program {witness.program!r}; there are {', '.join(programs.PROGRAMS)}"
        return
    wanted = f"{witness.type}: ... {witness.message}"
    try:
        programs.run(program.wrong)
    except Exception as error:
        if type(error).__name__ != witness.type or witness.message not in str(error):
            yield f"the wrong code raises {type(error).__name__}: {error}; the file says {wanted}"
    else:
        yield f"the wrong code runs; the file says that it raises {wanted}"
    if programs.run(program.right).get("holds") is not True:
        yield "the mended code does not do what it is for"
