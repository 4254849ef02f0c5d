"""The network's expected values: D4's training once more, number by number, with operations that lose nothing else.

The same few lines run twice: on doubles, with each operation correctly rounded (`formula`), and on mpmath's numbers,
with so many digits that 50 are certain (`exact`). Nothing is shared with `network`, which it is to be held against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sigmoid_parity import floats
from sigmoid_parity.cases import document
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import exact, form

_GIVEN = ("learning_rate", "inputs", "targets", "weights")

Matrix: TypeAlias = list[list[Any]]
Rows: TypeAlias = tuple[tuple[float, ...], ...]

_BANNER = (
    "# The expected values (first, after) are written by `sigmoid-parity fixtures write`, the trainings by hand.\n"
    "# To add one, give all fields up to weights, decimals alone, and run that command. README.md has the format.\n"
)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The operations that the training is made of."""

    number: Callable[[float], Any]
    add: Callable[[Any, Any], Any]
    multiply: Callable[[Any, Any], Any]
    activation: Callable[[Any], Any]
    d_activation: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Start:
    """What a training starts from."""

    one_by_one: bool
    learning_rate: float
    inputs: Rows
    targets: Rows
    weights: tuple[Rows, ...]
    checkpoints: tuple[int, ...]


ROUNDED = Arithmetic(float, exact.add, exact.multiply, exact.formula_activation, exact.formula_d_activation)
"""Doubles, each operation correctly rounded."""


def true(mp: Any) -> Arithmetic:
    """Return the arithmetic of an mpmath context, at its precision."""
    return Arithmetic(
        mp.mpf, lambda a, b: a + b, lambda a, b: a * b, lambda x: 1 / (1 + mp.exp(-x)), lambda y: (1 - y) * y
    )


def text(path: Path) -> str:
    """Compose ``network.yaml`` anew: its own head and trainings, and the expected values from the oracle.

    :raises FixtureError: the file is unreadable, or a training lacks a field.
    """
    content = document.load(path)
    head = {key: value for key, value in content.items() if key != "trainings"}
    trainings = [_training(path.name, entry) for entry in content.get("trainings") or []]
    return _BANNER + form.head(head, generator=form.generator()) + form.block({"trainings": trainings})


def simulate(start: Start, numbers: Arithmetic) -> Iterator[tuple[str, int, Matrix]]:
    """Train, and give every expected matrix with its name and layer.

    :returns: the first step's ``outputs``, ``deltas`` and ``gradients`` of each layer, and its ``loss`` (layer 0); then
        for each checkpoint the ``loss`` of its last epoch (layer 0) and the ``weights`` of each layer.
    """
    batch = [
        ([*map(numbers.number, x)], [*map(numbers.number, t)]) for x, t in zip(start.inputs, start.targets, strict=True)
    ]
    steps = [[sample] for sample in batch] if start.one_by_one else [batch]
    weights = [[[*map(numbers.number, row)] for row in matrix] for matrix in start.weights]
    rate = numbers.number(start.learning_rate)
    for epoch in range(1, start.checkpoints[-1] + 1):
        total = None
        for number, step in enumerate(steps):
            outputs, deltas, gradients, loss = _pass(numbers, step, weights)
            total = loss if total is None else numbers.add(total, loss)
            if epoch == 1 and number == 0:
                for name, matrices in (("outputs", outputs), ("deltas", deltas), ("gradients", gradients)):
                    yield from ((name, layer, matrix) for layer, matrix in enumerate(matrices))
                yield "loss", 0, [[loss]]
            weights = [
                [
                    [numbers.add(w, -numbers.multiply(g, rate)) for w, g in zip(*rows, strict=True)]
                    for rows in zip(*both, strict=True)
                ]
                for both in zip(weights, gradients, strict=True)
            ]
        if epoch in start.checkpoints:
            yield "loss", 0, [[total]]
            yield from (("weights", layer, matrix) for layer, matrix in enumerate(weights))


def _pass(
    numbers: Arithmetic, step: list[Any], weights: list[Matrix]
) -> tuple[list[Matrix], list[Matrix], list[Matrix], Any]:
    layers: list[Matrix] = [[x for x, _ in step]]
    for matrix in weights:
        layers.append([[numbers.activation(a) for a in row] for row in _product(numbers, layers[-1], matrix)])
    errors = [
        [numbers.add(t, -o) for t, o in zip(target, row, strict=True)]
        for (_, target), row in zip(step, layers[-1], strict=True)
    ]
    squares = [numbers.multiply(e, e) for row in errors for e in row]
    loss = numbers.multiply(numbers.number(0.5), _sum(numbers, squares))
    deltas = [_delta(numbers, errors, layers[-1])]
    for matrix, layer in zip(weights[:0:-1], layers[-2:0:-1], strict=True):
        deltas.insert(0, _delta(numbers, _product(numbers, deltas[0], _transposed(matrix)), layer))
    sums = [_product(numbers, _transposed(layer), delta) for layer, delta in zip(layers[:-1], deltas, strict=True)]
    return layers[1:], deltas, [[[-value for value in row] for row in matrix] for matrix in sums], loss


def _delta(numbers: Arithmetic, errors: Matrix, layer: Matrix) -> Matrix:
    return [
        [numbers.multiply(e, numbers.d_activation(y)) for e, y in zip(*rows, strict=True)]
        for rows in zip(errors, layer, strict=True)
    ]


def _product(numbers: Arithmetic, left: Matrix, right: Matrix) -> Matrix:
    columns = _transposed(right)
    return [
        [_sum(numbers, [numbers.multiply(a, b) for a, b in zip(row, column, strict=True)]) for column in columns]
        for row in left
    ]


def _sum(numbers: Arithmetic, values: Sequence[Any]) -> Any:
    total = values[0]
    for value in values[1:]:
        total = numbers.add(total, value)
    return total


def _transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


@cache
def _expected(start: Start) -> list[tuple[str, int, dict[str, Any]]]:
    places = list(simulate(start, ROUNDED))
    flat = exact.agreed(
        lambda mp: [v for _, _, matrix in simulate(start, true(mp)) for row in matrix for v in row], form.DIGITS
    )
    digits = iter(flat)
    return [
        (
            name,
            layer,
            {
                "formula": form.decimals(matrix),
                "formula_bits": form.encodings(matrix),
                "exact": [form.Row(form.digits(next(digits), value) for value in row) for row in matrix],
            },
        )
        for name, layer, matrix in places
    ]


def _training(file: str, entry: dict[str, Any]) -> dict[str, Any]:
    start = _start(file, entry)
    kept = {key: value for key, value in entry.items() if key not in ("first", "after", *_GIVEN)}
    kept["checkpoints"] = form.Row(start.checkpoints)
    kept["amplifications"] = form.Row(entry["amplifications"])
    given = {
        "learning_rate": _scalar(_given([[start.learning_rate]])),
        "inputs": _given(start.inputs),
        "targets": _given(start.targets),
        "weights": [_given(matrix) for matrix in start.weights],
    }
    first: dict[str, Any] = {"outputs": [], "deltas": [], "gradients": []}
    after: list[dict[str, Any]] = []
    for name, _, matrix in _expected(start):
        if name == "loss" and "loss" not in first:
            first["loss"] = _scalar(matrix)
        elif name == "loss":
            after.append({"epochs": start.checkpoints[len(after)], "loss": _scalar(matrix), "weights": []})
        else:
            (after[-1] if name == "weights" else first)[name].append(matrix)
    return kept | given | {"first": first, "after": after}


def _given(rows: Sequence[Sequence[float]]) -> dict[str, Any]:
    return {"value": form.decimals(rows), "bits": form.encodings(rows)}


def _scalar(matrix: dict[str, Any]) -> dict[str, Any]:
    return {name: rows[0][0] for name, rows in matrix.items()}


def _start(file: str, entry: dict[str, Any]) -> Start:
    try:
        return Start(
            one_by_one=entry["mode"] == "one-by-one",
            learning_rate=floats.parse_decimal(entry["learning_rate"]["value"]),
            inputs=_rows(entry["inputs"]),
            targets=_rows(entry["targets"]),
            weights=tuple(map(_rows, entry["weights"])),
            checkpoints=tuple(entry["checkpoints"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        needed = "mode, checkpoints, amplifications, learning_rate, inputs, targets and weights"
        problem = f"needs {needed}, each number quoted: {error}"
        raise FixtureError(file, problem, case=str(entry.get("id"))) from error


def _rows(matrix: dict[str, Any]) -> Rows:
    return tuple(tuple(map(floats.parse_decimal, row)) for row in matrix["value"])
