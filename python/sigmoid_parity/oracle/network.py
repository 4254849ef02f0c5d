"""The network's trainings: D4's back-propagation once more, number by number.

The same lines run in two contexts: in binary64, each operation rounded once (`formula`), and with so many bits that 50
digits are certain (`exact`). They share nothing with the package's network, whose expected values they give.
"""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import form, formulas, mpfr
from sigmoid_parity.oracle.form import Quoted

Matrix: TypeAlias = NDArray[np.object_]
"""Numbers of `mpfr`: NumPy applies the operators of the context at hand, element by element."""

Rows: TypeAlias = tuple[tuple[float, ...], ...]

_BANNER: Final = (
    "# The expected values (first, after) are written by `sigmoid-parity fixtures write`, the trainings by hand.\n"
    "# To add one, give all fields up to weights, decimals alone, and run that command. README.md has the format.\n"
)
_GIVEN: Final = ("learning_rate", "inputs", "targets", "weights")
_activation: Final = np.frompyfunc(formulas.activation, 1, 1)
_numbers: Final = np.frompyfunc(mpfr.number, 1, 1)


@dataclass(frozen=True, slots=True)
class Start:
    """What a training starts from."""

    one_by_one: bool
    learning_rate: float
    inputs: Rows
    targets: Rows
    weights: tuple[Rows, ...]
    checkpoints: tuple[int, ...]


def text(file: str, content: Mapping[str, Any]) -> str:
    """Compose ``network.yaml`` anew: its own head and trainings, and the expected values.

    :param file: its name.
    :param content: the file as it is.
    :raises FixtureError: a training lacks a field.
    """
    trainings = (form.item(_training(file, entry)) for entry in content.get("trainings") or [])
    return form.document(_BANNER, content, "trainings", trainings)


def simulate(start: Start) -> Iterator[dict[str, Any]]:
    """Train in the context at hand, and give what is expected, by its name in the file.

    :returns: of the first step, ``outputs``, ``deltas`` and ``gradients``, a matrix for each layer, and ``loss``; then
        for each checkpoint the ``loss`` of its last epoch, and the ``weights``.
    """
    inputs, targets, rate = (_numbers(value) for value in (start.inputs, start.targets, start.learning_rate))
    weights = [_numbers(matrix) for matrix in start.weights]
    size = 1 if start.one_by_one else len(inputs)
    for epoch in range(1, start.checkpoints[-1] + 1):
        losses = []
        for first in range(0, len(inputs), size):
            step = _step(inputs[first : first + size], targets[first : first + size], weights)
            if epoch == 1 and first == 0:
                yield step
            losses.append(step["loss"])
            weights = [w - gradient * rate for w, gradient in zip(weights, step["gradients"], strict=True)]
        if epoch in start.checkpoints:
            yield {"loss": _sum(losses), "weights": weights}


def _step(x: Matrix, target: Matrix, weights: list[Matrix]) -> dict[str, Any]:
    layers = [x]
    for matrix in weights:
        layers.append(_activation(_product(layers[-1], matrix)))
    error = target - layers[-1]
    deltas = [error * formulas.d_activation(layers[-1])]
    for matrix, layer in zip(weights[:0:-1], layers[-2:0:-1], strict=True):
        deltas.insert(0, _product(deltas[0], matrix.T) * formulas.d_activation(layer))
    gradients = [-_product(layer.T, delta) for layer, delta in zip(layers[:-1], deltas, strict=True)]
    return {"outputs": layers[1:], "deltas": deltas, "gradients": gradients, "loss": 0.5 * _sum((error * error).flat)}


def _product(left: Matrix, right: Matrix) -> Matrix:
    total: Matrix = _sum(column[:, None] * row for column, row in zip(left.T, right, strict=True))
    return total


def _sum(values: Iterable[Any]) -> Any:
    return reduce(operator.add, values)  # From the first on: `sum` begins with 0, and 0 + -0 is 0.


@cache
def _expected(start: Start) -> list[dict[str, Any]]:
    with mpfr.binary64():
        rounded = list(simulate(start))
    exact = iter(mpfr.agreed(lambda: [one for record in simulate(start) for one in _flat(record)]))

    def written(value: Any) -> Any:
        if isinstance(value, list):
            return [written(matrix) for matrix in value]
        return form.pair("formula", value) | {"exact": form.quoted(lambda _: next(exact), value)}

    return [{name: written(value) for name, value in record.items()} for record in rounded]


def _flat(record: Mapping[str, Any]) -> Iterator[Any]:
    for value in record.values():
        for matrix in value if isinstance(value, list) else [value]:
            yield from np.ravel(matrix)


def _training(file: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    start = _start(file, entry)
    kept = {key: value for key, value in entry.items() if key not in ("first", "after", *_GIVEN)}
    given = {
        "learning_rate": _given(start.learning_rate),
        "inputs": _given(start.inputs),
        "targets": _given(start.targets),
        "weights": [_given(matrix) for matrix in start.weights],
    }
    first, *after = _expected(start)
    epochs = ({"epochs": done} for done in start.checkpoints)
    digests = ({"weights_sha256": Quoted(_digest(found["weights"]))} for found in after)
    parts = zip(epochs, after, digests, strict=True)
    return kept | given | {"first": first, "after": [done | found | digest for done, found, digest in parts]}


def _digest(weights: Iterable[Mapping[str, Any]]) -> str:
    encodings = (encoding for matrix in weights for row in matrix["formula_bits"] for encoding in row)
    return hashlib.sha256(bytes.fromhex("".join(encodings))).hexdigest()


def _given(values: Any) -> dict[str, Any]:
    return dict(zip(("value", "bits"), form.pair("value", values).values(), strict=True))


def _start(file: str, entry: Mapping[str, Any]) -> Start:
    try:
        given = {field: entry[field] for field in ("mode", "checkpoints", "amplifications", *_GIVEN)}
        return Start(
            one_by_one=given["mode"] == "one-by-one",
            learning_rate=floats.parse_decimal(given["learning_rate"]["value"]),
            inputs=_rows(given["inputs"]),
            targets=_rows(given["targets"]),
            weights=tuple(map(_rows, given["weights"])),
            checkpoints=tuple(given["checkpoints"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        problem = f"needs mode, checkpoints, amplifications, {', '.join(_GIVEN)}, each number quoted: {error}"
        raise FixtureError(file, problem, case=str(entry.get("id"))) from error


def _rows(matrix: Mapping[str, Any]) -> Rows:
    return tuple(tuple(map(floats.parse_decimal, row)) for row in matrix["value"])
