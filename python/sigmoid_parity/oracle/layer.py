"""The layer's cases: inputs with a gradient each, and what forward and backward make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, Final

from sigmoid_parity.oracle import exact, form, formulas, inputs, mpfr
from sigmoid_parity.oracle.form import Quoted

_SAMPLES: Final = 100
_CHOSEN: Final = (
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
_BANNER: Final = "# Written by `sigmoid-parity fixtures write`, but for the head. README.md has the format.\n"


def text(_: str, content: Mapping[str, Any]) -> str:
    """Compose ``layer.yaml`` anew: its own head, the generated cases, and the expected values.

    :param content: the file as it is; its head is kept.
    """
    cases = (form.line(_case(*entry)) for entry in _entries())
    return form.document(_BANNER, content, "layer_cases", cases, **inputs.SEEDED)


def _entries() -> Iterator[tuple[str, float, float]]:
    yield from _CHOSEN
    random = Random(inputs.SEED)
    for index in range(_SAMPLES):
        yield f"interior-{index:03}", inputs.uniform(random, -36.0, 36.0), inputs.uniform(random, -2.0, 2.0)


def _case(name: str, x: float, grad_y: float) -> dict[str, Any]:
    with mpfr.binary64():
        gradient = mpfr.number(grad_y)
        y = formulas.activation(mpfr.number(x))
        grad_x = gradient * formulas.d_activation(y)
        d1 = (gradient * y) * (1 - y)
    kind = "interior" if name.startswith("interior-") else "special"
    region = inputs.region("derivative", x)
    return {
        "id": name,
        **form.pair("input", x),
        **form.pair("grad_y", grad_y),
        **form.pair("y_formula", y),
        "y_exact": _digits(lambda: formulas.activation(mpfr.number(x))),
        **form.pair("grad_x_formula", grad_x),
        "grad_x_exact": _digits(lambda: mpfr.number(grad_y) * formulas.true_derivative(mpfr.number(x))),
        **form.pair("grad_x_d1", d1),
        **({"amplification": exact.amplification(x)} if "cancellation" in region else {}),
        "flags": [kind, *region, *(["order"] if d1 != grad_x else [])],
    }


def _digits(evaluate: Callable[[], Any]) -> Quoted:
    return Quoted(mpfr.digits(mpfr.certain(evaluate, mpfr.digits)))
