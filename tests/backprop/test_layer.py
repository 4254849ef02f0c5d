"""D1's layer: forward, backward, its fixtures, and what it refuses."""

from __future__ import annotations

import doctest
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from sigmoid_parity import activation, d_activation, floats
from sigmoid_parity.backprop import layer, network
from sigmoid_parity.backprop.layer import SigmoidLayer
from sigmoid_parity.backprop.pair import AsPair
from sigmoid_parity.cases import Kind, load_layer, load_limits
from sigmoid_parity.compare.comparison import compare
from sigmoid_parity.compare.exercises import of_layer
from sigmoid_parity.implementations.dotnet import Host
from sigmoid_parity.implementations.port import PythonArray, PythonScalar

CASES = load_layer()


@given(arrays(np.float64, array_shapes(min_dims=0, max_dims=4, min_side=0), elements=st.floats(-800, 800)))
def test_any_shape(x: NDArray[np.float64]) -> None:
    """Forward and backward are the port's functions, element by element, in any shape."""
    layer = SigmoidLayer()
    y = layer.forward(x)
    grad_x = layer.backward(np.full(x.shape, -1.5))
    assert y.shape == grad_x.shape == x.shape
    assert not floats.distance(np.asarray(activation(x)), y).any()
    assert not floats.distance(-1.5 * np.asarray(d_activation(np.asarray(activation(x)))), grad_x).any()


def test_one_object_serves_many_inputs() -> None:
    """Backward goes back from the last forward; it may be called again, and with D1's scalar."""
    layer = SigmoidLayer()
    layer.forward(np.array([3.0]))
    assert float(layer.forward(0.0)) == 0.5
    assert float(layer.backward(1)) == float(layer.backward(1.0)) == 0.25


def test_what_the_caller_does_to_y_is_not_the_layer_s() -> None:
    """The y that backward uses is kept apart from the one handed out."""
    layer = SigmoidLayer()
    y = layer.forward(np.zeros(2))
    y[:] = 7.0
    assert layer.backward(np.ones(2)).tolist() == [0.25, 0.25]


def test_backward_before_forward() -> None:
    """It says what to call first."""
    with pytest.raises(ValueError, match=r"there is no y to go back from; call forward\(x\) first"):
        SigmoidLayer().backward(1.0)


@pytest.mark.parametrize("shape", [(), (2,), (1, 3), (3, 1)])
def test_gradient_of_another_shape(shape: tuple[int, ...]) -> None:
    """Nothing is broadcast: both shapes are named."""
    layer = SigmoidLayer()
    layer.forward(np.zeros(3))
    with pytest.raises(ValueError, match=r"the gradient has shape .* and y of the last forward \(3,\)"):
        layer.backward(np.zeros(shape))


@pytest.mark.parametrize("wrong", [None, "0.5", [0.5], 1j, np.array([1j]), np.array(["a"])])
def test_what_is_no_number_is_refused(wrong: object) -> None:
    """As by the functions: a TypeError that says what came."""
    with pytest.raises(TypeError, match=r"SigmoidLayer\.forward: takes"):
        SigmoidLayer().forward(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("module", [layer, network], ids=["layer", "network"])
def test_the_documentation_s_examples_are_true(module: ModuleType) -> None:
    """What stands in the docstrings is what comes out."""
    assert doctest.testmod(module, raise_on_error=True).attempted > 2


def test_fixture_agrees_on_every_runtime(host: Host) -> None:
    """Port and C# give the same gradients, and both are within the bounds of formula and exact."""
    report = compare([of_layer(CASES)], [PythonScalar(), PythonArray(), host], load_limits())
    assert report.verdict == "agree"
    assert [result.differ for result in report.results if result.kind is Kind.PARITY] == [0, 0]


def test_the_c_sharp_pair_stands_in(host: Host) -> None:
    """A layer with the C# class has the port's bits, in any shape."""
    x = np.linspace(-30.0, 30.0, 24).reshape(2, 3, 4)
    port, original = SigmoidLayer(), SigmoidLayer(AsPair(host))
    assert not floats.distance(port.forward(x), original.forward(x)).any()
    assert not floats.distance(port.backward(x), original.backward(x)).any()


def test_forward_is_what_the_fixture_expects() -> None:
    """The y of every case is within the activation's bound of the formula and of the true value."""
    y = SigmoidLayer().forward(np.array([case.x for case in CASES]))
    near = np.array(["overflow" not in case.flags for case in CASES])
    assert floats.distance(np.array([case.y for case in CASES]), y).max() <= 2
    assert floats.distance(np.array([case.y_exact for case in CASES])[near], y[near]).max() <= 3


def test_d1_s_order_is_another() -> None:
    """The cases flagged `order` are those where D1's order gives another double; there are some, and not all are."""
    for case in CASES:
        assert case.grad_x_d1 == (case.grad_y * case.y) * (1.0 - case.y)
        assert case.grad_x == case.grad_y * ((1.0 - case.y) * case.y)
        assert ("order" in case.flags) == (case.grad_x_d1 != case.grad_x), case.id
    assert 10 < sum("order" in case.flags for case in CASES) < len(CASES)
