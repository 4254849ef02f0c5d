"""The layer's cases: inputs with a gradient each, and what forward and backward make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sigmoid_parity.cases import document
from sigmoid_parity.oracle import exact, form, regions
from sigmoid_parity.oracle.inputs import SEED

_SAMPLES = 100
_CHOSEN = (
    ("zero", 0.0, 1.0),
    ("zero-negative", -0.0, -1.0),
    ("gradient-zero", 0.5, 0.0),
    ("gradient-zero-negative", 0.5, -0.0),
    ("network-0", 0.5, 0.05),
    ("network-1", 0.7, 0.05),
    ("network-2", 0.9, 0.05),
    ("tail", -40.0, 1.0),
    ("tail-far", -700.0, -2.0),
    ("saturated", 40.0, 1.0),
    ("overflow", -710.0, 1.0),
)
_BANNER = "# Written by `sigmoid-parity fixtures write`, but for the head. README.md has the format.\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A case: an input, and the gradient that comes back to it."""

    id: str
    x: float
    grad_y: float


def text(path: Path) -> str:
    """Compose ``layer.yaml`` anew: its own head, the generated cases, and the expected values from the oracle.

    :raises FixtureError: the file is unreadable.
    """
    content = document.load(path)
    head = {key: value for key, value in content.items() if key != "layer_cases"}
    generator = form.generator() | {"seed": SEED, "random": "Python random.Random (MT19937)"}
    return _BANNER + form.head(head, generator=generator) + "layer_cases:\n" + "".join(_cases())


def entries() -> Iterator[Entry]:
    """Return the cases, in the order of the file."""
    yield from (Entry(*chosen) for chosen in _CHOSEN)
    random = Random(SEED)
    for index in range(_SAMPLES):
        x = -36.0 + 72.0 * (random.getrandbits(53) / 2**53)
        yield Entry(f"interior-{index:03}", x, -2.0 + 4.0 * (random.getrandbits(53) / 2**53))


def d1_order(y: float, grad_y: float) -> float:
    """Evaluate (grad_y * y) * (1 - y), each operation correctly rounded. Source: D1."""
    return exact.multiply(exact.multiply(grad_y, y), exact.add(1.0, -y))


@cache
def _cases() -> tuple[str, ...]:
    return tuple(form.line(_case(entry)) for entry in entries())


def _case(entry: Entry) -> dict[str, Any]:
    y = exact.formula_activation(entry.x)
    grad_x = exact.multiply(entry.grad_y, exact.formula_d_activation(y))
    order = d1_order(y, entry.grad_y)
    true_y, true_grad = exact.agreed(lambda mp: _true(mp, entry), form.DIGITS)
    kind = "interior" if entry.id.startswith("interior-") else "special"
    flags = [kind, *regions.flags("derivative", entry.x), *(["order"] if order != grad_x else [])]
    return {
        "id": entry.id,
        **form.pair("input", entry.x),
        **form.pair("grad_y", entry.grad_y),
        **form.pair("y_formula", y),
        "y_exact": form.digits(true_y, y),
        **form.pair("grad_x_formula", grad_x),
        "grad_x_exact": form.digits(true_grad, grad_x),
        **form.pair("grad_x_d1", order),
        **({"amplification": exact.amplification(entry.x)} if "cancellation" in flags else {}),
        "flags": flags,
    }


def _true(mp: Any, entry: Entry) -> list[Any]:
    z = mp.exp(-mp.mpf(entry.x))
    return [1 / (1 + z), mp.mpf(entry.grad_y) * z / (1 + z) ** 2]
