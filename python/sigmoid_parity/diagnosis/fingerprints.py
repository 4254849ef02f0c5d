"""Whose exp it is: a library is known by the results of its exp at inputs where libraries differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def recognise(trial: Trial, observation: Observation, fingerprints: Sequence[Fingerprint]) -> Fingerprint | None:
    """Find the library whose exp gives a trial all of the candidate's bits, where its exp is known.

    :param trial: a convention of one argument, which this machine's exp does not explain.
    :param observation: of the candidate, which is asked if it can be.
    :param fingerprints: the libraries; the first that explains all is taken.
    :returns: None where none does, or where it says nothing, as of an expression without exp.
    """
    if not fingerprints or "exp" not in calls(trial.form.node) or observation.arity != 1:
        return None
    x, v = _points(observation, fingerprints[0].inputs)
    constants = {} if trial.convention.parameter is None else {trial.convention.parameter.name: trial.parameter}
    for fingerprint in filter(_foreign, fingerprints):
        evaluator = Evaluator(trial.arithmetic, {trial.arguments[0]: x}, constants, exp=_Table(fingerprint))
        values = evaluator.result(trial.form.node, observation.dtype)
        known = ~np.isnan(values)
        if np.count_nonzero(known) >= _ENOUGH and not floats.distance(values[known], v[known]).any():
            return fingerprint
    return None


def _foreign(fingerprint: Fingerprint) -> bool:
    """Say whether a library's exp is another than this machine's."""
    own = libm.call("exp", (fingerprint.inputs,), np.dtype(np.float64))
    return bool(floats.distance(own, fingerprint.results).any())


def _points(observation: Observation, inputs: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Return the points at which exp is known, with the candidate's results there."""
    both = np.concatenate([inputs, -inputs]).astype(observation.dtype)
    if observation.ask is not None:
        return both, np.asarray(np.ma.getdata(observation.ask(both)))
    there = np.isin(observation.inputs[0], both) & observation.answered
    return observation.inputs[0][there], observation.values[there]
