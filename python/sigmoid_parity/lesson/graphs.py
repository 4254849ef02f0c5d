"""The documents' graphs, and three that teach why the derivative takes y, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from sigmoid_parity.figures import canvas
from sigmoid_parity.figures.canvas import BLUE, GREY, ORANGE
from sigmoid_parity.functions import SATURATED_FROM
from sigmoid_parity.oracle import exact
from sigmoid_parity.port.functions import activation, d_activation, derivative

# Half an ULP of a double just below 1 for the quotient, and of one just above 1 for the sum in its denominator.
_ROUNDINGS: Final = 3 * 2.0**-54


def draw(names: Sequence[str], ending: str) -> bytes:
    """Draw graphs, two a row.

    :param names: of `GRAPHS`.
    :param ending: ``"png"``, ``"svg"`` or ``"pdf"``.
    :returns: the file's content; the same for the same version of matplotlib.
    :raises MissingError: matplotlib is not installed; or gmpy2, for the graph of the relative error.
    """
    with canvas.settings():
        whole, parts = canvas.figure(len(names))
        for name, part in zip(names, parts, strict=False):
            GRAPHS[name](part)
        return canvas.save(whole, ending)


def svg(name: str) -> str:
    """Draw one graph as SVG.

    :param name: of `GRAPHS`.
    :raises MissingError: matplotlib is not installed; or gmpy2, for the graph of the relative error.
    """
    return draw([name], "svg").decode()


def _sigmoid(part: Any) -> None:
    """Draw D2's graph: the sigmoid at its 100 points."""
    x = np.arange(-5.0, 5.0, 0.1)
    axes = _axes(part, "The sigmoid at the 100 points of arange(-5.0, 5.0, 0.1)", "x", "y")
    axes.plot(x, activation(x), ".", color=BLUE, markersize=3)


def _curve(part: Any) -> None:
    """Draw D3's first graph: the sigmoid between its limits."""
    x = np.linspace(-10.0, 10.0, 401)
    axes = _axes(part, "The sigmoid maps every number into (0, 1)", "x", "y")
    for limit in (0.0, 1.0):
        axes.axhline(limit, color=GREY, linewidth=0.8, linestyle=":")
    axes.plot(x, activation(x), color=BLUE)


def _with_derivative(part: Any) -> None:
    """Draw D3's second graph: the sigmoid and its derivative."""
    x = np.linspace(-10.0, 10.0, 401)
    axes = _axes(part, "The sigmoid and its derivative", "x", "value")
    axes.plot(x, activation(x), color=BLUE, label=r"$\sigma(x)$")
    axes.plot(x, derivative(x), color=ORANGE, linestyle="--", label=r"$\sigma'(x)$")
    axes.legend(loc="upper left")


def _from_output(part: Any) -> None:
    """Draw the derivative as a function of x, and beside it as a function of y, which is what DActivation computes."""
    x = np.linspace(-6.0, 6.0, 241)
    y = np.linspace(0.0, 1.0, 201)
    left, right = part.subplots(1, 2, sharey=True)
    part.suptitle("One derivative, from x and from y", fontsize=11)
    left.plot(x, derivative(x), color=BLUE)
    left.set(xlabel="x, the input", ylabel="derivative")
    right.plot(y, d_activation(y), color=BLUE)
    right.set(xlabel="y, the output", xticks=[0.0, 0.5, 1.0])
    right.text(0.5, 0.04, "(1 - y) y", ha="center")
    for at, style in ((-2.0, "o"), (0.0, "s"), (1.5, "^")):
        out = activation(at)
        for axes, where in ((left, at), (right, out)):
            axes.plot([where], [d_activation(out)], style, color=ORANGE, markeredgecolor="black", markersize=7)
            axes.grid(color="#dddddd", linewidth=0.6)
    left.set_ylim(-0.01, 0.27)


def _mistaken(part: Any) -> None:
    """Draw what DActivation gives when it is passed x."""
    x = np.linspace(-3.0, 3.0, 241)
    axes = _axes(part, "The mistake: passing x where y is meant", "x", "result")
    axes.plot(x, derivative(x), color=BLUE, label="DActivation(Activation(x)), the derivative")
    axes.plot(x, d_activation(x), color=ORANGE, linestyle="--", label="DActivation(x): not the derivative")
    axes.axhline(0.0, color=GREY, linewidth=0.8)
    axes.set_ylim(-3.0, 1.2)
    axes.legend(loc="upper right", fontsize=8.5)


def _saturation(part: Any) -> None:
    """Draw the relative error of (1 - y) y against the exact derivative, up to where y is 1."""
    x = np.linspace(0.0, 40.0, 801)
    true = np.array([exact.exact_derivative(one).value for one in x.tolist()])
    error = np.abs(derivative(x) - true) / true
    axes = _axes(part, "What rounding y costs: the error grows as exp(x)", "x", "relative error of (1 - y) y")
    axes.semilogy(
        x, np.maximum(error, 1e-17), ".", color=BLUE, markersize=2.5, label="measured (exact: drawn at 1e-17)"
    )
    axes.semilogy(x, _ROUNDINGS * np.exp(x), color=ORANGE, linestyle="--", label=r"$3 \cdot 2^{-54} e^x$")
    axes.axvline(SATURATED_FROM, color=GREY, linewidth=0.8, linestyle=":")
    axes.text(SATURATED_FROM - 0.5, 1e-13, "y is 1,\nall is lost", ha="right", fontsize=9)
    axes.set_ylim(5e-18, 50.0)
    axes.legend(loc="upper left", fontsize=8.5)


def _axes(part: Any, title: str, across: str, up: str) -> Any:
    axes = part.subplots()
    axes.set_title(title, fontsize=11)
    axes.set(xlabel=across, ylabel=up)
    axes.grid(color="#dddddd", linewidth=0.6)
    return axes


GRAPHS: Final[Mapping[str, Callable[[Any], None]]] = {
    "sigmoid": _sigmoid,
    "sigmoid-curve": _curve,
    "sigmoid-and-derivative": _with_derivative,
    "derivative-from-output": _from_output,
    "x-passed-for-y": _mistaken,
    "relative-error": _saturation,
}
"""Each graph by its name; the first is D2's, the next two are D3's, the others are ours."""
