"""Judge what is in a target: call each candidate, find out what it computes, and hold it to the originals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.cases import Fixture
from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.calling import Answers, call
from sigmoid_parity.conformance.originals import Originals
from sigmoid_parity.conformance.points import SAMPLES, SEED, Kind, Points
from sigmoid_parity.conformance.report import Failure, Judgement, Place
from sigmoid_parity.diagnosis import Catalogue, Diagnosis, Observation, diagnose, sieve
from sigmoid_parity.errors import HostError
from sigmoid_parity.functions import ACTIVATION
from sigmoid_parity.implementations.candidates import Candidate, Floats, Recording, Target
from sigmoid_parity.progress import Progress, silent

_ARGUMENTS: Final = {1: ("x",), 2: ("x", "y")}


@dataclass(frozen=True, slots=True)
class Suite:
    """What every candidate is judged with.

    :ivar fixtures: the cases.
    :ivar catalogue: the conventions.
    :ivar originals: what candidates are held to.
    :ivar functions: what was asked for; may be empty.
    :ivar samples: how many points there are besides the cases; formats of 8 and 16 bits are tried whole instead.
    :ivar seed: what they are drawn with.
    :ivar every: whether what is neither a sigmoid nor a derivative of one is described too.
    :ivar recorded: whether candidates have results at these points alone, and cannot be called at others.
    """

    fixtures: Sequence[Fixture]
    catalogue: Catalogue
    originals: Originals
    functions: tuple[str, ...] = ()
    samples: int = SAMPLES
    seed: int = SEED
    every: bool = False
    recorded: bool = False

    def at(self, recording: Recording | None, target: Target) -> Suite:
        """Return the suite for a target: where that is a record, with the points that it was recorded at.

        :raises HostError: it was recorded at others than this version has.
        """
        if recording is None:
            return self
        chosen = points.recorded(self.fixtures, points.aside(self.catalogue), recording.samples, recording.seed)
        if recording.digest != points.digest(chosen):
            own = f"`sigmoid-parity points --samples {recording.samples} --seed {recording.seed}`"
            problem = f"{target.name} was recorded at other points than those of {own}; record it anew at these"
            raise HostError(target.place, "load", problem)
        return replace(self, samples=recording.samples, seed=recording.seed, recorded=True)


ReadSuite = Callable[[], Suite]
"""Returns the suite, once it has been read: that takes as long as a process takes to start, and need not come first."""


def judge(target: Target, read_suite: ReadSuite, named: bool, progress: Progress = silent) -> Place:
    """Judge everything in a target that can be tried.

    :param read_suite: returns what it is judged with; called once the target is open.
    :param named: whether its callables were named, and not only the file that they are in.
    :param progress: called with what is about to be done.
    """
    place = Place(target.name, target.place, named)
    progress(f"{target.name}: {target.place}")
    try:
        with target.open() as found:
            place.refusals = found.refusals
            own = read_suite().at(found.recording, target)
            for number, candidate in enumerate(found.candidates, 1):
                progress(f"{target.place}: {candidate.name}, {number:,} of {len(found.candidates):,}")
                _try(candidate, own, place)
    except HostError as error:
        place.failures.append(Failure.of(error, target.name, target.place))
    return place


def identify(candidate: Candidate, suite: Suite, named: bool = True) -> str:
    """Return the function that a candidate is a form of; where that is not known, the one that was asked for, or none.

    :param named: whether the candidate was named, and so counts.
    :raises HostError: it failed.
    """
    return _function(_observe(candidate, _ARGUMENTS[candidate.arity], suite, ()).diagnosis, suite, named) or ""


def _try(candidate: Candidate, suite: Suite, place: Place) -> None:
    try:
        looked_at = place.named or suite.every or sieve.possible(_few(candidate))
        judgement = _judge(candidate, suite, place.named) if looked_at else None
    except HostError as error:
        name = ".".join(filter(None, (candidate.owner, candidate.name)))
        place.failures.append(Failure.of(error, place.target, place.place, name))
        return
    if judgement is None or (judgement.function is None and not suite.every):
        place.unrelated += 1
    else:
        place.judgements.append(judgement)


def _few(candidate: Candidate) -> Floats:
    few = sieve.points(candidate.dtype)
    return _masked(call(candidate, (few,) * candidate.arity))


def _judge(candidate: Candidate, suite: Suite, named: bool) -> Judgement:
    found = _observe(candidate, _ARGUMENTS[candidate.arity], suite, ())
    function = _function(found.diagnosis, suite, named)
    if function is not None and not (found.points.whole and found.arguments == _arguments(found)):
        kind = points.kind(function) if candidate.arity == 1 else points.X
        found = _observe(candidate, _arguments(found), suite, (kind,))
        function = _function(found.diagnosis, suite, named)
    compared = suite.originals.compare(function, found.points, found.answers) if function else ()
    order = ", ".join(name or "any" for name in found.arguments) if candidate.arity > 1 else ""
    return Judgement(
        candidate.owner, candidate.name, order, found.points, found.answers, found.diagnosis, function, compared
    )


@dataclass(frozen=True, slots=True)
class _Observed:
    arguments: tuple[str, ...]
    points: Points
    answers: Answers
    diagnosis: Diagnosis


def _observe(candidate: Candidate, arguments: tuple[str, ...], suite: Suite, kinds: Sequence[Kind]) -> _Observed:
    """Call a candidate, each argument being x, y, or something else, for which 1 is taken; and diagnose it."""
    at = _points(candidate, suite, kinds)
    known = {"x": at.x, "y": at.y}
    inputs = tuple(known.get(name, np.ones_like(at.x)) for name in arguments)
    answers = call(candidate, inputs)

    def ask(*others: Floats) -> Floats:
        return _masked(call(candidate, others))

    observation = Observation(inputs, _masked(answers), at.is_x, at.is_y, None if suite.recorded else ask)
    return _Observed(arguments, at, answers, diagnose(observation, suite.catalogue))


def _points(candidate: Candidate, suite: Suite, kinds: Sequence[Kind]) -> Points:
    if formats.is_narrow(candidate.dtype):
        return points.entire(suite.fixtures, candidate.dtype, candidate.arity)
    further = {of: points.samples(of, suite.samples, suite.seed) for of in kinds}
    if candidate.arity == 1:
        return points.single(suite.fixtures, candidate.dtype, further, points.aside(suite.catalogue))
    return points.double(suite.fixtures, candidate.dtype, further)


def _arguments(found: _Observed) -> tuple[str, ...]:
    """Return what each argument is, as far as is known."""
    if len(found.arguments) == 1 or not found.diagnosis.findings:
        return found.arguments
    return found.diagnosis.findings[0].arguments


def _masked(answers: Answers) -> Floats:
    return np.ma.array(answers.results, mask=~answers.given)


def _function(diagnosis: Diagnosis, suite: Suite, named: bool) -> str | None:
    of = next((finding.convention.function for finding in diagnosis.findings), None)
    if of is None and named:
        return suite.functions[0] if len(suite.functions) == 1 else ACTIVATION.name
    return of
