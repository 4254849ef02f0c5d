"""The port: its values against the oracle and against C#, its edges, its dtypes."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sigmoid_parity import activation, d_activation, derivative, floats, stable_derivative
from sigmoid_parity.implementations.dotnet import Host
from tests.port.shared import ALL, by_name


def same(expected: Any, actual: Any) -> bool:
    return not floats.distance(np.asarray(expected, np.float64), np.asarray(actual, np.float64)).any()


def inline(x: float) -> float:
    """The documented formula as anyone would type it; valid where exp(-x) does not overflow."""
    return 1.0 / (1.0 + math.exp(-x))


@given(st.floats(min_value=-709.78))
def test_is_the_documented_formula(x: float) -> None:
    """Bit for bit 1.0 / (1.0 + exp(-x)) with the platform's exp."""
    assert same(inline(x), activation(x))


@given(st.floats())
def test_derivative_takes_the_output(y: float) -> None:
    """d_activation is (1.0 - y) * y of its argument as it is, in [0, 1] or not."""
    assert same((1.0 - y) * y, d_activation(y))


@given(st.floats())
def test_derivative_is_the_pair_composed(x: float) -> None:
    """Derivative(x) is d_activation(activation(x)), to the bit."""
    assert same(d_activation(activation(x)), derivative(x))


def test_edges() -> None:
    """The contract's edges, sign of zero included."""
    inf, nan = math.inf, math.nan
    expected: list[tuple[Callable[[Any], Any], list[tuple[float, float]]]] = [
        (activation, [(inf, 1.0), (-inf, 0.0), (-710.0, 0.0), (-1e308, 0.0), (0.0, 0.5), (-0.0, 0.5), (40.0, 1.0)]),
        (d_activation, [(inf, -inf), (-inf, -inf), (-0.0, -0.0), (0.0, 0.0), (1.0, 0.0), (0.5, 0.25), (2.0, -2.0)]),
        (derivative, [(inf, 0.0), (-inf, 0.0), (40.0, 0.0), (0.0, 0.25), (-710.0, 0.0)]),
        (stable_derivative, [(inf, 0.0), (-inf, 0.0), (0.0, 0.25), (-0.0, 0.25), (746.0, 0.0)]),
    ]
    for function, values in expected:
        assert math.isnan(function(nan))
        for argument, value in values:
            assert same(value, function(argument)), (function.__name__, argument)
            assert same([value], function(np.array([argument]))), (function.__name__, argument)


def test_every_fixture_edge_is_silent() -> None:
    """No warning is raised for any class of argument, as scalars or arrays of any dtype."""
    edges = np.array([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 1e308, -1e308, -745.2, 710.0])
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for function in ALL:
            for value in edges.tolist():
                function(value)
            function(edges)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with np.errstate(over="ignore"):
            narrow = [edges.astype(np.float32), edges.astype(np.float16)]
        for function in ALL:
            for array in narrow:
                function(array)


@by_name
@given(values=hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)))
def test_arrays_have_the_scalars_bits(function: Callable[[Any], Any], values: np.ndarray[Any, Any]) -> None:
    """An array of any shape gives, element by element, what the scalar gives, and keeps its shape."""
    result = function(values)
    expected = np.array([function(value) for value in values.ravel().tolist()], np.float64).reshape(values.shape)
    assert isinstance(result, np.ndarray)
    assert result.dtype == np.float64
    assert same(expected, result)


@by_name
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_narrow_floats_are_rounded_once(function: Callable[[Any], Any], dtype: type[np.floating[Any]]) -> None:
    """A float32 or float16 array gives the binary64 result, rounded once, and keeps its dtype."""
    values = np.random.default_rng(5).normal(0.0, 6.0, 2_000).astype(dtype)
    with np.errstate(over="ignore"):
        expected = np.array([function(float(value)) for value in values], np.float64).astype(dtype)
    result = function(values)
    assert result.dtype == dtype
    np.testing.assert_array_equal(result.view(np.uint8), expected.view(np.uint8))


@by_name
def test_numbers_of_other_types(function: Callable[[Any], Any]) -> None:
    """Int, bool and NumPy scalars are taken as C# would: converted to double; NumPy scalars give NumPy scalars."""
    assert type(function(2)) is float
    assert same(function(2.0), function(2))
    assert same(function(1.0), function(True))
    assert same(function(np.array([0.0, 1.0, 200.0])), function(np.array([0, 1, 200], np.uint8)))
    assert same(function(np.array([0.0, 1.0])), function(np.array([False, True])))
    assert same(function(float(2**63)), function(2**63))
    for kind in (np.float64, np.float32, np.float16):
        assert type(function(kind(0.5))) is kind
    assert type(function(np.int64(2))) is np.float64


@by_name
def test_out(function: Callable[[Any], Any]) -> None:
    """out= receives the result and is returned; it may be, or overlap, the argument."""
    values = np.linspace(-5.0, 5.0, 11)
    expected = function(values)
    out = np.empty_like(values)
    assert function(values, out=out) is out  # type: ignore[call-arg]
    assert same(expected, out)
    shifted = np.append(values, 0.0)
    function(shifted[:-1], out=shifted[1:])  # type: ignore[call-arg]
    assert same(expected, shifted[1:])
    function(values, out=values)  # type: ignore[call-arg]
    assert same(expected, values)


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "str": ("1", TypeError, "not str"),
    "none": (None, TypeError, "not NoneType"),
    "complex": (1j, TypeError, "not complex"),
    "list": ([1.0], TypeError, "not list; convert it with numpy.asarray"),
    "object-array": (np.array([1.0, None]), TypeError, "not an array of object"),
    "complex-array": (np.array([1j]), TypeError, "not an array of complex128"),
    "str-array": (np.array(["1"]), TypeError, "not an array of <U1"),
    "date-array": (np.array(["2020-01-01"], "M8[D]"), TypeError, "not an array of datetime64"),
    "structured-array": (np.zeros(1, [("a", "f8")]), TypeError, "not an array of"),
    "complex-scalar": (np.complex128(1), TypeError, "not an array of complex128"),
    "longdouble-array": (np.array([1.0], np.longdouble), TypeError, "if the loss is acceptable"),
    "huge-int": (10**400, OverflowError, r"this int of 1,329 bits is beyond the largest double"),
}


@by_name
@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refuses(function: Callable[[Any], Any], case: tuple[Any, type[Exception], str]) -> None:
    """Anything but real numbers is refused with a message that names the function, what came, and what is taken."""
    argument, error, message = case
    with pytest.raises(error, match=rf"^{function.__name__}: .*{message}"):
        function(argument)


def _frozen() -> np.ndarray[Any, Any]:
    array = np.zeros(3)
    array.flags.writeable = False
    return array


@by_name
@pytest.mark.parametrize(
    ("value", "out", "error", "message"),
    [
        (np.zeros(3), np.zeros(4), ValueError, r"out= has shape \(4,\), the argument has \(3,\)"),
        (np.zeros(3), np.zeros((3, 1)), ValueError, r"out= has shape \(3, 1\)"),
        (np.zeros(3), np.zeros(3, np.float32), TypeError, "out= has dtype float32, the result has float64"),
        (np.zeros(3, np.float32), np.zeros(3), TypeError, "out= has dtype float64, the result has float32"),
        (np.zeros(3), [0.0] * 3, TypeError, "out= takes a NumPy array, not list"),
        (np.zeros(3), _frozen(), ValueError, "out= is read-only"),
        (0.5, np.zeros(1), TypeError, "out= goes with an array, and 0.5 is a scalar"),
    ],
)
def test_refuses_out(function: Any, value: Any, out: Any, error: type[Exception], message: str) -> None:
    """An out= that does not fit is refused before anything is written."""
    with pytest.raises(error, match=rf"^{function.__name__}: {message}"):
        function(value, out=out)


def test_a_masked_array_is_refused() -> None:
    """The mask would be lost silently, so that is a TypeError with the way out."""
    masked = np.ma.masked_array([0.0, 1.0], mask=[True, False])
    with pytest.raises(
        TypeError, match=r"activation: .* not a masked array, .* pass \.filled\(numpy\.nan\), or \.data"
    ):
        activation(masked)


def test_has_the_bits_of_csharp(host: Host) -> None:
    """Over seeded samples far beyond the fixtures, port and C# class give the same bits, on every runtime."""
    random = np.random.default_rng(2026)
    normal = random.normal(0.0, 5.0, 100_000)
    any_bits = floats.from_bits(random.integers(0, 2**64, 100_000, np.uint64))
    for inputs in (normal, any_bits):
        for function in (activation, d_activation, derivative):
            steps = floats.distance(host.apply(function.__name__, inputs), function(inputs))
            worst = int(steps.argmax())
            assert not steps.any(), f"{function.__name__}: {floats.explain(int(steps[worst]))} at {inputs[worst]!r}"
