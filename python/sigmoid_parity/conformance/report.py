"""What a check found, as data, and its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.conformance.calling import Answers
from sigmoid_parity.conformance.comparison import Comparison, Tally, tally
from sigmoid_parity.conformance.points import Points
from sigmoid_parity.diagnosis import Diagnosis
from sigmoid_parity.errors import HostError
from sigmoid_parity.functions import ACTIVATION, FUNCTIONS
from sigmoid_parity.implementations.candidates import Refusal

Verdict = Literal["agree", "differ", "error"]

PAIR: Final = ("activation", "d_activation")
"""The functions that the C# class has."""

DERIVATIVES: Final = frozenset(FUNCTIONS) - {"activation"}
"""The functions that are a derivative of the sigmoid."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of a candidate.

    :ivar owner: what it belongs to.
    :ivar name: its name with what it takes.
    :ivar order: of its two arguments, ``"x, y"`` or ``"y, x"``; empty where it takes one.
    :ivar points: at which it was judged.
    :ivar answers: what it gave there.
    :ivar diagnosis: what it computes.
    :ivar function: as which it was compared: what it is a form of, or, where that is not known, what was asked for.
    :ivar comparisons: with each original that has the function.
    """

    owner: str
    name: str
    order: str
    points: Points
    answers: Answers
    diagnosis: Diagnosis
    function: str | None
    comparisons: tuple[Comparison, ...]

    @property
    def chosen(self) -> NDArray[np.bool_]:
        """The points that count: those of its function, where it gave a result."""
        return self.points.of(self.function or ACTIVATION.name) & self.answers.given

    @property
    def convention(self) -> Tally:
        """At how many of these points it does not have the bits of the convention that it follows."""
        chosen = self.chosen
        return tally(self.diagnosis.findings[0].steps[chosen], self.points.is_case[chosen])

    @property
    def threw(self) -> int:
        """At how many points of its function it threw."""
        return self._count(self.answers.threw)

    @property
    def skipped(self) -> int:
        """At how many points of its function it said that it cannot represent the argument or the result."""
        return self._count(self.answers.skipped)

    def _count(self, marked: NDArray[np.bool_]) -> int:
        return int(np.count_nonzero(marked & self.points.of(self.function or ACTIVATION.name)))

    @property
    def agrees(self) -> bool:
        """Whether it has the bits of every original wherever it gave a result, and threw nowhere."""
        if not self.comparisons or self.threw:
            return False
        return all(one.inputs.size and not one.differ for one in self.comparisons)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was named, or found, and could not be tried.

    :ivar target: as it was named.
    :ivar place: where it should have run.
    :ivar name: of the callable; empty where the whole target could not be tried.
    :ivar kind: ``"crash"``, ``"hang"``, ``"throw"``, ``"load"`` or ``"missing"``.
    :ivar problem: what happened, and what to do.
    """

    target: str
    place: str
    name: str
    kind: str
    problem: str

    @classmethod
    def of(cls, error: HostError, target: str, place: str, name: str = "") -> Failure:
        """Make one of an error."""
        return cls(target, place, name, error.kind, error.problem)


@dataclass(slots=True)
class Place:
    """A target in one place.

    :ivar target: as it was named.
    :ivar place: where it ran.
    :ivar named: whether its callables were named, each of which then counts.
    :ivar judgements: those of its callables that are a sigmoid, a derivative of one, or were asked for.
    :ivar unrelated: how many others there are, which could be tried and are neither.
    :ivar refusals: what cannot be tried.
    :ivar failures: what failed when it was tried.
    """

    target: str
    place: str
    named: bool
    judgements: list[Judgement] = field(default_factory=list)
    unrelated: int = 0
    refusals: Sequence[Refusal] = ()
    failures: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What a check found.

    :ivar functions: what was asked for; where nothing was, `asked` says what counts.
    :ivar places: the targets, each in each place.
    :ivar originals: the names of what they were held to.
    :ivar are_pair: whether these are the C# pair, or its port.
    :ivar failures: what could not be run besides: originals.
    """

    functions: tuple[str, ...] = ()
    places: list[Place] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)
    are_pair: bool = True
    failures: list[Failure] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether the verdict is that they agree."""
        return self.verdict == "agree"

    @property
    def verdict(self) -> Verdict:
        """``error`` where something could not be run that counts, else ``differ`` or ``agree``."""
        if self.failures or not self.places or any(self._fails(one) for one in self.places):
            return "error"
        return "agree" if all(not self.missing(where) for where in self.wheres) else "differ"

    @property
    def wheres(self) -> list[str]:
        """Where candidates ran, in order."""
        return list(dict.fromkeys(one.place for one in self.places))

    def asked(self, where: str) -> tuple[str, ...]:
        """Return the functions that must be found in a place.

        Those that were asked for; else `activation`, and `d_activation` where something takes a derivative's place.
        """
        if self.functions:
            return self.functions
        found = {one.function for one in self._at(where)}
        return PAIR if found & DERIVATIVES else PAIR[:1]

    def missing(self, where: str) -> list[str]:
        """Return the functions whose bits no candidate in a place has."""
        found = {one.function for one in self._at(where) if one.agrees}
        return [function for function in self.asked(where) if function not in found]

    def _at(self, where: str) -> list[Judgement]:
        return [judgement for one in self.places if one.place == where for judgement in one.judgements]

    @staticmethod
    def _fails(place: Place) -> bool:
        return bool(place.failures) if place.named else not (place.judgements or place.unrelated)
