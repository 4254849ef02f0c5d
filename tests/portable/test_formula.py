"""The portable functions are the documented formula with every operation rounded once, exp too."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sigmoid_parity import cases, floats, portable
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.portable import exact, scalar
from tests.portable.shared import PUBLISHED, Doubles, exp, formula, near_midpoints, same, tiny

by_name = pytest.mark.parametrize("name", FUNCTIONS)


def scalars(name: str, inputs: Doubles) -> Doubles:
    function = getattr(portable, name)
    return np.array([function(x) for x in inputs.tolist()], np.float64)


def arrays(name: str, inputs: Doubles) -> Doubles:
    return np.asarray(getattr(portable, name)(inputs))


@by_name
def test_every_fixture_s_formula(name: str) -> None:
    """In every case of every function: its expected values and these come by two roads."""
    (fixture,) = cases.load_all(functions=[name])
    same(fixture.formula, scalars(name, fixture.inputs), fixture.inputs)
    same(fixture.formula, arrays(name, fixture.inputs), fixture.inputs)


@pytest.mark.parametrize("count", [40_000, pytest.param(1_000_000, marks=pytest.mark.exhaustive)])
def test_doubles_against_mpfr(count: int) -> None:
    """Activation, as an array: a quarter each normal, uniform in +-40 and +-745, and of any bits."""
    random = np.random.default_rng(2026)
    inputs = np.concatenate(
        [
            random.normal(0.0, 5.0, count // 4),
            random.uniform(-40.0, 40.0, count // 4),
            random.uniform(-745.0, 745.0, count // 4),
            floats.from_bits(random.integers(0, 2**64, count // 4, np.uint64)),
        ]
    )
    same(formula("activation", inputs.tolist()), arrays("activation", inputs), inputs)


@by_name
def test_samples_against_mpfr(name: str) -> None:
    """Each function, one double after the other and as an array, subnormal results included."""
    random = np.random.default_rng(16)
    inputs = np.concatenate(
        [
            random.normal(0.0, 8.0, 8_000),
            random.uniform(-746.0, 746.0, 8_000),
            random.uniform(708.0, 746.0, 4_000) * random.choice([-1.0, 1.0], 4_000),
            floats.from_bits(random.integers(0, 2**64, 4_000, np.uint64)),
        ]
    )
    expected = formula(name, inputs.tolist())
    same(expected, scalars(name, inputs), inputs)
    same(expected, arrays(name, inputs), inputs)


def test_exp_of_what_is_hard_to_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Published worst cases, and thousands near a midpoint: the exact phase is reached, and 192 bits suffice."""
    compute = exact.exp
    counter = Mock(wraps=compute)
    monkeypatch.setattr(exact, "exp", counter)
    monkeypatch.setattr(exact, "PRECISIONS", exact.PRECISIONS[:1])
    arguments = np.array([u for u in (*PUBLISHED, *tiny(6_000), *near_midpoints(6_000)) if u < 0.0])
    same(exp(arguments.tolist()), np.array([scalar.exp_down(u) for u in arguments.tolist()]), arguments)
    assert counter.call_count > 5_000
    positive = np.array([abs(u) for u in arguments.tolist() if -u < 709.0])
    same(exp(positive.tolist()), np.array([compute(u) for u in positive.tolist()]), positive)


@by_name
def test_functions_of_what_is_hard_to_round(name: str) -> None:
    """The functions at those arguments, as scalars and as an array."""
    arguments = np.array([*PUBLISHED, *tiny(2_000), *near_midpoints(4_000)])
    inputs = np.concatenate([arguments, -arguments])
    expected = formula(name, inputs.tolist())
    same(expected, scalars(name, inputs), inputs)
    same(expected, arrays(name, inputs), inputs)


def test_what_192_bits_do_not_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bound too wide for the first precision the next one decides; if none does, that is an error."""
    u = PUBLISHED[1]
    monkeypatch.setattr(exact, "_BOUND", 1 << 150)
    assert exact.exp(u) == exp([u])[0]
    monkeypatch.setattr(exact, "PRECISIONS", (192,))
    with pytest.raises(ArithmeticError, match="192 bits do not tell"):
        exact.exp(u)


@by_name
@given(values=hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)))
def test_arrays_have_the_scalars_bits(name: str, values: np.ndarray[Any, Any]) -> None:
    """An array of any shape gives, element by element, what the scalar gives, and keeps its shape."""
    result = getattr(portable, name)(values)
    assert result.shape == values.shape
    same(scalars(name, values.ravel()), result.ravel(), values.ravel())


@given(x=st.floats())
def test_derivative_is_the_pair_composed(x: float) -> None:
    """Derivative(x) is d_activation(activation(x)), to the bit."""
    composed, at_once = portable.d_activation(portable.activation(x)), portable.derivative(x)
    same(np.array([composed]), np.array([at_once]), np.array([x]))


@by_name
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_narrow_floats_are_rounded_once(name: str, dtype: type[np.floating[Any]]) -> None:
    """A float32 or float16 array gives the binary64 result, rounded once, and keeps its dtype."""
    values = np.random.default_rng(5).normal(0.0, 30.0, 20_000).astype(dtype)
    with np.errstate(over="ignore", under="ignore"):
        expected = arrays(name, values.astype(np.float64)).astype(dtype)
    result = getattr(portable, name)(values)
    assert result.dtype == dtype
    np.testing.assert_array_equal(result.view(np.uint8), expected.view(np.uint8))


@by_name
def test_refuses_as_the_port_does(name: str) -> None:
    """What is no number, and an out= that does not fit."""
    function = getattr(portable, name)
    with pytest.raises(TypeError, match=rf"^{name}: takes a float.* not str"):
        function("1")
    with pytest.raises(ValueError, match=rf"^{name}: out= has shape"):
        function(np.zeros(3), out=np.zeros(4))
    out = np.empty(3)
    assert function(np.zeros(3), out=out) is out
