"""The sieve lets through every convention that takes the place of a function, and stops what has nothing of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sigmoid_parity import diagnosis
from sigmoid_parity.diagnosis import sieve
from sigmoid_parity.diagnosis.arithmetic import Evaluator

PARAMETERS = (0.25, 0.5, 1.702, 2.0, 4.9, 20.0, 45.0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_convention_is_stopped(dtype: type[np.floating]) -> None:
    """Every form of a convention with a function passes in every arithmetic, with any parameter; constants do not."""
    at = sieve.points(np.dtype(dtype))
    stopped = []
    for convention in diagnosis.load().conventions:
        parameter = convention.parameter
        values = [{}] if parameter is None else [{parameter.name: np.asarray(value)} for value in PARAMETERS]
        for arithmetic in convention.arithmetics if convention.function and convention.takes != "both" else ():
            for form in convention.forms if arithmetic.possible else ():
                for constants in values:
                    found = Evaluator(arithmetic, {convention.takes: at}, constants).result(form.node, np.dtype(dtype))
                    if not sieve.possible(found) and np.ptp(found):
                        stopped.append((convention.id, arithmetic.id, constants))
    assert not stopped


@pytest.mark.parametrize(
    "function",
    [np.sin, np.abs, lambda x: x, lambda x: 2.0 * x + 1.0, lambda x: x**3, np.log1p, np.floor, np.ones_like],
)
def test_what_is_nothing_of_the_kind_is_stopped(function: Callable[[sieve.Floats], sieve.Floats]) -> None:
    """Lines, constants, powers, and waves need no closer look; log1p has no value at -700, and gets one."""
    with np.errstate(invalid="ignore"):
        found = function(sieve.points(np.dtype(np.float64)))
    assert sieve.possible(found) == (function is np.log1p)
