"""A convention in one of its orders and arithmetics, tried on what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, formats
from sigmoid_parity.diagnosis.arithmetic import Arithmetic, Evaluator
from sigmoid_parity.diagnosis.catalogue import Catalogue, Convention, Form
from sigmoid_parity.diagnosis.observation import SCREENED, Observation, spread

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp] | slice

EVERYWHERE: Final = slice(None)
"""All points."""

FEW: Final = 16
"""How many ULP apart results may be and still be the same up to rounding."""

ROUGH: Final = 0.125
"""The largest error of an approximation, as a part of the range of the values that it is to have."""

_MANY: Final = 1_000
_LIKE: Final = 0.02  # Of the largest value: more than rounding to binary16 leaves. To 8 bits, epsilon is more still.
_PART: Final = 2.0**-6  # Of a value: `FEW` ULP of binary16. In smaller formats fewer ULP are as much.


@dataclass(frozen=True, eq=False, slots=True)
class Trial:
    """What is tried.

    :ivar convention: which convention.
    :ivar form: one of its orders of operations.
    :ivar arithmetic: one of its arithmetics.
    :ivar arguments: what each argument of the candidate is: ``"x"``, ``"y"``, the parameter's name, or ``""``.
    :ivar parameter: its value, where it is no argument.
    """

    convention: Convention
    form: Form
    arithmetic: Arithmetic
    arguments: tuple[str, ...]
    parameter: float | None = None

    @property
    def open(self) -> bool:
        """Whether the convention has a parameter whose value is to be found."""
        parameter = self.convention.parameter
        return parameter is not None and self.parameter is None and parameter.name not in self.arguments


def trials(catalogue: Catalogue, bench: Bench) -> Iterator[Trial]:
    """List all that can be tried on a candidate, in the order of the file, an arithmetic at a time."""
    for arithmetic in filter(bench.possible, catalogue.arithmetics):
        own = arithmetic.of(bench.observation.dtype)
        for convention in catalogue.conventions:
            if arithmetic in convention.arithmetics:
                for arguments in _arguments(convention, bench.observation.arity):
                    yield from (Trial(convention, form, own, arguments) for form in convention.forms)


def _arguments(convention: Convention, arity: int) -> list[tuple[str, ...]]:
    if arity == 1:
        return [] if convention.takes == "both" else [(convention.takes,)]
    if convention.takes == "both":
        return [("x", "y"), ("y", "x")]
    other = "" if convention.parameter is None else convention.parameter.name
    return [(convention.takes, other), (other, convention.takes)]


@dataclass
class Bench:
    """Where trials are made: what was observed, and what was computed for one that another can use."""

    observation: Observation
    _evaluators: dict[tuple[Arithmetic, tuple[str, ...], str], Evaluator] = field(default_factory=dict)
    _narrow: dict[np.dtype[Any], bool] = field(default_factory=dict)
    _many: dict[str, NDArray[np.intp]] = field(default_factory=dict)
    _screens: dict[str, NDArray[np.intp]] = field(default_factory=dict)

    def screen(self, takes: str) -> NDArray[np.intp]:
        """Return the few ordinary points at which a convention that takes this is tried first."""
        if takes not in self._screens:
            ordinary = self.observation.ordinary(takes)
            self._screens[takes] = spread(ordinary, self.observation.inputs[0], SCREENED)
        return self._screens[takes]

    def resembles(self, trial: Trial) -> bool:
        """Say whether the candidate's results are anything like a trial's at half of these points, rounding apart."""
        parts = self._parts(trial)
        like = max(_LIKE, formats.epsilon(self.observation.dtype))
        return bool(np.count_nonzero(parts <= like) * 2 >= parts.size)

    def approximates(self, trial: Trial) -> bool:
        """Say whether they are roughly a trial's at all of these points."""
        return bool((self._parts(trial) <= ROUGH).all())

    def _parts(self, trial: Trial) -> Floats:
        """Return how far the candidate's results are from a trial's, as parts of the largest of both."""
        indices = self.screen(trial.convention.takes)
        here = self._value(trial, indices, f"screen of {trial.convention.takes}").astype(np.float64)
        there = self.observation.values[indices].astype(np.float64)
        scale = max(float(np.abs(one[np.isfinite(one)]).max(initial=0.0)) for one in (here, there))
        return np.asarray(np.abs(here - there) / scale if scale else np.abs(here - there))

    def screened(self, trial: Trial) -> NDArray[np.uint64]:
        """Measure a trial at the few points of `screen`: distances in ULP."""
        takes = trial.convention.takes
        return self.steps(self._value(trial, self.screen(takes), f"screen of {takes}"), self.screen(takes))

    def few(self, arithmetic: Arithmetic) -> int:
        """Return `FEW`, in ULP of the format that an arithmetic gives, as a number of the candidate's ULP."""
        narrow, dtype = arithmetic.last, self.observation.dtype
        if narrow.itemsize >= dtype.itemsize:
            return max(1, min(FEW, int(_PART / formats.epsilon(dtype))))
        return FEW * int(formats.epsilon(narrow) / formats.epsilon(dtype))

    def possible(self, arithmetic: Arithmetic) -> bool:
        """Say whether this machine has an arithmetic, and its results are of the format of the candidate's."""
        if not arithmetic.fits(self.observation.dtype):
            return False
        narrow = arithmetic.of(self.observation.dtype).last
        if narrow not in self._narrow:
            values = self.observation.values[self.observation.answered]
            finite = values[np.isfinite(values)]
            self._narrow[narrow] = bool((finite == finite.astype(narrow).astype(finite.dtype)).all())
        return arithmetic.possible and self._narrow[narrow]

    def agrees(self, trial: Trial) -> bool:
        """Say whether a trial has the candidate's bits at more points, the extreme ones among them."""
        takes = trial.convention.takes
        if takes not in self._many:
            self._many[takes] = spread(self.observation.own(takes), self.observation.inputs[0], _MANY)
        return not self.steps(self._value(trial, self._many[takes], f"many of {takes}"), self._many[takes]).any()

    def whole(self, trial: Trial) -> Floats:
        """Compute a trial at all points: an array of the candidate's dtype and shape (n,)."""
        return self._value(trial, EVERYWHERE, "")

    def at(self, trial: Trial, arguments: tuple[Floats, ...], parameter: Floats) -> Floats:
        """Compute a trial at other points.

        :param trial: what is tried; it has a parameter.
        :param arguments: as the candidate takes them.
        :param parameter: values for the parameter, which broadcast with them.
        """
        evaluator = Evaluator(trial.arithmetic, _named(trial, arguments), _constants(trial, parameter))
        return evaluator.result(trial.form.node, self.observation.dtype)

    def steps(self, values: Floats, indices: Indices = EVERYWHERE) -> NDArray[np.uint64]:
        """Measure how far the candidate's results are from these, in ULP."""
        there = self.observation.values[indices]
        return floats.distance(np.ascontiguousarray(np.broadcast_to(values, there.shape)), there)

    def _value(self, trial: Trial, indices: Indices, key: str) -> Floats:
        evaluator = self._evaluator(trial, indices, key)
        if trial.parameter is not None:
            constants = _constants(trial, trial.parameter)
            evaluator = Evaluator(trial.arithmetic, {}, constants, base=evaluator)
        return evaluator.result(trial.form.node, self.observation.dtype)

    def _evaluator(self, trial: Trial, indices: Indices, key: str) -> Evaluator:
        whose = (trial.arithmetic, trial.arguments, key)
        if whose not in self._evaluators:
            arguments = tuple(values[indices] for values in self.observation.inputs)
            self._evaluators[whose] = Evaluator(trial.arithmetic, _named(trial, arguments))
        return self._evaluators[whose]


def _named(trial: Trial, arguments: tuple[Floats, ...]) -> dict[str, Floats]:
    return {name: values for name, values in zip(trial.arguments, arguments, strict=True) if name}


def _constants(trial: Trial, value: Any) -> dict[str, Any]:
    return {} if trial.convention.parameter is None else {trial.convention.parameter.name: value}
