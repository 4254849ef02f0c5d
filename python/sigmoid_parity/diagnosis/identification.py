"""Which convention a candidate is: a few ordinary points first, and all points for what fits there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.diagnosis.catalogue import Catalogue, Convention, Fingerprint
from sigmoid_parity.diagnosis.estimation import Estimate, best, estimate
from sigmoid_parity.diagnosis.finding import Diagnosis, Finding
from sigmoid_parity.diagnosis.fingerprints import Libraries
from sigmoid_parity.diagnosis.observation import Observation
from sigmoid_parity.diagnosis.shape import outline
from sigmoid_parity.diagnosis.trials import ROUGH, Bench, Trial, trials

Floats = NDArray[np.floating[Any]]

MOST: Final = 3
"""How many findings are given at most."""

CLOSE: Final = 0.95
"""The share of the ordinary points that must be within `trials.FEW` ULP for a convention to be close."""

RIVAL: Final = 0.9
"""The part of the cases for the best that another finding must have to be given beside it."""

_PLACES: Final = 4  # Of an approximation's error: what differs less is as good, and the order of the file decides.
_TRIED: Final = 6  # Of those that are close at the few points, how many are tried at all of them.


def diagnose(observation: Observation, catalogue: Catalogue) -> Diagnosis:
    """Say what a candidate is.

    A convention that has its bits at all points that count is the one finding; of several, the first of the catalogue.
    Otherwise there are those that are within some ULP, or else those that it approximates, or none.

    :param observation: what it computed.
    :param catalogue: what it may be.
    """
    with np.errstate(all="ignore"):
        return Diagnosis(_Identification(observation, catalogue).findings(), outline(observation))


@dataclass(frozen=True, slots=True)
class _Screened:
    """A trial with what it gave at the few points."""

    trial: Trial
    same: float
    near: float
    off: float


class _Identification:
    def __init__(self, observation: Observation, catalogue: Catalogue) -> None:
        self._observation = observation
        self._catalogue = catalogue
        self._bench = Bench(observation)
        self._libraries = Libraries(observation, catalogue.fingerprints)
        self._known: dict[Trial, Fingerprint | None] = {}
        self._alike_so_far: dict[tuple[Convention, tuple[str, ...]], bool] = {}
        self._estimates: dict[Convention, Estimate | None] = {}

    def findings(self) -> tuple[Finding, ...]:
        if not self._observation.answered.any():
            return ()
        every = list(trials(self._catalogue, self._bench))
        near: list[_Screened] = []
        for some in (self._alike(one for one in every if not one.open), self._closed(one for one in every if one.open)):
            for one in map(self._screen, some):
                if one.same == 1.0 and (exact := self._exact(one.trial)):
                    return (exact,)
                if one.near >= CLOSE:
                    near.append(one)
            # Another library explains more than any parameter does.
            if any(self._library(one) is not None for one in _likeliest(near)):
                break
        return self._close(near) or self._rough(every)

    def _alike(self, some: Iterable[Trial]) -> Iterator[Trial]:
        """Leave out the conventions that look different as they stand first, in the first arithmetic."""
        for trial in some:
            key = (trial.convention, trial.arguments)
            if key not in self._alike_so_far:
                self._alike_so_far[key] = self._bench.resembles(trial)
            if self._alike_so_far[key]:
                yield trial

    def _closed(self, some: Iterable[Trial]) -> Iterator[Trial]:
        """Give each trial its parameter's value; those for which there is none are left out."""
        for (_, convention), group in groupby(some, key=lambda trial: (trial.arithmetic, trial.convention)):
            if convention not in self._estimates:
                self._estimates[convention] = estimate(convention, self._observation)
            if (found := self._estimates[convention]) is not None:
                alike = self._alike(replace(trial, parameter=found.value) for trial in group)
                chosen = [best(trial, found, self._bench) for trial in alike]
                # Where one order has a shorter decimal than another, that is the one that was meant.
                yield from sorted(chosen, key=lambda trial: len(repr(trial.parameter)))

    def _screen(self, trial: Trial) -> _Screened:
        steps = self._bench.screened(trial)
        few = self._bench.few(trial.arithmetic)
        return _Screened(trial, float(np.mean(steps == 0)), float(np.mean(steps <= few)), _off(steps, few))

    def _exact(self, trial: Trial) -> Finding | None:
        if not self._bench.agrees(trial):
            return None
        found = self._finding(trial, "exact")
        return found if not found.differ else None

    def _finding(self, trial: Trial, sure: str) -> Finding:
        values = np.broadcast_to(self._bench.whole(trial), self._observation.values.shape)
        counted = self._observation.own(trial.convention.takes)
        error, at = self._largest(values, counted)
        return Finding(
            convention=trial.convention,
            order=trial.form,
            arithmetic=trial.arithmetic,
            arguments=trial.arguments,
            parameter=trial.parameter,
            values=values,
            steps=self._bench.steps(values),
            counted=counted,
            sure=sure,
            largest_error=error,
            at=at,
        )

    def _largest(self, values: Floats, counted: NDArray[np.bool_]) -> tuple[float, tuple[float, ...]]:
        both = counted & np.isfinite(values) & np.isfinite(self._observation.values)
        if not both.any():
            return float("inf"), ()
        with np.errstate(over="ignore"):
            apart = np.where(
                both, np.abs(values.astype(np.float64) - self._observation.values.astype(np.float64)), -1.0
            )
        worst = int(np.argmax(apart))
        return float(apart[worst]), tuple(float(one[worst]) for one in self._observation.inputs)

    def _close(self, near: list[_Screened]) -> tuple[Finding, ...]:
        found = [replace(self._finding(one, "close"), library=self._library(one)) for one in _likeliest(near)]
        close = sorted((one for one in found if self._nearness(one) >= CLOSE), key=self._rank)
        return _first_of_each(one for one in close if one is close[0] or _rivals(close[0], one))

    def _library(self, trial: Trial) -> Fingerprint | None:
        if trial not in self._known:
            self._known[trial] = self._libraries.recognise(trial)
        return self._known[trial]

    def _rank(self, found: Finding) -> tuple[bool, float]:
        """Order what is close: what a library explains first, then by how far off it is."""
        return found.library is None, _off(found.steps[found.counted], self._bench.few(found.arithmetic))

    def _nearness(self, found: Finding) -> float:
        """Return the share of the ordinary points at which it is within a few ULP."""
        steps = found.steps[self._observation.ordinary(found.convention.takes)]
        return float(np.mean(steps <= self._bench.few(found.arithmetic)))

    def _rough(self, every: list[Trial]) -> tuple[Finding, ...]:
        """Find what it approximates: conventions without a parameter, as they stand first, in the first arithmetic."""
        seen: dict[tuple[Convention, tuple[str, ...]], Trial] = {}
        for trial in every:
            if trial.convention.parameter is None and (trial.convention, trial.arguments) not in seen:
                seen[trial.convention, trial.arguments] = trial
        found = [self._finding(one, "approximation") for one in seen.values() if self._bench.approximates(one)]
        parts = [(round(self._part(one), _PLACES), one) for one in found]
        return _first_of_each(one for part, one in sorted(parts, key=lambda pair: pair[0]) if part <= ROUGH)

    def _part(self, found: Finding) -> float:
        """Return the largest error as a part of the range of the convention's values."""
        finite = found.counted & np.isfinite(self._observation.inputs).all(axis=0)
        wrong = finite & (np.isfinite(found.values) != np.isfinite(self._observation.values))
        ordinary = self._observation.ordinary(found.convention.takes)
        values = found.values[ordinary & np.isfinite(found.values)].astype(np.float64)
        extent = float(np.ptp(values)) if values.size else 0.0
        return found.largest_error / extent if extent > 0.0 and not wrong.any() else float("inf")


def _off(steps: NDArray[np.uint64], few: int) -> float:
    """Return how far off results are on the whole: what is more than a few ULP away counts as just that."""
    return float(np.mean(np.minimum(steps, np.uint64(few + 1)))) / few


def _likeliest(near: list[_Screened]) -> list[Trial]:
    """Choose the best at the few points; a parameter explains nothing where a convention without one fits."""
    every = [one.trial for one in sorted(near, key=lambda one: one.off)]
    return ([one for one in every if one.parameter is None] or every)[:_TRIED]


def _rivals(best: Finding, other: Finding) -> bool:
    """Say whether a finding comes close to the best: nothing does where a library explains that one and not this."""
    return other.same >= RIVAL * best.same and (best.library is None or other.library is not None)


def _first_of_each(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep the first finding of each convention, and at most `MOST`."""
    kept: dict[Convention, Finding] = {}
    for one in found:
        kept.setdefault(one.convention, one)
    return tuple(kept.values())[:MOST]
