"""Functions of Python in this process: every way to call one is found, and every fault is one clear error."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import numba
import numpy as np
import pytest
import scipy.special  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.module import FunctionTarget
from tests.implementations.functions import ALL, ARRAYS, DOUBLES, EDGES, FLOAT, bits, in_process, names, one


class Callme:
    def __call__(self, x: Any) -> Any:
        return x * 2.0

    def method(self, x: Any) -> Any:
        return x * 2.0


@numba.njit
def compiled(x: Any) -> Any:
    return x + x


@numba.vectorize  # type: ignore[untyped-decorator]
def vectorised(x: Any) -> Any:
    return x + x


def scaled(x: Any, scale: float = 2.0) -> Any:
    return x * scale


def endless(x: Any) -> Any:
    return endless(x)


def required(x: Any, *, scale: float) -> Any:
    return x * scale


@pytest.mark.parametrize(
    ("function", "ways"),
    [
        (lambda x: x * 2.0, ALL),
        (scipy.special.expit, ALL),
        (partial(required, scale=2.0), ALL),
        (scaled, ALL),
        (Callme(), ALL),
        (Callme().method, ALL),
        (compiled, ALL),
        (vectorised, [FLOAT, DOUBLES]),  # Numba casts float32 to the float64 that it was compiled for.
        (math.exp, [FLOAT]),
        (lambda x: 1.0 / (1.0 + math.exp(-x)), [FLOAT]),
        (lambda x: 0.0 if x < 0.0 else 1, [FLOAT]),
        (lambda x: x.copy(), ARRAYS),
        (lambda x: [value * 2.0 for value in x], ARRAYS),
        (lambda x: [float(value) for value in x], [DOUBLES]),
        (lambda x: np.asarray(x, np.float64) * 2.0, [FLOAT, DOUBLES]),
        (lambda x: np.float32(x) * np.float32(2.0), ALL),
        (lambda x, y: x * y, ["f(float, float)", "f(float64 array, float64 array)", "f(float32 array, float32 array)"]),
        (math.pow, ["f(float, float)"]),
    ],
)
def test_every_way_to_call_it_is_found(function: Callable[..., Any], ways: list[str]) -> None:
    """The ways that work are candidates, the others refusals with a reason."""
    found = in_process(function)
    assert names(found) == ways
    assert len(found.candidates) + len(found.refusals) == len(ALL)
    assert all(refusal.reason for refusal in found.refusals)
    assert {candidate.arity for candidate in found.candidates} == {2 if "," in ways[0] else 1}
    for candidate in found.candidates:
        assert candidate.dtype == (np.float32 if "float32" in candidate.name else np.float64)


@pytest.mark.parametrize("name", ALL)
def test_every_number_arrives_and_comes_back(name: str) -> None:
    """Special values and both zeros, in the order of the arguments; no number at all calls nothing."""
    candidate = one(lambda x: x, name)
    with np.errstate(over="ignore"):
        given_values = EDGES.astype(candidate.dtype)
    found = candidate.compute(given_values)
    assert found.dtype == candidate.dtype
    assert bits(found) == bits(given_values)
    assert candidate.compute(np.empty(0, candidate.dtype)).shape == (0,)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda _: None, "it returned None"),
        (lambda _: "0.5", "it returned str"),
        (lambda x: x * 1j, "it returned complex128"),
        (lambda x: [x], "one number; it must|for 3 numbers"),
        (lambda _: Decimal("0.5"), "it returned Decimal"),
        (lambda x: np.longdouble(x) * np.ones(np.shape(x), np.longdouble), "it returned float128 for float64"),
        (lambda x: np.ma.masked_array(np.asarray(x), np.ones(np.shape(x), bool)), "masked elements"),
        (lambda _: np.zeros(7), "it returned 7 numbers for one number"),
        (lambda x, y, z: x + y + z, r"it takes \(x, y, z\)"),
        (lambda: 0.5, r"it takes \(\)"),
        (required, r"it takes \(x: .*scale"),
        (Callme, "Callme is a class; make an object"),
        (Callme.method, "a method without its object"),
        (5, "no function but an int"),
        (lambda x: x + 1 // 0, "ZeroDivisionError: integer division"),
        (lambda _: sys.exit(3), "SystemExit: 3"),
        (endless, "RecursionError"),
    ],
)
def test_what_cannot_be_tried_is_one_error(function: Any, reason: str) -> None:
    """The error names the function and the reason."""
    with pytest.raises(HostError, match=reason) as caught:
        in_process(function)
    assert str(caught.value).startswith("f: ")
    assert "\n" not in str(caught.value)


@given(size=st.integers(1, 600), data=st.data(), name=st.sampled_from(ALL))
def test_the_input_at_which_it_fails_is_named(size: int, data: st.DataObject, name: str) -> None:
    """Whether it raises or returns nothing, and wherever the input stands among others."""
    at = data.draw(st.integers(0, size - 1))
    bad = 1.0 + at

    def raises(x: Any) -> Any:
        if np.any(x == bad):
            raise OverflowError("math range error")
        return x

    def returns_none(x: Any) -> Any:
        return None if np.any(x == bad) else x

    inputs = np.arange(1.0, size + 1.0)
    for function, problem in ((raises, "raised OverflowError: math range error; it must"), (returns_none, "None")):
        candidate = one(function, name)
        with pytest.raises(HostError, match=problem) as caught:
            candidate.compute(inputs.astype(candidate.dtype))
        assert f"f: {name} at {bad}" in str(caught.value)


def test_what_several_inputs_together_make_fail_is_not_blamed_on_one() -> None:
    """Where no half fails alone, no input is named."""

    def fails_when_long(x: Any) -> Any:
        if len(x) > 4:
            raise ValueError("too long")
        return x

    with pytest.raises(HostError, match=re.escape(f"f: {DOUBLES} raised ValueError: too long")):
        one(fails_when_long, DOUBLES).compute(np.arange(8.0))


def test_input_that_is_changed_is_refused() -> None:
    """A function that works in place has changed its caller's array."""

    def in_place(x: Any) -> Any:
        x *= 2.0
        return x

    found = in_process(in_place)
    assert names(found) == [FLOAT]
    assert all("it changed its input" in refusal.reason for refusal in found.refusals)


def test_warnings_are_no_faults() -> None:
    """NumPy's overflow is a warning, which the tests' settings would turn into an exception."""
    found = one(lambda x: 1.0 / (1.0 + np.exp(-x)), DOUBLES).compute(np.array([-710.0, 0.0]))
    assert found.tolist() == [0.0, 0.5]


def test_ctrl_c_is_the_users() -> None:
    """In this process KeyboardInterrupt is not the function's."""

    def interrupted(x: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_process(interrupted)


def test_names_of_functions_without_a_name() -> None:
    """Of functools.partial the inner one's, of objects their class's."""
    functions = (math.exp, partial(scaled, scale=3.0), Callme(), vectorised)
    assert [FunctionTarget(one).name for one in functions] == ["exp", "partial scaled", "Callme", "vectorised"]
