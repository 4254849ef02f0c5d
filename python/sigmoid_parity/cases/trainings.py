"""The network's trainings: ``fixtures/network.yaml``, from YAML to matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats, resources
from sigmoid_parity.cases import schema
from sigmoid_parity.errors import FixtureError

Doubles = NDArray[np.float64]

FILE: Final = "network.yaml"


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected matrix.

    :ivar formula: every operation rounded once, float64.
    :ivar exact: the true values, rounded once, float64 of the same shape.
    """

    formula: Doubles
    exact: Doubles


@dataclass(frozen=True, slots=True)
class First:
    """What is expected of the first step: the first sample's where the training goes one by one.

    :ivar outputs: of each layer, of shape (samples, its size).
    :ivar deltas: of each layer, likewise.
    :ivar gradients: the loss's gradient by each layer's weights.
    :ivar loss: of shape (1, 1).
    :ivar amplification: how many ULP of these one ULP of every exp may become.
    """

    outputs: tuple[Expected, ...]
    deltas: tuple[Expected, ...]
    gradients: tuple[Expected, ...]
    loss: Expected
    amplification: int


@dataclass(frozen=True, slots=True)
class After:
    """What is expected after some epochs.

    :ivar epochs: how many.
    :ivar loss: that of the last one, before its steps changed the weights; of shape (1, 1).
    :ivar weights: of each layer.
    :ivar amplification: how many ULP of these one ULP of every exp may become.
    :ivar digest: `floats.digest` of the weights' formula, or None where the file has none.
    """

    epochs: int
    loss: Expected
    weights: tuple[Expected, ...]
    amplification: int
    digest: str | None


@dataclass(frozen=True, slots=True)
class Training:
    """A training: what it starts from, and what is expected of it.

    :ivar id: a permanent, unique slug.
    :ivar shows: what it is for.
    :ivar one_by_one: a step per sample, instead of one per epoch.
    :ivar seed: of `Network.seeded` that gave the weights, or None where they are chosen.
    :ivar learning_rate: above 0.
    :ivar inputs: float64 of shape (samples, features).
    :ivar targets: float64 of shape (samples, outputs).
    :ivar weights: at the start, of each layer.
    :ivar first: what is expected of the first step.
    :ivar after: what is expected after so many epochs, in rising order.
    """

    id: str
    shows: str
    one_by_one: bool
    seed: int | None
    learning_rate: float
    inputs: Doubles
    targets: Doubles
    weights: tuple[Doubles, ...]
    first: First
    after: tuple[After, ...]


def load_trainings(path: Path | None = None, content: dict[str, Any] | None = None) -> list[Training]:
    """Read the trainings, refusing whatever is not exactly of the format.

    :param path: the file; the package's own by default.
    :param content: what stands in it, where it is already read.
    :raises FixtureError: names the file, the training and the field.
    """
    path = resources.fixtures_dir() / FILE if path is None else path
    content = schema.read(path, "trainings", "this file holds no trainings", content)
    trainings = [_training(path.name, entry) for entry in content["trainings"]]
    schema.check_unique(path.name, (training.id for training in trainings), "an id names one training for good")
    return trainings


def _training(file: str, entry: dict[str, Any]) -> Training:
    read = _Reader(file, entry["id"])
    training = Training(
        id=entry["id"],
        shows=entry["shows"],
        one_by_one=entry["mode"] == "one-by-one",
        seed=entry.get("seed"),
        learning_rate=float(read.given("learning_rate", _rows(entry["learning_rate"]))[0, 0]),
        inputs=read.given("inputs", entry["inputs"]),
        targets=read.given("targets", entry["targets"]),
        weights=tuple(read.given("weights", matrix) for matrix in entry["weights"]),
        first=_first(read, entry["first"], entry["amplifications"][0]),
        after=tuple(map(partial(_after, read), entry["after"], entry["amplifications"][1:])),
    )
    _check(file, training, entry["checkpoints"], entry["amplifications"])
    return training


def _first(read: _Reader, first: dict[str, Any], amplification: int) -> First:
    return First(
        outputs=read.expected("first.outputs", first["outputs"]),
        deltas=read.expected("first.deltas", first["deltas"]),
        gradients=read.expected("first.gradients", first["gradients"]),
        loss=read.expected("first.loss", [_rows(first["loss"])])[0],
        amplification=amplification,
    )


def _after(read: _Reader, after: dict[str, Any], amplification: int) -> After:
    (loss,) = read.expected("after.loss", [_rows(after["loss"])])
    weights = read.expected("after.weights", after["weights"])
    digest = after.get("weights_sha256")
    if digest is not None:
        read.check("after.weights_sha256", digest, floats.digest(matrix.formula for matrix in weights))
    return After(after["epochs"], loss, weights, amplification, digest)


class _Reader:
    """Reads the matrices of one training; an error names it."""

    def __init__(self, file: str, case: str) -> None:
        self._file = file
        self._case = case

    def check(self, field: str, digest: str, own: str) -> None:
        if digest != own:
            raise self._error(field, f"is {digest}, but the weights' own is {own}")

    def given(self, field: str, matrix: dict[str, Any]) -> Doubles:
        values = self._pairs(field, matrix["value"], matrix["bits"])
        if not np.isfinite(values).all():
            raise self._error(field, "holds a NaN or an infinity; every number must be finite")
        return values

    def expected(self, field: str, matrices: Sequence[dict[str, Any]]) -> tuple[Expected, ...]:
        found = []
        for matrix in matrices:
            formula = self._pairs(field, matrix["formula"], matrix["formula_bits"])
            if [len(row) for row in matrix["exact"]] != [formula.shape[1]] * formula.shape[0]:
                raise self._error(field, "has other rows or columns in exact than in formula")
            found.append(Expected(formula, np.array([list(map(float, row)) for row in matrix["exact"]], np.float64)))
        return tuple(found)

    def _pairs(self, field: str, decimals: list[list[str]], encodings: list[list[str]]) -> Doubles:
        shape = [len(row) for row in decimals]
        if len(set(shape)) != 1 or shape != [len(row) for row in encodings]:
            raise self._error(field, "is no matrix, or has other rows or columns in its bits than in its decimals")
        try:
            rows = [
                [floats.parse_pair(*pair) for pair in zip(*both, strict=True)]
                for both in zip(decimals, encodings, strict=True)
            ]
        except ValueError as error:
            raise self._error(field, str(error)) from None
        return np.array(rows, np.float64)

    def _error(self, field: str, problem: str) -> FixtureError:
        return FixtureError(self._file, problem, case=self._case, field=field)


def _rows(scalar: dict[str, str]) -> dict[str, list[list[str]]]:
    return {name: [[text]] for name, text in scalar.items()}


def _check(file: str, training: Training, checkpoints: list[int], amplifications: list[int]) -> None:
    sizes = [len(training.weights[0]), *(matrix.shape[1] for matrix in training.weights)]
    samples = len(training.inputs)
    shapes = list(pairwise(sizes))
    first = [(1 if training.one_by_one else samples, size) for size in sizes[1:]]
    wanted = (
        ("learning_rate", training.learning_rate > 0.0, "must be above 0"),
        (
            "weights",
            [m.shape for m in training.weights] == shapes,
            "do not chain: outputs of one are inputs of the next",
        ),
        ("inputs", training.inputs.shape == (samples, sizes[0]), "do not fit the weights"),
        ("targets", training.targets.shape == (samples, sizes[-1]), "do not fit the weights or the inputs"),
        ("first.outputs", _shapes(training.first.outputs) == first, "do not fit the weights"),
        ("first.deltas", _shapes(training.first.deltas) == first, "do not fit the weights"),
        ("first.gradients", _shapes(training.first.gradients) == shapes, "do not fit the weights"),
        ("checkpoints", checkpoints == sorted(checkpoints), "must rise"),
        ("amplifications", len(amplifications) == len(checkpoints) + 1, "must be one, and one for each checkpoint"),
        ("after.epochs", [a.epochs for a in training.after] == checkpoints, "must be the checkpoints"),
        ("after.weights", all(_shapes(a.weights) == shapes for a in training.after), "do not fit the weights"),
    )
    for field, holds, problem in wanted:
        if not holds:
            raise FixtureError(file, problem, case=training.id, field=field)


def _shapes(matrices: Sequence[Expected]) -> list[tuple[int, ...]]:
    return [matrix.formula.shape for matrix in matrices]
