"""The layer's cases: ``fixtures/layer.yaml``, from YAML to arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.cases.functions import check, number

FILE: Final = "layer.yaml"


@dataclass(frozen=True, slots=True)
class LayerCase:
    """An input with a gradient, and what forward and backward make of them.

    :ivar id: a permanent, unique slug.
    :ivar x: the input.
    :ivar grad_y: the gradient that comes back to the output.
    :ivar y: the expected output, every operation rounded once.
    :ivar y_exact: the true output, rounded once.
    :ivar grad_x: the expected gradient, every operation rounded once.
    :ivar grad_x_exact: the true gradient, rounded once.
    :ivar grad_x_d1: the gradient in D1's order of multiplication, every operation rounded once.
    :ivar flags: what the case shows.
    :ivar amplification: how many ULP of the gradient one ULP of y may become; 1 where the file has none.
    """

    id: str
    x: float
    grad_y: float
    y: float
    y_exact: float
    grad_x: float
    grad_x_exact: float
    grad_x_d1: float
    flags: tuple[str, ...]
    amplification: int


def load_layer(path: Path | None = None, content: dict[str, Any] | None = None) -> list[LayerCase]:
    """Read the layer's cases, refusing whatever is not exactly of the format.

    :param path: the file; the package's own by default.
    :param content: what stands in it, where it is already read.
    :raises FixtureError: names the file, the case and the field.
    """
    path = resources.fixtures_dir() / FILE if path is None else path
    content = schema.read(path, "layer_cases", "this file holds no cases of a layer", content)
    cases = [_case(path.name, entry) for entry in content["layer_cases"]]
    check(path.name, cases, content["flags"])
    return cases


def _case(file: str, entry: dict[str, Any]) -> LayerCase:
    return LayerCase(
        id=entry["id"],
        x=number(file, entry, "input"),
        grad_y=number(file, entry, "grad_y"),
        y=number(file, entry, "y_formula"),
        y_exact=float(entry["y_exact"]),
        grad_x=number(file, entry, "grad_x_formula"),
        grad_x_exact=float(entry["grad_x_exact"]),
        grad_x_d1=number(file, entry, "grad_x_d1"),
        flags=tuple(entry["flags"]),
        amplification=entry.get("amplification", 1),
    )
