"""The documents' graphs, and those that teach: why the derivative takes y, what that costs, what a mistake does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from sigmoid_parity.backprop import seeds
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT
from sigmoid_parity.cases import load_trainings
from sigmoid_parity.figures import output
from sigmoid_parity.figures.graph import Axis, Curve, Doubles, Graph, Note, Panel, Point
from sigmoid_parity.functions import SATURATED_FROM
from sigmoid_parity.lesson.words import say
from sigmoid_parity.oracle import exact
from sigmoid_parity.port.functions import activation, d_activation, derivative

# Half an ULP of a double just below 1 for the quotient, and of one just above 1 for the sum in its denominator.
_ROUNDINGS: Final = 3 * 2.0**-54
_SEEDS, _EPOCHS = 200, 1_000
_INPUTS: Final = (-10, -5, 0, 5, 10)


def draw(names: Sequence[str], ending: str, language: str = "en") -> bytes:
    """Draw graphs, two a row.

    :param names: of `GRAPHS`.
    :param ending: ``"png"``, ``"svg"`` or ``"pdf"``.
    :param language: of `LANGUAGES`.
    :returns: the file's content; the same for the same version of matplotlib, which an SVG does not need.
    :raises MissingError: matplotlib is not installed; or gmpy2, for the graph of the relative error.
    :raises UsageError: no font has the letters of the language; an SVG needs none.
    """
    return output.render([GRAPHS[name](language) for name in names], ending, language)


def svg(name: str, language: str = "en") -> str:
    """Draw one graph as SVG.

    :param name: of `GRAPHS`.
    :param language: of `LANGUAGES`.
    :raises MissingError: gmpy2 is not installed, and the graph is that of the relative error.
    """
    return draw([name], "svg", language).decode()


def _sigmoid(language: str) -> Graph:
    """Draw D2's graph: the sigmoid at its 100 points."""
    x = np.arange(-5.0, 5.0, 0.1)
    across = Axis(say("x-input", language), -5.2, 5.2, (-5, -2.5, 0, 2.5, 5))
    curves = [Curve(x, activation(x), "y", "dots")]
    at_zero = [Point(0.0, 0.5, "y")], [Note(0.3, 0.43, "σ(0) = 0.5", "y")]
    return Graph(say("graph-sigmoid", language), [Panel(across, _up(language), curves, *at_zero)])


def _curve(language: str) -> Graph:
    """Draw D3's first graph: the sigmoid between its limits, with its tangent at 0."""
    x, near = np.linspace(-10.0, 10.0, 241), np.array([-2.0, 2.0])
    limits = [Curve(x[[0, -1]], np.full(2, limit), "soft", "thin") for limit in (0.0, 1.0)]
    curves = [*limits, Curve(x, activation(x), "y"), Curve(near, 0.5 + near / 4, "d", "dashed")]
    notes = [
        Note(0.4, 0.43, "σ(0) = 0.5", "y"),
        Note(-9.6, 0.92, say("never-reached", language), "soft"),
        Note(0.6, 0.2, say("slope-at-zero", language), "d"),
    ]
    panel = Panel(_across(language), _up(language), curves, [Point(0.0, 0.5, "y")], notes)
    return Graph(say("graph-curve", language), [panel])


def _with_derivative(language: str) -> Graph:
    """Draw D3's second graph: the sigmoid and its derivative."""
    x = np.linspace(-10.0, 10.0, 241)
    curves = [Curve(x, activation(x), "y"), Curve(x, derivative(x), "d", "dashed")]
    points = [Point(0.0, 0.5, "y"), Point(0.0, 0.25, "d")]
    notes = [
        Note(4.0, 0.88, "σ(x)", "y"),
        Note(2.6, 0.12, "σ′(x)", "d"),
        Note(-9.8, 0.29, say("greatest", language), "d"),
    ]
    up = Axis("", -0.04, 1.04, (0, 0.25, 0.5, 0.75, 1))
    return Graph(say("graph-with-derivative", language), [Panel(_across(language), up, curves, points, notes)])


def _from_output(language: str) -> Graph:
    """Draw the derivative as a function of x, and beside it as a function of y, which is what DActivation computes."""
    x, y = np.linspace(-6.0, 6.0, 241), np.linspace(0.0, 1.0, 101)
    up = Axis(say("derivative", language), -0.01, 0.28, (0, 0.05, 0.1, 0.15, 0.2, 0.25))
    bell = Axis(say("x-input", language), -6, 6, (-6, -3, 0, 3, 6))
    parabola = Axis(say("y-output", language), 0, 1, (0, 0.5, 1))
    inputs = (-2.0, 0.0, 1.5)
    over = [[Point(x, derivative(x), "d") for x in inputs], [Point(activation(x), derivative(x), "d") for x in inputs]]
    left = Panel(bell, up, [Curve(x, derivative(x), "d")], over[0], [Note(0.9, 0.25, "0.25", "d")])
    name = Note(0.5, 0.1, "(1 − y) y", "d", "middle")
    right = Panel(parabola, up, [Curve(y, d_activation(y), "d")], over[1], [name])
    return Graph(say("graph-from-output", language), [left, right])


def _mistaken(language: str) -> Graph:
    """Draw what DActivation gives when it is passed x."""
    x = np.linspace(-3.0, 4.0, 141)
    curves = [Curve(x, derivative(x), "d"), Curve(x, d_activation(x), "wrong", "dashed")]
    notes = [
        Note(0.0, 0.5, say("is-derivative", language), "d", "middle"),
        Note(2.15, -1.6, say("is-not", language), "wrong"),
    ]
    across = Axis("x", -3, 4, (-3, -2, -1, 0, 1, 2, 3, 4))
    up = Axis(say("result", language), -3, 1, (-3, -2, -1, 0, 1))
    return Graph(say("graph-mistaken", language), [Panel(across, up, curves, (), notes)])


def _double(language: str) -> Graph:
    """Draw D4's mistake: the derivative of the sigmoid at y, not at x."""
    x = np.linspace(-10.0, 10.0, 241)
    y = activation(x)
    curves = [Curve(x, derivative(x), "d"), Curve(x, derivative(y), "wrong", "dashed")]
    notes = [
        Note(9.8, 0.278, say("double-is", language), "wrong", "end"),
        Note(3.0, 0.06, say("right-is", language), "d"),
        Note(-1.4, 0.222, "0.25", "d", "end"),
    ]
    up = Axis(say("derivative", language), -0.01, 0.3, (0, 0.05, 0.1, 0.15, 0.2, 0.25))
    return Graph(say("graph-double", language), [Panel(_across(language), up, curves, [Point(0.0, 0.25, "d")], notes)])


def _saturation(language: str) -> Graph:
    """Draw the relative error of (1 - y) y against the exact derivative, up to where y is 1."""
    x = np.linspace(0.0, 40.0, 401)
    curves = [
        Curve(np.full(2, SATURATED_FROM), np.array([5e-18, 50.0]), "soft", "thin"),
        Curve(x, np.maximum(_errors(), 1e-17), "d", "dots"),
        Curve(x, _ROUNDINGS * np.exp(x), "wrong", "dashed"),
    ]
    notes = [
        Note(SATURATED_FROM - 0.6, 1e-14, say("all-lost", language), "soft", "end"),
        Note(22.0, 1e-10, say("measured", language), "d"),
        Note(19.0, 1e-4, say("bound", language), "wrong", "end"),
    ]
    across = Axis("x", 0, 40.5, (0, 10, 20, 30, 40))
    up = Axis(say("relative-error", language), 5e-18, 50.0, (1e-16, 1e-12, 1e-8, 1e-4, 1), log=True)
    return Graph(say("graph-error", language), [Panel(across, up, curves, (), notes)])


def _seeds(language: str) -> Graph:
    """Draw the last losses of D4's network from many seeds, with the right derivative and with D4's mistake."""
    right, mistaken = _last_losses()
    order = np.argsort(right)
    places = np.arange(1.0, len(order) + 1)
    curves = [Curve(places, right[order], "d"), Curve(places, mistaken[order], "wrong", "dots")]
    notes = [Note(4, 6e-3, say("with-right", language), "d"), Note(90, 1.2e-5, say("with-mistake", language), "wrong")]
    across = Axis(say("seeds-sorted", language), 0, len(order), (0, 50, 100, 150, 200))
    up = Axis(say("loss-after", language), 1e-6, 1e-1, (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1), log=True)
    return Graph(say("graph-seeds", language), [Panel(across, up, curves, (), notes)])


@cache
def _last_losses() -> tuple[Doubles, Doubles]:
    (training,) = (one for one in load_trainings() if one.id == "d4")
    right, mistaken = (seeds.losses(training, pair, range(_SEEDS), _EPOCHS) for pair in (PORT, DOUBLE_SIGMOID))
    return right, mistaken


@cache
def _errors() -> Doubles:
    x = np.linspace(0.0, 40.0, 401)
    true = np.array([exact.exact_derivative(one).value for one in x.tolist()])
    return np.asarray(np.abs(derivative(x) - true) / true)


def _across(language: str) -> Axis:
    return Axis(say("x-input", language), -10, 10, _INPUTS)


def _up(language: str) -> Axis:
    return Axis(say("y-output", language), -0.04, 1.04, (0, 0.5, 1))


GRAPHS: Final[Mapping[str, Callable[[str], Graph]]] = {
    "sigmoid": _sigmoid,
    "sigmoid-curve": _curve,
    "sigmoid-and-derivative": _with_derivative,
    "derivative-from-output": _from_output,
    "x-passed-for-y": _mistaken,
    "double-sigmoid": _double,
    "relative-error": _saturation,
    "many-seeds": _seeds,
}
"""Each graph by its name, in a language; the first is D2's, the next two are D3's, the others are ours."""
