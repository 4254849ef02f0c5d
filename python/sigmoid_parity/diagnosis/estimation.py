"""The value of a parameter: estimated from results, then tried as short decimals and as each double nearby."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, formats
from sigmoid_parity.diagnosis.arithmetic import Arithmetic, Evaluator
from sigmoid_parity.diagnosis.bisection import boundary
from sigmoid_parity.diagnosis.catalogue import Bisected, Convention, Solved
from sigmoid_parity.diagnosis.observation import SCREENED, Observation, spread
from sigmoid_parity.diagnosis.trials import Bench, Trial

Floats = NDArray[np.floating[Any]]

_AGREE: Final = 1e-3  # Estimates that differ by more, relatively, are not of one number.
_POINTS: Final = 150  # At which it is estimated.
_REACH: Final = 24  # Doubles to each side that are tried.
_LONGEST: Final = 17  # Significant digits that always name a double.
_PLAIN: Final = Arithmetic("", {}, np.dtype(np.float64), np.dtype(np.float64))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A parameter, up to rounding.

    :ivar value: the estimate.
    :ivar error: how far it may be off.
    :ivar inputs: points at which results depend on it most.
    :ivar results: the candidate's results there.
    """

    value: float
    error: float
    inputs: Floats
    results: Floats


def estimate(convention: Convention, observation: Observation) -> Estimate | None:
    """Estimate a convention's parameter, or return None where the results do not speak for any value.

    :param convention: one that has a parameter, and takes one argument.
    :param observation: of a candidate that takes one argument.
    """
    if convention.parameter is None or observation.arity != 1:
        return None
    own = observation.own(convention.takes) & np.isfinite(observation.inputs[0])
    if not own.any():
        return None
    found = convention.parameter.found
    if isinstance(found, Solved):
        return _solved(found, convention.takes, observation, own)
    return _bisected(found, convention.takes, observation, own)


def best(trial: Trial, found: Estimate, bench: Bench) -> Trial:
    """Return the trial with the value that gives most of the candidate's bits, the shortest decimal among several."""
    screen = bench.screen(trial.convention.takes)
    inputs = np.concatenate([found.inputs, bench.observation.inputs[0][screen]])
    results = np.concatenate([found.results, bench.observation.values[screen]])
    values = np.array(list(_values(found, trial.arithmetic)))
    computed = bench.at(trial, (inputs,), values[:, None])
    same = _same(np.broadcast_to(computed, (len(values), len(inputs))), results)
    chosen = min(values[same == same.max()].tolist(), key=lambda value: (len(repr(value)), abs(value - found.value)))
    return Trial(trial.convention, trial.form, trial.arithmetic, trial.arguments, chosen)


def _same(computed: Floats, results: Floats) -> NDArray[np.intp]:
    there = np.ascontiguousarray(np.broadcast_to(results, computed.shape))
    return np.asarray((floats.distance(np.ascontiguousarray(computed), there) == 0).sum(axis=1))


def _solved(found: Solved, takes: str, observation: Observation, own: NDArray[np.bool_]) -> Estimate | None:
    x, v, known = observation.inputs[0], observation.values, observation.known(takes)
    good = own & _good(found, {takes: x, "v": v, **known}, x.shape)
    few = spread(good, x, _POINTS)
    x, v = x[few], v[few]
    if observation.ask is not None and 1 < len(x) < SCREENED:
        more = formats.rounded(np.linspace(float(x.min()), float(x.max()), SCREENED), observation.dtype)
        asked = np.asarray(np.ma.getdata(observation.ask(more)))
        good = _good(found, {takes: more, "v": asked, **known}, more.shape)
        x, v = np.concatenate([x, more[good]]), np.concatenate([v, asked[good]])
    evaluator = Evaluator(_PLAIN, {takes: x, "v": v, **known})
    values = np.broadcast_to(evaluator.result(found.expression, np.dtype(np.float64)), x.shape)
    useful = np.isfinite(values) & (values != 0.0)
    return _middle(values[useful], x[useful], v[useful])


def _good(found: Solved, names: dict[str, Any], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    return np.broadcast_to(Evaluator(_PLAIN, names).condition(found.at), shape)


def _middle(values: Floats, inputs: Floats, results: Floats) -> Estimate | None:
    """Take the median, if half of the estimates are close to it."""
    if not len(values):
        return None
    middle = float(np.median(values))
    off = np.abs(values - middle)
    if np.count_nonzero(off <= _AGREE * abs(middle)) * 2 < len(values):
        return None
    return Estimate(middle, max(float(np.median(off)), _coarseness(results) * abs(middle)), inputs, results)


def _coarseness(results: Floats) -> float:
    """Return the relative error of results that are all numbers of a narrower format, or 0.0."""
    for narrow in (np.float16, np.float32):
        if (results == results.astype(narrow).astype(results.dtype)).all():
            return float(np.finfo(narrow).eps)
    return 0.0


def _bisected(found: Bisected, takes: str, observation: Observation, own: NDArray[np.bool_]) -> Estimate | None:
    place = boundary(found, takes, observation, own)
    if place is None:
        return None
    value = float(Evaluator(_PLAIN, {takes: place.outside}).result(found.expression, np.dtype(np.float64)))
    return Estimate(value, abs(place.outside - place.inside), place.inputs, place.results)


def _values(found: Estimate, arithmetic: Arithmetic) -> Iterator[float]:
    """List the values to try: decimals of few digits within the error, and the neighbours of the estimate."""
    ulp = float(np.spacing(abs(found.value)))
    reach = max(4.0 * found.error, 64.0 * ulp)
    for digits in range(1, _LONGEST + 1):
        short = float(f"{found.value:.{digits}g}")
        if abs(short - found.value) <= reach:
            yield short
    yield from (found.value + step * ulp for step in range(-_REACH, _REACH + 1))
    if arithmetic.operations.itemsize < found.inputs.dtype.itemsize or found.inputs.dtype == np.float32:
        coarse = float(np.spacing(np.float32(abs(found.value))))
        yield from (float(np.float32(found.value)) + step * coarse for step in range(-_REACH, _REACH + 1))
