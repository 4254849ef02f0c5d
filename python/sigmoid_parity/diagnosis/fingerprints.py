"""Whose exp it is: a library is known by the results of its exp at inputs where libraries differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.diagnosis import libm
from sigmoid_parity.diagnosis.arithmetic import Evaluator
from sigmoid_parity.diagnosis.catalogue import Fingerprint
from sigmoid_parity.diagnosis.expressions import calls
from sigmoid_parity.diagnosis.observation import Observation
from sigmoid_parity.diagnosis.trials import Trial

Floats = NDArray[np.floating[Any]]

_ENOUGH: Final = 12  # Points at which the platform's own exp is refuted, or another confirmed.


@dataclass(frozen=True)
class _Table:
    """A library's exp, at the inputs where it is known; NaN elsewhere."""

    fingerprint: Fingerprint

    def __call__(self, x: Floats) -> Floats:
        inputs, results = self.fingerprint.inputs, self.fingerprint.results
        places = np.searchsorted(inputs, x).clip(0, len(inputs) - 1)
        return np.where(inputs[places] == x, results[places], np.nan)


class Libraries:
    """The libraries that a candidate may use."""

    def __init__(self, observation: Observation, fingerprints: Sequence[Fingerprint]) -> None:
        """Prepare; nothing is asked yet.

        :param observation: of the candidate, which is asked once, if it can be.
        :param fingerprints: the libraries; the first that explains all is taken.
        """
        self._observation = observation
        self._fingerprints = fingerprints

    def recognise(self, trial: Trial) -> Fingerprint | None:
        """Find the library whose exp gives a trial all of the candidate's bits, where its exp is known.

        :param trial: a convention that this machine's exp does not explain.
        :returns: None where none does, or where it says nothing, as of an expression without exp, or of two arguments.
        """
        if "exp" not in calls(trial.form.node) or self._observation.arity != 1:
            return None
        return next((one for one in self._foreign if self._explains(one, trial)), None)

    def _explains(self, fingerprint: Fingerprint, trial: Trial) -> bool:
        x, v = self._points
        constants = {} if trial.convention.parameter is None else {trial.convention.parameter.name: trial.parameter}
        evaluator = Evaluator(trial.arithmetic, {trial.arguments[0]: x}, constants, exp=_Table(fingerprint))
        values = evaluator.result(trial.form.node, self._observation.dtype)
        known = ~np.isnan(values)
        return bool(known.sum() >= _ENOUGH and not floats.distance(values[known], v[known]).any())

    @cached_property
    def _foreign(self) -> list[Fingerprint]:
        return [one for one in self._fingerprints if _foreign(one)]

    @cached_property
    def _points(self) -> tuple[Floats, Floats]:
        """The points at which exp is known, with the candidate's results there."""
        inputs = self._fingerprints[0].inputs
        both = np.concatenate([inputs, -inputs]).astype(self._observation.dtype)
        if self._observation.ask is not None:
            return both, np.asarray(np.ma.getdata(self._observation.ask(both)))
        there = np.isin(self._observation.inputs[0], both) & self._observation.answered
        return self._observation.inputs[0][there], self._observation.values[there]


def _foreign(fingerprint: Fingerprint) -> bool:
    """Say whether a library's exp is another than this machine's."""
    own = libm.call("exp", (fingerprint.inputs,), np.dtype(np.float64))
    return bool(floats.distance(own, fingerprint.results).any())
