"""What a reader names, as comparisons: targets, and what they are held to, as `sigmoid-parity check` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sigmoid_parity import diagnosis
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import targets
from sigmoid_parity.conformance.judging import Suite, identify
from sigmoid_parity.conformance.originals import Originals
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.candidates import Candidate, Refusal, Target
from sigmoid_parity.implementations.dotnet import AssemblyTarget, assembly
from sigmoid_parity.implementations.record import RecordTarget
from sigmoid_parity.progress import Progress, silent
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Domain
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.placing import placed
from sigmoid_parity.sweep.sides import Called, Port, Portable, Side

_DOUBLE: Final = "float64"


@dataclass(slots=True)
class Named:
    """Sides that were named, and what was in them and is none.

    :ivar sides: each with the format of its results; None where it takes any.
    :ivar refusals: why the others cannot be swept.
    """

    sides: list[tuple[Side, str | None]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what was named.

    :ivar function: the function, by its name in Python.
    :ivar format: the only format in which is compared; all that there are where it is None.
    :ivar options: how things are run.
    """

    function: str
    format: str | None
    options: Options

    def comparisons(
        self, chosen: Sequence[tuple[Target, bool]], against: str | None, domain: Domain, progress: Progress = silent
    ) -> tuple[list[Comparison], list[Refusal]]:
        """Return every comparison of a target, or of the port where there is none, with what it is held to.

        :param chosen: the targets, each with whether its callables were named.
        :param against: what they are held to; see `targets.originals`.
        :param domain: the points.
        :param progress: called with what is about to be done.
        :raises HostError: a target cannot be loaded.
        :raises MissingError: there is no .NET runtime, or no assembly.
        :raises UsageError: there is nothing to compare.
        """
        held = self._held(against, progress)
        judged = Named([(Port(), None)]) if not chosen else self._found(chosen, progress)
        made = [
            self._comparison(expected, actual, own or form or self.format or _DOUBLE, domain)
            for actual, own in judged.sides
            for expected, form in held.sides
            if len({own, form, self.format} - {None}) <= 1 and _belong(expected, actual)
        ]
        if not made:
            reasons = "; ".join(f"{one.name}: {one.reason}" for one in (*judged.refusals, *held.refusals))
            raise UsageError(f"nothing that was named computes {self.function} in the format asked for; {reasons}")
        return made, judged.refusals + held.refusals

    def _comparison(self, expected: Side, actual: Side, form: str, domain: Domain) -> Comparison:
        sides = placed(expected, actual)
        return Comparison(self.function, form, *sides, domain, str(Path.cwd()), self.options.time_limit)

    def _held(self, against: str | None, progress: Progress) -> Named:
        own = targets.own(against)
        if own == targets.PORT:
            return Named([(Port(wide=True), None)])
        if own == targets.PORTABLE:
            return Named([(Portable(), None)])
        if own is None:
            return self._found(targets.read(str(against), self.options), progress)
        if not FUNCTIONS[self.function].methods:
            raise UsageError(f"C# has no {self.function}; name what it is held to, such as --against port")
        path, limit = assembly.find().path, self.options.time_limit
        return Named([(Pair(runtime, path, limit), None) for runtime in targets.runtimes(against, self.options)])

    def _found(self, chosen: Sequence[tuple[Target, bool]], progress: Progress) -> Named:
        named = Named()
        for target, is_named in chosen:
            if isinstance(target, RecordTarget):
                raise UsageError(
                    f"{target.name} has results at its own points only; `sigmoid-parity check` compares it"
                )
            progress(f"{target.name}: {target.place}")
            with target.open() as found:
                named.refusals += found.refusals
                kept = self._kept(target, found.candidates, is_named, named.refusals)
                named.sides += ((Called(target, number, one.name), one.dtype.name) for number, one in kept)
        return named

    def _kept(
        self, target: Target, candidates: Sequence[Candidate], is_named: bool, refusals: list[Refusal]
    ) -> Iterator[tuple[int, Candidate]]:
        """Choose the candidates that compute the function; of several ways to call one, the last of each format."""
        suite = None if is_named else Suite(list(load_all()), diagnosis.load(), Originals(), (self.function,))
        fitting: dict[object, tuple[int, Candidate]] = {}
        for number, one in enumerate(candidates):
            if one.arity != 1:
                refusals.append(Refusal(one.owner, one.name, "it takes two arguments, and a sweep has one"))
            elif suite is None or _identified(one, suite) == self.function:
                # Python's ways are called slowest first: one float after another, then arrays.
                key = number if isinstance(target, AssemblyTarget) else one.dtype
                fitting[key] = number, one
        return iter(fitting.values())


def _identified(candidate: Candidate, suite: Suite) -> str | None:
    try:
        return identify(candidate, suite, named=False)
    except HostError:  # It is none of the sigmoid's if it fails at the cases; `check` says why.
        return None


def _belong(expected: Side, actual: Side) -> bool:
    """Tell whether two sides are to be compared: an assembly with the C# pair on its own runtime, all else with all."""
    if isinstance(expected, Pair) and isinstance(actual, Called) and isinstance(actual.target, AssemblyTarget):
        return expected.runtime == actual.target.runtime
    return type(expected) is not type(actual) or expected.name != actual.name
