"""D4's network as a drawing with the numbers of its first step, and what a gradient check says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sigmoid_parity.backprop import gradient_check
from sigmoid_parity.backprop.backward import Gradients
from sigmoid_parity.backprop.gradient_check import LayerCheck
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import DOUBLE_SIGMOID, PORT, Doubles
from sigmoid_parity.cases import Training, load_trainings

_WIDTH, _HEIGHT = 480, 330
_COLUMNS: Final = (40, 215, 375)
_RADIUS: Final = 27


@dataclass(frozen=True)
class Drawn:
    """What the page shows of the training.

    :ivar svg: the network with the first step's numbers; the page's script changes them.
    :ivar data: the training's numbers as JSON, for the script.
    :ivar losses: of the first step, with the right derivative and with the mistake.
    :ivar checks: the gradient check of each layer's weights, right and mistaken.
    """

    svg: str
    data: str
    losses: tuple[float, float]
    checks: Sequence[tuple[LayerCheck, LayerCheck]]


def draw(words: str) -> Drawn:
    """Draw the training ``d4``.

    :param words: the text alternative.
    """
    (training,) = (one for one in load_trainings() if one.id == "d4")
    found = Network(training.weights, PORT).gradients(training.inputs, training.targets)
    checks = tuple(zip(*(gradient_check.check(training, pair) for pair in (PORT, DOUBLE_SIGMOID)), strict=True))
    svg = f'<svg id="network" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
    svg += f'aria-label="{words}">\n{"".join(_parts(training, found))}</svg>'
    return Drawn(svg, _data(training), (found.loss, found.loss), checks)


def _parts(training: Training, found: Gradients) -> Iterator[str]:
    layers = (training.inputs[0], *(output[0] for output in found.outputs))
    for layer, matrix in enumerate(training.weights):
        yield from _edges(layer, matrix)
    for layer, values in enumerate(layers):
        for node, value in enumerate(values.tolist()):
            delta = float(found.deltas[layer - 1][0, node]) if layer else None
            yield _node(layer, node, len(values), value, delta)
    for node, target in enumerate(training.targets[0].tolist()):
        x, y = _place(2, node, len(training.targets[0]))
        yield f'<text x="{x + _RADIUS + 12}" y="{y + 5}">t = {target:g}</text>\n'


def _edges(layer: int, matrix: Doubles) -> Iterator[str]:
    rows, columns = matrix.shape
    for (row, column), weight in ((place, float(matrix[place])) for place in _places(rows, columns)):
        (x1, y1), (x2, y2) = _place(layer, row, rows), _place(layer + 1, column, columns)
        kind = "edge below" if weight < 0.0 else "edge"
        width = f"{0.5 + 2.5 * min(abs(weight), 2.0):.2f}"
        yield f'<line class="{kind}" data-w="{layer}-{row}-{column}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" '
        yield f'stroke-width="{width}"/>'


def _places(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(rows) for column in range(columns))


def _node(layer: int, node: int, count: int, value: float, delta: float | None) -> str:
    x, y = _place(layer, node, count)
    at = f"{layer}-{node}"
    drawn = f'<circle class="node" cx="{x}" cy="{y}" r="{_RADIUS}"/>'
    drawn += f'<text class="y" data-y="{at}" x="{x}" y="{y + 5}" text-anchor="middle">{value:.4f}</text>'
    if delta is None:
        return drawn + "\n"
    written = f"δ = {delta:.5f}".replace("-", "\u2212")
    return (
        f'{drawn}<text class="d" data-d="{at}" x="{x}" y="{y + _RADIUS + 15}" text-anchor="middle">{written}</text>\n'
    )


def _place(layer: int, node: int, count: int) -> tuple[int, int]:
    return _COLUMNS[layer], round(_HEIGHT * (node + 0.5) / count) - 8


def _data(training: Training) -> str:
    return json.dumps(
        {
            "weights": [matrix.tolist() for matrix in training.weights],
            "x": training.inputs[0].tolist(),
            "t": training.targets[0].tolist(),
            "rate": training.learning_rate,
        }
    )
